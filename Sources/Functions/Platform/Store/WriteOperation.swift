package import LambdaEvents

/// Which of the two tables.
package enum TableRole: Sendable {
    case entities
    case ephemeral
}

/// One write, alone or as a part of a transaction. `names` and `values` serve the update and the condition together.
package struct WriteOperation: Sendable {
    package enum Kind: Sendable {
        case put(Item)
        case update(ItemKey, expression: String)
        case delete(ItemKey)
        case check(ItemKey)
    }

    package var kind: Kind
    package var table: TableRole
    package var condition: String?
    package var names: [String: String]
    package var values: AttributeMap

    package init(
        _ kind: Kind, in table: TableRole = .entities, if condition: String? = nil, names: [String: String] = [:],
        values: AttributeMap = [:]
    ) {
        self.kind = kind
        self.table = table
        self.condition = condition
        self.names = names
        self.values = values
    }

    /// A put that fails if there is an item with this key already.
    package static func insert(_ item: Item, in table: TableRole = .entities) -> WriteOperation {
        WriteOperation(.put(item), in: table, if: "attribute_not_exists(pk)")
    }
}

/// A page of one partition, of the table or of an index.
package struct PartitionQuery: Sendable {
    package enum Index: String, Sendable {
        case gsi1
        case gsi2
        case due

        var partitionName: String { self == .due ? "due_shard" : "\(rawValue)pk" }
        var sortName: String { self == .due ? "due_at" : "\(rawValue)sk" }
    }

    package enum SortCondition: Sendable {
        case beginsWith(String)
        case lessThan(String)
        case greaterThan(String)
        case atMost(Int64)
    }

    package var table: TableRole
    package var index: Index?
    package var partition: String
    package var sort: SortCondition?
    package var ascending: Bool
    /// At most that many items; the service also ends a page at 1 MB.
    package var limit: Int?
    package var startAfter: Item?
    /// Keys only, to skip at the least price.
    package var keysOnly: Bool

    package init(
        _ partition: String, index: Index? = nil, in table: TableRole = .entities, sort: SortCondition? = nil,
        ascending: Bool = true, limit: Int? = nil, startAfter: Item? = nil, keysOnly: Bool = false
    ) {
        self.table = table
        self.index = index
        self.partition = partition
        self.sort = sort
        self.ascending = ascending
        self.limit = limit
        self.startAfter = startAfter
        self.keysOnly = keysOnly
    }

    /// The name of the sort key that this query runs along.
    package var sortName: String { index?.sortName ?? "sk" }

    var partitionName: String { index?.partitionName ?? "pk" }
}
