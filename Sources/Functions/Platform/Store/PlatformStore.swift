package import AWSClients
import LambdaEvents

/// The two tables, with the few calls that the repositories make.
///
/// Reads are consistent, since people read what they have just written; indexes are not, as DynamoDB's never are.
/// Errors of the service come as ``AWSServiceError``; a condition that does not hold is ``ConditionFailed``.
package struct PlatformStore: Sendable {
    package let client: DynamoDBClient
    package let entitiesTable: String
    package let ephemeralTable: String
    package let time: TimeSource

    package init(client: DynamoDBClient, entitiesTable: String, ephemeralTable: String, time: TimeSource = .system) {
        self.client = client
        self.entitiesTable = entitiesTable
        self.ephemeralTable = ephemeralTable
        self.time = time
    }

    package func name(of table: TableRole) -> String {
        switch table {
        case .entities: entitiesTable
        case .ephemeral: ephemeralTable
        }
    }

    package func get(_ key: ItemKey, from table: TableRole = .entities) async throws -> Item? {
        try await client.getItem(.init(tableName: name(of: table), key: key.attributes, consistentRead: true)).item
    }

    /// The items that exist, in no particular order; any number of keys, which must differ from each other.
    package func get(_ keys: [ItemKey], from table: TableRole = .entities) async throws -> [Item] {
        var items: [Item] = []
        var remaining = keys[...]
        while !remaining.isEmpty {
            // BatchGetItem takes 100 keys and may leave some of them for the next call.
            let batch = remaining.prefix(100)
            remaining = remaining.dropFirst(100)
            var keysLeft = batch.map(\.attributes)
            while !keysLeft.isEmpty {
                let output = try await client.batchGetItem(
                    .init(requestItems: [name(of: table): .init(keys: keysLeft, consistentRead: true)]))
                items += output.responses[name(of: table)] ?? []
                keysLeft = output.unprocessedKeys[name(of: table)]?.keys ?? []
            }
        }
        return items
    }

    package func query(_ query: PartitionQuery) async throws -> (items: [Item], last: Item?) {
        var condition = "#partition = :partition"
        var names = ["#partition": query.partitionName]
        var values: Item = [":partition": .string(query.partition)]
        if let sort = query.sort {
            names["#sort"] = query.sortName
            switch sort {
            case .beginsWith(let text): condition += " AND begins_with(#sort, :sort)"; values[":sort"] = .string(text)
            case .lessThan(let text): condition += " AND #sort < :sort"; values[":sort"] = .string(text)
            case .greaterThan(let text): condition += " AND #sort > :sort"; values[":sort"] = .string(text)
            case .atMost(let number): condition += " AND #sort <= :sort"; values[":sort"] = .number(String(number))
            }
        }
        var projection: String?
        if query.keysOnly {
            names["#sort"] = query.sortName
            projection = "pk, sk, #sort"
            if query.sortName == "sk" { projection = "pk, #sort" }
        }
        let output = try await client.query(
            .init(
                tableName: name(of: query.table), indexName: query.index?.rawValue, keyConditionExpression: condition,
                projectionExpression: projection, expressionAttributeNames: names, expressionAttributeValues: values,
                scanIndexForward: query.ascending, limit: query.limit, exclusiveStartKey: query.startAfter,
                consistentRead: query.index == nil))
        return (output.items, output.lastEvaluatedKey)
    }

    /// All items of a partition, page after page, up to `limit` of them.
    package func queryAll(_ query: PartitionQuery, limit: Int) async throws -> [Item] {
        var items: [Item] = []
        var next = query
        repeat {
            next.limit = limit - items.count
            let page = try await self.query(next)
            items += page.items
            next.startAfter = page.last
        } while next.startAfter != nil && items.count < limit
        return items
    }
}
