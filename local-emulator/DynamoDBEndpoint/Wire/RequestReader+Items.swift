import DynamoDBExpressions
import LambdaEvents
import StoreEngine

// Parameters of the item operations with the constraints of the model, in the service's words.

extension RequestReader {
    /// The table's name or ARN.
    func tableName() throws(Refusal) -> String {
        guard let value = require("TableName") else { return "" }
        let name = try WireConversion.string(value)
        TableNameRule.check(name, at: place(of: "TableName"), &findings.violations)
        return name
    }

    /// - Parameter isAlone: whether a value that is none ends the search for other violations.
    func returnValues(isAlone: Bool = false) throws(Refusal) -> ReturnValues {
        // UPDATE_NEW is the service's.
        let current = ConstraintViolations.Current(
            "Failed to satisfy constraint: Member must satisfy enum value set: "
                + "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]", isAlone: isAlone)
        return try option(
            "ReturnValues", order: "ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW",
            current: isFarTooDeep ? nil : current) ?? ReturnValues.none
    }

    /// Refuses what PutItem and DeleteItem do not answer, in the place and the words that it has in a request that is far too
    /// deep. In any other the engine does.
    func checkReturnValuesIfFarTooDeep(_ returnValues: ReturnValues) throws(Refusal) {
        do throws(StoreError) {
            try returnValues.checkNoneOrAllOld()
        } catch {
            if isFarTooDeep { throw .store(error) }
        }
    }

    /// Notes a list that is shorter or longer than it may be.
    func checkCount(_ name: String, _ count: Int, atMost maximum: Int) {
        guard count < 1 || count > maximum, let value = self[name] else { return }
        let bound = count < 1 ? "greater than or equal to 1" : "less than or equal to \(maximum)"
        violate(name, value: WireEcho.java(value), "Member must have length \(bound)")
    }
}

// MARK: - Legacy parameters

extension RequestReader {
    /// - Parameter layer: in which words a value that is none is refused.
    func conditionalOperator(_ layer: ConditionalOperatorLayer) throws(Refusal) -> ConditionalOperator? {
        // ALL is the service's.
        let text = "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"
        let current: ConstraintViolations.Current? =
            switch layer {
            case .write: .init(text, isAlone: true)
            case .query: .init(text, isAlone: true, isBare: true)
            case .scan: nil
            }
        return try option(
            "ConditionalOperator", order: "OR, AND", current: layer == .write && isFarTooDeep ? nil : current)
    }

    enum ConditionalOperatorLayer { case write, query, scan }

    func expected() throws(Refusal) -> NameMap<ExpectedAttribute>? {
        guard let readers = try map("Expected", of: "ExpectedAttributeValue") else { return nil }
        var expected: NameMap<ExpectedAttribute> = [:]
        for (name, reader) in readers {
            expected[name] = ExpectedAttribute(
                value: try reader.attributeValue("Value"), exists: try reader.bool("Exists"),
                comparisonOperator: try reader.option("ComparisonOperator", order: Self.comparisonOperators),
                attributeValueList: try reader.attributeValues("AttributeValueList"))
        }
        return expected
    }

    func attributeUpdates() throws(Refusal) -> NameMap<AttributeUpdate>? {
        guard let readers = try map("AttributeUpdates", of: "AttributeValueUpdate") else { return nil }
        var updates: NameMap<AttributeUpdate> = [:]
        for (name, reader) in readers {
            updates[name] = AttributeUpdate(
                try reader.option("Action", order: "ADD, PUT, DELETE") ?? .put, try reader.attributeValue("Value"))
        }
        return updates
    }

    /// `KeyConditions`, `QueryFilter` or `ScanFilter`.
    func conditions(_ name: String) throws(Refusal) -> NameMap<LegacyCondition>? {
        guard let readers = try map(name, of: "Condition") else { return nil }
        var conditions: NameMap<LegacyCondition> = [:]
        for (name, reader) in readers {
            conditions[name] = LegacyCondition(
                try reader.requiredOption("ComparisonOperator", order: Self.comparisonOperators, standIn: .null),
                try reader.attributeValues("AttributeValueList") ?? [])
        }
        return conditions
    }

    func attributesToGet() throws(Refusal) -> [String]? {
        guard let names = try strings("AttributesToGet") else { return nil }
        checkCount("AttributesToGet", names.count, atMost: 255)
        return names
    }

    private static let comparisonOperators = ComparisonOperator.allCases.map(\.rawValue).joined(separator: ", ")

    /// Refuses legacy parameters beside those that replaced them, naming all of both in this order. `KeyConditions` goes with
    /// any expression but its own.
    func refuseMixed(_ legacy: [String], _ expressions: [String]) throws(Refusal) {
        let expressions = expressions.filter { self[$0] != nil }
        let legacy = legacy.filter { name in
            self[name] != nil && (name != "KeyConditions" || expressions.contains("KeyConditionExpression"))
        }
        try Self.refuseMixed(used: legacy, expressions)
    }

    static func refuseMixed(used legacy: [String], _ expressions: [String]) throws(Refusal) {
        guard !legacy.isEmpty, !expressions.isEmpty else { return }
        throw .validation(
            "Can not use both expression and non-expression parameters in the same request: "
                + "Non-expression parameters: {\(legacy.joined(separator: ", "))} "
                + "Expression parameters: {\(expressions.joined(separator: ", "))}")
    }

    private func attributeValue(_ name: String) throws(Refusal) -> AttributeValue? {
        guard let value = self[name] else { return nil }
        var wire = AttributeValueWire()
        let attribute = try wire.attribute(value)
        note(wire.mistake)
        return attribute
    }

    func attributeValues(_ name: String) throws(Refusal) -> [AttributeValue]? {
        guard let value = self[name] else { return nil }
        var wire = AttributeValueWire()
        var attributes: [AttributeValue] = []
        for element in try WireConversion.list(value) { attributes.append(try wire.attribute(element)) }
        note(wire.mistake)
        return attributes
    }
}
