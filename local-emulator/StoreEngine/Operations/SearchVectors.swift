internal import DynamoDBExpressions
internal import LambdaEvents
internal import RoostSQLite

/// SearchVectors: the items of a vector index whose vectors are the most similar, found by comparing every one.
///
/// Checks: the model's constraints, TopK's upper bound, the search vector's values, placeholders without expressions, the
/// expressions' texts; the table, the index and whether it is filled, the vector's dimensions, the condition against the search
/// schema. The service was seen to check the vector's values before its dimensions; that the dimensions come before the
/// condition's attributes is this store's choice.
extension StoreEngine {
    package func searchVectors(_ input: SearchVectorsInput) throws(StoreError) -> SearchVectorsOutput {
        try VectorSearch.checkConstraints(input)
        let vector = try VectorSearch.vector(input.searchVector)
        let expressions = try VectorSearch.expressions(input)
        let table = try table(input.tableName)
        let index = try table.searchableIndex(input.indexName, vectorIndexPhases)
        guard vector.count == index.dimensions else {
            throw .validation(
                "Input search vector dimension \(vector.count) does not match vector index dimension \(index.dimensions)")
        }
        let scope = try VectorSearch.Scope(expressions.condition, in: index)
        let search = VectorSearch(
            index: index, vector: FloatVector.bytes(vector), topK: input.topK, scope: scope, projection: expressions.projection)
        return try read(table) { database in
            let found = try search.run(database)
            return SearchVectorsOutput(
                results: found.results,
                vectorSearchRequestBytes: input.returnConsumedCapacity == .none
                    ? nil : VectorSearch.requestBytes(dimensions: index.dimensions, found: found.bytes))
        }
    }
}

extension Table {
    fileprivate func searchableIndex(
        _ name: String, _ phases: VectorIndexPhases
    ) throws(StoreError) -> TableVectorIndex {
        let phase = phases.phases(of: self)[name]
        guard let index = vectorIndex(named: name), phase != .allocating else {
            throw .validation("The table does not have the specified index: \(name)")
        }
        guard phase == nil, !definition.isBackfilling(name) else {
            throw .validation("Cannot search backfilling vector index: \(name)")
        }
        return index
    }
}

/// A search whose checks are done.
struct VectorSearch: Sendable {
    /// "Vector indexes" in "Quotas in Amazon DynamoDB".
    static let mostResults = 100
    /// "SearchVectors responses are limited to 16 MB" ("Requirements and limitations", Developer Guide); there are no pages, so
    /// that the answer ends with the last item that fits.
    static let mostResponseBytes = 16 << 20

    let index: TableVectorIndex
    /// 32-bit floats.
    let vector: [UInt8]
    let topK: Int
    let scope: Scope
    let projection: ProjectionExpression?

    /// The part of an index that a search looks at.
    struct Scope: Sendable {
        /// Nil for an index that is not divided.
        var partition: [UInt8]?
        /// The filters by the numbers of their columns.
        var filters: [(column: Int, value: [UInt8])] = []
    }

    /// An entry that may be among the results.
    private struct Candidate {
        var id: Int64
        var score: Float
        /// Tells equal scores apart, so that one search always has one answer.
        var tableKey: ItemKey
    }

    /// The results, and the bytes of their entries without the vectors.
    func run(_ database: SQLiteDatabase) throws -> (results: [SearchVectorsOutput.Result], bytes: Int) {
        var results: [SearchVectorsOutput.Result] = []
        var (bytes, responseBytes) = (0, 0)
        for candidate in try best(database) {
            guard let entry = try entry(candidate.id, database) else { continue }
            let item = try answered(entry.document, vector: entry.vector)
            responseBytes += item.json.count
            guard responseBytes <= Self.mostResponseBytes else { break }
            bytes += entry.document.size
            results.append(.init(item: item, score: Double(candidate.score)))
        }
        return (results, bytes)
    }

    private func best(_ database: SQLiteDatabase) throws -> [Candidate] {
        let function = index.definition.distanceFunction
        let sql = index.sql.search(isDivided: scope.partition != nil, filters: scope.filters.map(\.column))
        let parameters = (scope.partition.map { [$0] } ?? []) + scope.filters.map(\.value)
        var best: [Candidate] = []
        best.reserveCapacity(topK + 1)
        try vector.withUnsafeBytes { query in
            let squares = FloatVector.squares(query)
            try database.forEach(sql, parameters.map(SQLiteValue.blob)) { row in
                let rowSquares = row.real(1)
                let score = try row.withBytes(2) { bytes in
                    guard bytes.count == query.count else {
                        throw StoreError.internalFailure("the vector \(row.integer(0)) of \(index.sql.table) has another length")
                    }
                    return function.score(query, squares, bytes, rowSquares)
                }
                // Most entries end here, with nothing of them kept.
                if best.count == topK, let worst = best.last, worst.score != score, isBetter(worst.score, score) { return true }
                let key = ItemKey(hash: row.bytes(3), range: row.bytes(4))
                insert(Candidate(id: row.integer(0), score: score, tableKey: key), into: &best)
                return true
            }
        }
        return best
    }

    /// Keeps the list in order, and no longer than it may be.
    private func insert(_ candidate: Candidate, into best: inout [Candidate]) {
        var (low, high) = (0, best.count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(best[middle], candidate) { low = middle + 1 } else { high = middle }
        }
        guard low < topK else { return }
        best.insert(candidate, at: low)
        if best.count > topK { best.removeLast() }
    }

    private func isBefore(_ left: Candidate, _ right: Candidate) -> Bool {
        guard left.score == right.score else { return isBetter(left.score, right.score) }
        let (left, right) = (left.tableKey, right.tableKey)
        guard left.hash == right.hash else { return left.hash.lexicographicallyPrecedes(right.hash) }
        return left.range.lexicographicallyPrecedes(right.range)
    }

    private func isBetter(_ left: Float, _ right: Float) -> Bool {
        index.definition.distanceFunction.highestFirst ? left > right : left < right
    }

    private func entry(_ id: Int64, _ database: SQLiteDatabase) throws -> (document: ItemDocument, vector: [UInt8])? {
        try database.first(index.sql.result, .integer(id)) { row in
            let vector = row.bytes(2)
            let size = Int(row.integer(1)) - index.attribute.utf8.count - vector.count
            return (ItemDocument(json: row.bytes(0), size: size), vector)
        }
    }

    /// "Vector attributes are excluded from results by default" (Developer Guide); where a projection names it, it is what the
    /// index has of it. What an index does not project is missing, and no mistake.
    private func answered(_ document: ItemDocument, vector: [UInt8]) throws(StoreError) -> ItemDocument {
        guard let projection else { return document }
        var item = try document.attributes()
        if projection.paths.contains(where: { $0.root.hasSameBytes(as: index.attribute) }) {
            item[index.attribute] = .list(FloatVector.floats(vector).map { .number(FloatVector.text($0)) })
        }
        return ItemDocument(projection.project(item))
    }

    /// What a search is said to cost.
    ///
    /// The service's own figure differs between two searches that are the same. This is the lower of those that were seen (August
    /// 2026): 17.6 bytes for each dimension and the bytes of what was found, beside its vectors, and 1024 at the least; how many
    /// items the index has does not count.
    static func requestBytes(dimensions: Int, found bytes: Int) -> Double {
        max(1024, (17.6 * Double(dimensions) + Double(bytes)).rounded())
    }
}

extension VectorSearch {
    static func checkConstraints(_ input: SearchVectorsInput) throws(StoreError) {
        var violations = ConstraintViolations()
        let name = input.indexName
        if !TableNameRule.isKept(by: name) {
            let bound =
                name.utf8.count < 3
                ? "Member must have length greater than or equal to 3"
                : name.utf8.count > 255
                    ? "Member must have length less than or equal to 255"
                    : "Member must satisfy regular expression pattern: \(TableNameRule.pattern)"
            violations.add("Value at 'IndexName' failed to satisfy constraint: \(bound)")
        }
        let length = input.searchVector.count
        if length < 1 || length > VectorIndexRule.mostDimensions {
            let bound = length < 1 ? "greater than or equal to 1" : "less than or equal to \(VectorIndexRule.mostDimensions)"
            violations.add("Value at 'SearchVector' failed to satisfy constraint: Member must have length \(bound)")
        }
        if input.topK < 1 {
            violations.add("Value at 'TopK' failed to satisfy constraint: Member must have value greater than or equal to 1")
        }
        try violations.check()
        guard input.topK <= mostResults else {
            throw .validation(
                "Provided TopK value '\(input.topK)' is out of valid range. The value must be between 1 and \(mostResults) "
                    + "inclusive")
        }
    }

    static func vector(_ values: [AttributeValue]) throws(StoreError) -> [Float] {
        var floats: [Float] = []
        floats.reserveCapacity(values.count)
        for value in values {
            guard case .number(let text) = value, let float = FloatVector.float(text) else {
                throw .validation(
                    "Search vector contains invalid values. All values in the search vector must be a 32-bit floating-point "
                        + "number attribute")
            }
            floats.append(float)
        }
        return floats
    }

    static func expressions(
        _ input: SearchVectorsInput
    ) throws(StoreError) -> (condition: SearchCondition?, projection: ProjectionExpression?) {
        try RequestExpressions.presence(
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            [(.searchCondition, input.searchConditionExpression)], projection: input.projectionExpression)
        guard input.searchConditionExpression != nil || input.projectionExpression != nil else { return (nil, nil) }
        return try RequestExpressions.storeError { () throws(ExpressionError) in
            let context = try ExpressionContext(names: input.expressionAttributeNames, values: input.expressionAttributeValues)
            let condition = try input.searchConditionExpression.map { text throws(ExpressionError) in
                try SearchCondition.parse(text, context: context)
            }
            let projection = try input.projectionExpression.map { text throws(ExpressionError) in
                try ProjectionExpression.parse(text, context: context)
            }
            try context.checkAllUsed()
            return (condition, projection)
        }
    }
}

extension VectorSearch.Scope {
    /// Checks: that there is a condition where the index is divided, its attributes, that the one that divides the index is
    /// among them, their types, and that its value is not empty.
    init(_ condition: SearchCondition?, in index: TableVectorIndex) throws(StoreError) {
        if index.hash != nil, condition == nil {
            throw .validation("SearchConditionExpression must be provided when SearchSchema has a HASH key")
        }
        let equalities = condition?.equalities ?? []
        if let stranger = equalities.first(where: { equality in !index.schema.contains { $0.name.hasSameBytes(as: equality.name) }
            })
        {
            throw .validation(
                "SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid attribute: "
                    + stranger.name)
        }
        if let hash = index.hash, !equalities.contains(where: { $0.name.hasSameBytes(as: hash.name) }) {
            throw .validation("SearchConditionExpression must have all HASH attributes in configured SearchSchema")
        }
        for equality in equalities { try add(equality, in: index) }
    }

    private mutating func add(_ equality: SearchCondition.Equality, in index: TableVectorIndex) throws(StoreError) {
        guard let attribute = index.schema.first(where: { $0.name.hasSameBytes(as: equality.name) }) else { return }
        let value = equality.value
        guard value.descriptor.rawValue == attribute.type.rawValue else {
            throw .validation(
                "Type of '\(attribute.name)' attribute in SearchConditionExpression (\(value.descriptor.rawValue)) does not match "
                    + "type in search schema (\(attribute.type.rawValue))")
        }
        if let column = index.filters.firstIndex(of: attribute) {
            return filters.append((column, try KeyAttributes.bytes(value)))
        }
        if let problem = value.emptiness {
            throw .validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                    + "\(problem) value. Key: \(attribute.name)")
        }
        let bytes = try KeyAttributes.partition([value])
        // No item is in two partitions: a second value that differs leaves none.
        partition = partition == nil || partition == bytes ? bytes : []
    }
}
