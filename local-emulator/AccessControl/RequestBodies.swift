import Foundation

/// The members of a JSON body that say what a call is for; one of another type counts as missing, since the service
/// refuses it in its own words.
struct CallFields: Decodable {
    var tableName: String?
    var indexName: String?
    var resourceArn: String?
    var streamArn: String?
    var shardIterator: String?
    var queueUrl: String?
    var queueName: String?
    var secretId: String?
    var fromEmailAddress: String?
    /// The tables of a batch.
    var batchTables: [String]
    /// The actions of a transaction with their tables.
    var transaction: [(action: String, table: String)]
    /// The PartiQL statements of the request.
    var statements: [String]

    init(_ body: Data) {
        self = (try? JSONDecoder().decode(CallFields.self, from: body)) ?? CallFields()  // no JSON: the service says so
    }

    private init() {
        (batchTables, transaction, statements) = ([], [], [])
    }

    private enum CodingKeys: String, CodingKey {
        case tableName = "TableName"
        case indexName = "IndexName"
        case resourceArn = "ResourceArn"
        case streamArn = "StreamArn"
        case shardIterator = "ShardIterator"
        case queueUrl = "QueueUrl"
        case queueName = "QueueName"
        case secretId = "SecretId"
        case fromEmailAddress = "FromEmailAddress"
        case requestItems = "RequestItems"
        case transactItems = "TransactItems"
        case statement = "Statement"
        case statements = "Statements"
        case transactStatements = "TransactStatements"
    }

    private struct Action: Decodable {
        var table: String?
        enum CodingKeys: String, CodingKey { case table = "TableName" }
    }

    private struct Statement: Decodable {
        var text: String?
        enum CodingKeys: String, CodingKey { case text = "Statement" }
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) -> String? { try? container.decodeIfPresent(String.self, forKey: key) }
        tableName = text(.tableName)
        indexName = text(.indexName)
        resourceArn = text(.resourceArn)
        streamArn = text(.streamArn)
        shardIterator = text(.shardIterator)
        queueUrl = text(.queueUrl)
        queueName = text(.queueName)
        secretId = text(.secretId)
        fromEmailAddress = text(.fromEmailAddress)
        batchTables = ((try? container.decodeIfPresent([String: Anything].self, forKey: .requestItems)) ?? [:]).keys.sorted()
        let items = (try? container.decodeIfPresent([[String: Action]].self, forKey: .transactItems)) ?? []
        transaction = items.flatMap { item in
            item.compactMap { name, action in action.table.map { (name, $0) } }
        }
        let members = [CodingKeys.statements, .transactStatements].flatMap { key in
            (try? container.decodeIfPresent([Statement].self, forKey: key)) ?? []
        }
        statements = (text(.statement).map { [$0] } ?? []) + members.compactMap(\.text)
    }
}

/// The fields of a form (`application/x-www-form-urlencoded`), the first of each name.
struct FormFields {
    private let fields: [String: String]

    init(_ data: Data) {
        let pairs = String(decoding: data, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map { part in
                let text = String(part).replacing("+", with: " ")
                return text.removingPercentEncoding ?? text
            }
            return (parts.first ?? "", parts.count == 2 ? parts[1] : "")
        }
        fields = Dictionary(pairs) { first, _ in first }
    }

    subscript(name: String) -> String? { fields[name] }
}
