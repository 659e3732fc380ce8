/// Works out what requests cost, for `ReturnConsumedCapacity`.
///
/// "Provisioned capacity units" in the Developer Guide: a strongly consistent read costs one unit for each 4 KB, an
/// eventually consistent one half, a write one for each 1 KB, transactions twice as much; at least one step is charged.
struct CapacityMeter: Sendable {
    private struct Usage: Sendable {
        var table: Double = 0
        var globalIndexes: [String: Double] = [:]
        var localIndexes: [String: Double] = [:]
        /// Bytes, of which nothing goes into the total.
        var vectorIndexes: [String: Double] = [:]

        var total: Double { table + globalIndexes.values.reduce(0, +) + localIndexes.values.reduce(0, +) }

        mutating func add(_ units: Double, of index: SecondaryIndex) {
            switch index.kind {
            case .global: globalIndexes[index.name, default: 0] += units
            case .local: localIndexes[index.name, default: 0] += units
            }
        }
    }

    private let mode: ReturnConsumedCapacity
    /// 2 in transactions.
    private let factor: Double
    /// Set in transactions, which tell reads and writes apart.
    private let tells: Kind?
    private var usage: [String: Usage] = [:]

    enum Kind: Sendable { case read, write }

    init(_ mode: ReturnConsumedCapacity, transaction: Kind? = nil) {
        self.mode = mode
        factor = transaction == nil ? 1 : 2
        tells = transaction
    }

    mutating func addRead(_ bytes: Int, of table: String, index: SecondaryIndex? = nil, consistent: Bool) {
        guard mode != .none else { return }
        let units = Double(Self.steps(bytes, of: 4096)) * (consistent || tells != nil ? 1 : 0.5) * factor
        if let index {
            usage[table, default: Usage()].add(units, of: index)
        } else {
            usage[table, default: Usage()].table += units
        }
    }

    mutating func addWrite(_ effect: WriteEffect, of table: String) {
        guard mode != .none else { return }
        usage[table, default: Usage()].table += Double(Self.steps(effect.tableBytes, of: 1024)) * factor
        for (index, bytes) in effect.indexBytes {
            let units = bytes.reduce(0) { $0 + Self.steps($1, of: 1024) }
            usage[table, default: Usage()].add(Double(units) * factor, of: index)
        }
        for (index, bytes) in effect.vectorBytes {
            let charged = bytes.reduce(0) { $0 + max(Self.leastVectorBytes, $1) }
            usage[table, default: Usage()].vectorIndexes[index, default: 0] += Double(charged)
        }
    }

    /// What the service was seen to charge for the writing of the smallest entry of a vector index.
    private static let leastVectorBytes = 1024

    private static func steps(_ bytes: Int, of size: Int) -> Int { max(1, (bytes + size - 1) / size) }

    /// What to answer for a request on one table; nil with `NONE`.
    var one: ConsumedCapacity? { all?.first }

    /// What to answer for a request on several tables, in order of their names; nil with `NONE`.
    var all: [ConsumedCapacity]? {
        guard mode != .none else { return nil }
        return usage.sorted { $0.key < $1.key }.map { table, usage in
            var capacity = ConsumedCapacity(tableName: table, capacityUnits: usage.total)
            if tells == .read { capacity.readCapacityUnits = usage.total }
            if tells == .write { capacity.writeCapacityUnits = usage.total }
            if mode == .indexes {
                capacity.table = usage.table
                capacity.globalSecondaryIndexes = usage.globalIndexes.isEmpty ? nil : usage.globalIndexes
                capacity.localSecondaryIndexes = usage.localIndexes.isEmpty ? nil : usage.localIndexes
                capacity.vectorIndexes = usage.vectorIndexes.isEmpty ? nil : usage.vectorIndexes
            }
            return capacity
        }
    }
}
