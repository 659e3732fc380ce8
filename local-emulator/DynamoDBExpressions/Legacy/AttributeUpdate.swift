package import LambdaEvents

/// What `AttributeUpdates` does to one attribute.
package struct AttributeUpdate: Sendable {
    package enum Action: String, Sendable, CaseIterable {
        case add = "ADD"
        case put = "PUT"
        case delete = "DELETE"
    }

    package var value: AttributeValue?
    package var action: Action

    package init(_ action: Action = .put, _ value: AttributeValue? = nil) {
        self.action = action
        self.value = value
    }
}

extension AttributeUpdate {
    fileprivate func action(on name: String, _ wording: ValueWording) throws(ExpressionError) -> UpdateAction {
        let path = DocumentPath(root: name)
        guard let value else {
            guard action == .delete else {
                throw .invalidParameter("Only DELETE action is allowed when no attribute value is specified")
            }
            return .remove(path)
        }
        let normalized = try AttributeValueValidation.normalized(value, wording: wording)
        switch (action, normalized) {
        case (.put, _): return .set(path, .operand(.value(normalized)))
        case (.delete, .stringSet), (.delete, .numberSet), (.delete, .binarySet): return .delete(path, normalized)
        case (.delete, _):
            throw .invalidParameter(
                "DELETE action with value is not supported for the type \(normalized.descriptor.rawValue)")
        case (.add, .number), (.add, .stringSet), (.add, .numberSet), (.add, .binarySet): return .add(path, normalized)
        // What the ADD of expressions cannot: it appends to a list, or makes one.
        case (.add, .list):
            return .set(path, .operand(.listAppend(.ifNotExists(path, .value(.list([]))), .value(normalized))))
        case (.add, _):
            throw .invalidParameter("ADD action is not supported for the type \(normalized.descriptor.rawValue)")
        }
    }
}

extension UpdateExpression {
    /// `AttributeUpdates` as an update; nil for none, which leaves the item as it is.
    package static func attributeUpdates(
        _ updates: NameMap<AttributeUpdate>, _ wording: ValueWording
    ) throws(ExpressionError) -> UpdateExpression? {
        guard !updates.isEmpty else { return nil }
        var actions: [UpdateAction] = []
        // In name order, so that one request always gets the same of its errors.
        for (name, update) in updates.inOrder {
            try AttributeValueValidation.checkName(name)
            actions.append(try update.action(on: name, wording))
        }
        return UpdateExpression(checked: actions, front: .attributeUpdates)
    }
}
