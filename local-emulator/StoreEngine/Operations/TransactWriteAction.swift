internal import DynamoDBExpressions
internal import LambdaEvents

/// An action of a transaction with its values and expressions checked, before its table is known.
struct ParsedAction: Sendable {
    let tableName: String
    private let kind: Kind
    private let parsed: ParsedWrite
    private let onFailure: ReturnValuesOnConditionCheckFailure

    private enum Kind: Sendable {
        case put(AttributeMap)
        case update(AttributeMap)
        case delete(AttributeMap)
        case check(AttributeMap)
    }

    /// Checks, in the service's order: placeholders without expressions, the expressions' texts, the item's or key's values,
    /// a put item's size.
    init(_ action: TransactWriteAction) throws(StoreError) {
        let (tableName, texts, onFailure) = action.parts
        var expressions: [(kind: ExpressionKind, text: String?)] = [(.condition, texts.condition)]
        if case .update = action { expressions.insert((.update, texts.update), at: 0) }
        try RequestExpressions.presence(names: texts.names, values: texts.values, expressions)
        parsed = try RequestExpressions.write(
            update: texts.update, condition: texts.condition, names: texts.names, values: texts.values, inTransaction: true)
        switch action {
        case .put(let put):
            let item = try RequestExpressions.normalized(put.item)
            try ItemWrite.checkSize(item)
            kind = .put(item)
        case .update(let update): kind = .update(try RequestExpressions.normalized(update.key))
        case .delete(let delete): kind = .delete(try RequestExpressions.normalized(delete.key))
        case .conditionCheck(let check): kind = .check(try RequestExpressions.normalized(check.key))
        }
        self.tableName = tableName
        self.onFailure = onFailure
    }

    func write(in table: Table) throws(StoreError) -> ItemWrite {
        let write: ItemWrite =
            switch kind {
            case .put(let item): try .put(item, into: table)
            case .update(let key): try .update(key, parsed.update, in: table)
            case .delete(let key): try .delete(key, from: table)
            case .check(let key): try .check(key, in: table)
            }
        return try write.on(parsed.condition, onFailure: onFailure)
    }
}

extension TransactWriteAction {
    fileprivate var parts: (tableName: String, texts: ExpressionTexts, onFailure: ReturnValuesOnConditionCheckFailure) {
        switch self {
        case .put(let put): (put.tableName, put.conditionText, put.returnValuesOnConditionCheckFailure)
        case .update(let update): (update.tableName, update.texts, update.returnValuesOnConditionCheckFailure)
        case .delete(let delete): (delete.tableName, delete.conditionText, delete.returnValuesOnConditionCheckFailure)
        case .conditionCheck(let check): (check.tableName, check.conditionText, check.returnValuesOnConditionCheckFailure)
        }
    }
}

struct ExpressionTexts: Sendable {
    var update: String?
    var condition: String?
    var names: [String: String]?
    var values: AttributeMap?
}

extension TransactWriteAction.Put {
    fileprivate var conditionText: ExpressionTexts {
        ExpressionTexts(condition: conditionExpression, names: expressionAttributeNames, values: expressionAttributeValues)
    }
}

extension TransactWriteAction.Update {
    fileprivate var texts: ExpressionTexts {
        ExpressionTexts(
            update: updateExpression, condition: conditionExpression, names: expressionAttributeNames,
            values: expressionAttributeValues)
    }
}

extension TransactWriteAction.Delete {
    fileprivate var conditionText: ExpressionTexts {
        ExpressionTexts(condition: conditionExpression, names: expressionAttributeNames, values: expressionAttributeValues)
    }
}

extension TransactWriteAction.ConditionCheck {
    fileprivate var conditionText: ExpressionTexts {
        ExpressionTexts(condition: conditionExpression, names: expressionAttributeNames, values: expressionAttributeValues)
    }
}

extension TransactWriteItemsInput {
    /// Stands for what the request does, the same in every process: FNV-1a over a text of all that it says.
    var digest: Int64 {
        var text: [UInt8] = []
        for action in transactItems { action.append(to: &text) }
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in text { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return Int64(bitPattern: hash)
    }
}

extension TransactWriteAction {
    fileprivate func append(to text: inout [UInt8]) {
        let (kind, table, item, texts): (String, String, AttributeMap, ExpressionTexts) =
            switch self {
            case .put(let put): ("put", put.tableName, put.item, put.conditionText)
            case .update(let update): ("update", update.tableName, update.key, update.texts)
            case .delete(let delete): ("delete", delete.tableName, delete.key, delete.conditionText)
            case .conditionCheck(let check): ("check", check.tableName, check.key, check.conditionText)
            }
        for part in [kind, table, texts.update ?? "", texts.condition ?? ""] {
            AttributeJSONWriter.append(text: part, to: &text)
        }
        text += AttributeJSONWriter.item(item)
        text += AttributeJSONWriter.item(AttributeMap(uniqueKeysWithValues: (texts.names ?? [:]).map { ($0, .string($1)) }))
        text += AttributeJSONWriter.item(texts.values ?? [:])
    }
}
