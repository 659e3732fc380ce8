#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

public import AWSClients
internal import LambdaEvents

/// The DynamoDB table of idempotency records: partition key `id`, a text; time to live on `expiration`.
///
/// Calls, condition and attributes are those of Powertools' `DynamoDBPersistenceLayer`, so that functions in either
/// language can share a table. It needs `dynamodb:PutItem`, `GetItem`, `UpdateItem` and `DeleteItem`.
public struct IdempotencyTable: Sendable {
    /// What a table names its attributes.
    public struct Attributes: Sendable {
        public var key = "id"
        /// For a table with a sort key, which then holds the record's id; `partition` is every item's partition key.
        public var sortKey: (name: String, partition: String)?
        public var expiration = "expiration"
        public var inProgressExpiration = "in_progress_expiration"
        public var status = "status"
        public var data = "data"
        public var validation = "validation"
        public var owner = "owner"

        public init() {}
    }

    private let client: DynamoDBClient
    private let name: String
    private let attributes: Attributes

    public init(_ name: String, client: DynamoDBClient, attributes: Attributes = .init()) {
        self.name = name
        self.client = client
        self.attributes = attributes
    }

    enum Claim: Sendable {
        case claimed
        /// Somebody's record stands there; nil where the table did not say what it is.
        case taken(IdempotencyRecord?)
    }

    /// Puts the record unless one of that id counts: it has not expired, and if work is in progress its time is not over.
    func claim(_ record: IdempotencyRecord, now: Date) async throws -> Claim {
        do {
            try await client.putItem(
                .init(
                    tableName: name, item: item(of: record),
                    conditionExpression: "attribute_not_exists(#id) OR #expiry < :now OR (#status = :inprogress AND "
                        + "attribute_exists(#in_progress_expiry) AND #in_progress_expiry < :now_in_millis)",
                    expressionAttributeNames: [
                        "#id": attributes.key, "#expiry": attributes.expiration,
                        "#in_progress_expiry": attributes.inProgressExpiration, "#status": attributes.status,
                    ],
                    expressionAttributeValues: [
                        ":now": .number(String(now.wholeSeconds)), ":now_in_millis": .number(String(now.wholeMilliseconds)),
                        ":inprogress": .string(IdempotencyRecord.Status.inProgress.rawValue),
                    ],
                    returnValuesOnConditionCheckFailure: .allOld))
            return .claimed
        } catch let error as AWSServiceError where error.isConditionalCheckFailure {
            guard let item = error.item else { return .taken(nil) }
            let found = try self.record(of: item, id: record.id)
            // A put that was answered with an error, and tried again, may have been done the first time.
            return found.owner != nil && found.owner == record.owner ? .claimed : .taken(found)
        }
    }

    /// Nil if there is none.
    func read(_ id: String) async throws -> IdempotencyRecord? {
        let found = try await client.getItem(.init(tableName: name, key: key(id), consistentRead: true))
        return try found.item.map { try record(of: $0, id: id) }
    }

    /// Keeps the answer, if the record is still the one that `owner` put.
    func complete(_ record: IdempotencyRecord) async throws {
        var names = [
            "#response_data": attributes.data, "#expiry": attributes.expiration, "#status": attributes.status,
            "#owner": attributes.owner,
        ]
        var values: DynamoDB.Item = [
            ":expiry": .number(String(record.expiration)), ":response_data": .string(record.data ?? "null"),
            ":status": .string(record.status.rawValue), ":owner": .string(record.owner ?? ""),
        ]
        var update = "SET #response_data = :response_data, #expiry = :expiry, #status = :status"
        if let validation = record.validation {
            update += ", #validation_key = :validation_key"
            names["#validation_key"] = attributes.validation
            values[":validation_key"] = .string(validation)
        }
        try await ifStillOurs {
            try await client.updateItem(
                .init(
                    tableName: name, key: key(record.id), updateExpression: update, conditionExpression: "#owner = :owner",
                    expressionAttributeNames: names, expressionAttributeValues: values))
        }
    }

    /// Takes the record away, if it is still the one that `owner` put.
    func release(_ record: IdempotencyRecord) async throws {
        try await ifStillOurs {
            try await client.deleteItem(
                .init(
                    tableName: name, key: key(record.id), conditionExpression: "#owner = :owner",
                    expressionAttributeNames: ["#owner": attributes.owner],
                    expressionAttributeValues: [":owner": .string(record.owner ?? "")]))
        }
    }

    /// Once the time of an invocation is over another one may have taken its place: that one's record stays as it is.
    private func ifStillOurs(_ write: () async throws -> some Sendable) async throws {
        do { _ = try await write() } catch let error as AWSServiceError where error.isConditionalCheckFailure {}
    }

    private func key(_ id: String) -> DynamoDB.Item {
        guard let sortKey = attributes.sortKey else { return [attributes.key: .string(id)] }
        return [attributes.key: .string(sortKey.partition), sortKey.name: .string(id)]
    }

    private func item(of record: IdempotencyRecord) -> DynamoDB.Item {
        var item = key(record.id)
        item[attributes.expiration] = .number(String(record.expiration))
        item[attributes.status] = .string(record.status.rawValue)
        item[attributes.inProgressExpiration] = record.inProgressExpiration.map { .number(String($0)) }
        item[attributes.validation] = record.validation.map { .string($0) }
        item[attributes.owner] = record.owner.map { .string($0) }
        return item
    }

    private func record(of item: DynamoDB.Item, id: String) throws -> IdempotencyRecord {
        guard let status = item[attributes.status]?.stringValue.flatMap(IdempotencyRecord.Status.init) else {
            throw IdempotencyError.UnreadableRecord(attribute: attributes.status)
        }
        guard let expiration = item[attributes.expiration]?.intValue else {
            throw IdempotencyError.UnreadableRecord(attribute: attributes.expiration)
        }
        return IdempotencyRecord(
            id: id, status: status, expiration: expiration, inProgressExpiration: item[attributes.inProgressExpiration]?.intValue,
            data: item[attributes.data]?.stringValue, validation: item[attributes.validation]?.stringValue,
            owner: item[attributes.owner]?.stringValue)
    }
}

extension Date {
    var wholeSeconds: Int { Int(timeIntervalSince1970.rounded(.down)) }
    /// A deadline that never comes stays within the range of what DynamoDB and others compare.
    var wholeMilliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded(.down)) }
}
