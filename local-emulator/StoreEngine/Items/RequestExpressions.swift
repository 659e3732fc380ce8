internal import DynamoDBExpressions
internal import LambdaEvents

/// The condition of a write, with what is needed to check it against the table's keys.
struct ParsedWrite: Sendable {
    var condition: ConditionExpression?
    var update: UpdateExpression?
}

/// Parses the expressions of one request, in the service's order, and refuses placeholders that none of them used.
enum RequestExpressions {
    static func presence(
        names: [String: String]?, values: AttributeMap?,
        _ expressions: [(kind: ExpressionKind, text: String?)], projection: String? = nil, namingExpressions: Bool = true
    ) throws(StoreError) {
        try storeError { () throws(ExpressionError) in
            try ExpressionContext.checkPresence(
                names: names, values: values, valueExpressions: expressions, projection: projection,
                namingExpressions: namingExpressions)
        }
    }

    /// - Parameter inTransaction: whether values may nest one level deeper than attributes. Transactions compare such a value
    ///   all the same, and cancel when an update would store it.
    static func write(
        update: String? = nil, condition: String?, names: [String: String]?, values: AttributeMap?,
        inTransaction: Bool = false
    ) throws(StoreError) -> ParsedWrite {
        guard update != nil || condition != nil else { return ParsedWrite() }
        return try storeError { () throws(ExpressionError) in
            let context = try ExpressionContext(names: names, values: values, inTransaction: inTransaction)
            var parsed = ParsedWrite()
            if let update { parsed.update = try UpdateExpression.parse(update, context: context) }
            if let condition { parsed.condition = try ConditionExpression.parse(condition, context: context) }
            try context.checkAllUsed()
            return parsed
        }
    }

    /// The projection that a read asks for in one of two ways, which never come together.
    static func projection(
        _ text: String?, names: [String: String]?, attributesToGet: [String]? = nil
    ) throws(StoreError) -> ProjectionExpression? {
        if let attributesToGet {
            return try storeError { () throws(ExpressionError) in try .attributesToGet(attributesToGet) }
        }
        guard let text else { return nil }
        return try storeError { () throws(ExpressionError) in
            let context = try ExpressionContext(names: names)
            let projection = try ProjectionExpression.parse(text, context: context)
            try context.checkAllUsed()
            return projection
        }
    }

    /// Runs what throws an expression's error, and gives it the service's code.
    static func storeError<T>(_ body: () throws(ExpressionError) -> T) throws(StoreError) -> T {
        do {
            return try body()
        } catch {
            throw StoreError(error)
        }
    }

    static func normalized(
        _ item: AttributeMap, wording: ValueWording = .current
    ) throws(StoreError) -> AttributeMap {
        try storeError { () throws(ExpressionError) in try AttributeValueValidation.normalized(item, wording: wording) }
    }

    /// Runs the checks of what a request itself says, before any table is looked at, as PutItem, UpdateItem and DeleteItem
    /// word them.
    static func inEnvelope<T>(_ body: () throws(StoreError) -> T) throws(StoreError) -> T {
        do {
            return try body()
        } catch {
            guard error.code == "ValidationException" else { throw error }
            throw .validation("1 validation error detected: \(error.message)")
        }
    }
}

// MARK: - Legacy parameters

extension RequestExpressions {
    static func expected(
        _ expected: NameMap<ExpectedAttribute>?, _ conditionalOperator: ConditionalOperator?
    ) throws(StoreError) -> ConditionExpression? {
        guard let expected else { return nil }
        return try storeError { () throws(ExpressionError) in
            try ConditionExpression.expected(expected, conditionalOperator, .current)
        }
    }

    static func attributeUpdates(_ updates: NameMap<AttributeUpdate>?) throws(StoreError) -> UpdateExpression? {
        guard let updates else { return nil }
        return try storeError { () throws(ExpressionError) in try UpdateExpression.attributeUpdates(updates, .current) }
    }

    /// `ConditionalOperator` joins conditions, so that there must be two of them.
    ///
    /// - Parameter conditions: the `Expected`, `QueryFilter` or `ScanFilter` of the request.
    static func check<Condition>(
        _ conditionalOperator: ConditionalOperator?, joins conditions: NameMap<Condition>?
    ) throws(StoreError) {
        guard conditionalOperator != nil else { return }
        switch conditions?.count ?? 0 {
        case 0: throw .validation("ConditionalOperator cannot be used without Filter or Expected")
        case 1: throw .validation("ConditionalOperator can only be used when Filter or Expected has two or more elements")
        default: break
        }
    }
}

extension Table {
    /// Key attributes, those of indexes too, have no inside: paths may name them, not go into them.
    func checkKeyPaths(_ paths: [DocumentPath]) throws(StoreError) {
        for path in paths where !path.steps.isEmpty {
            let place: String
            if key.contains(path.root) {
                place = "Key"
            } else if indexes.contains(where: { $0.key.contains(path.root) }) {
                place = "IndexKey"
            } else {
                continue
            }
            throw .validation(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                    + "\(place): \(path.root)")
        }
    }
}

extension ItemDocument {
    /// The part of the item that a projection asks for.
    func projected(by projection: ProjectionExpression?) throws(StoreError) -> ItemDocument {
        guard let projection else { return self }
        return ItemDocument(projection.project(try attributes()))
    }

    /// A document of attributes in normal form.
    init(_ attributes: AttributeMap) {
        self.init(json: AttributeJSONWriter.item(attributes), size: ItemSize.bytes(of: attributes))
    }

    /// An item without attributes: what a projection leaves that finds nothing.
    var isEmpty: Bool { json.count == 2 }
}
