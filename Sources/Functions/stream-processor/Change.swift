import LambdaEvents
import Platform

/// What a stream record means to the platform. The attribute `entity` says what an item is, never the shape of its key.
enum Change: Sendable, Equatable {
    case messageCreated(Message)
    case messageRead(Receipt, organization: String)
    case statusChanged(Presence, organization: String)
    /// A change that nothing follows from.
    case nothing

    /// A record of a table whose keys are not ours.
    struct ForeignKey: Error, Sendable {}

    /// - Throws: ``RecordError`` for an item that is not what its kind must be; ``ForeignKey``.
    init(_ record: DynamoDBStreamEvent.Record) throws {
        guard let item = record.dynamodb.newImage, let entity = item["entity"]?.stringValue else {
            self = .nothing
            return
        }
        switch (entity, record.eventName) {
        case ("message", .insert):
            self = .messageCreated(try Message(item: item))
        case ("receipt", .insert):
            self = .messageRead(try Receipt(item: item), organization: try Self.organization(of: record))
        case ("presence", .insert), ("presence", .modify):
            let changed = record.dynamodb.oldImage?["status"] != item["status"]
            let organization = try Self.organization(of: record)
            self = changed ? .statusChanged(try Presence(item: item), organization: organization) : .nothing
        default:
            self = .nothing
        }
    }

    /// Every key starts with the organization's id, which holds no `#`.
    private static func organization(of record: DynamoDBStreamEvent.Record) throws -> String {
        guard let first = record.dynamodb.keys["pk"]?.stringValue?.split(separator: "#").first else {
            throw ForeignKey()
        }
        return String(first)
    }
}
