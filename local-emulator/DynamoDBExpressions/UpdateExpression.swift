package import LambdaEvents

/// The changes that an update makes to one item, parsed and checked.
package struct UpdateExpression: Sendable {
    /// The parameter that the update came in.
    enum Front: Sendable {
        case expression
        case attributeUpdates
    }

    let actions: [UpdateAction]
    let front: Front

    package static func parse(_ text: String, context: ExpressionContext) throws(ExpressionError) -> UpdateExpression {
        UpdateExpression(checked: try UpdateChecker.check(try CheckedSyntax.update(text), context: context))
    }

    /// Actions that were not written as an expression, and are checked but for paths that overlap.
    package init(actions: [UpdateAction]) throws(ExpressionError) {
        try PathOverlap.check(actions.map(\.path), .statement)
        self.init(checked: actions)
    }

    init(checked actions: [UpdateAction], front: Front = .expression) {
        self.actions = actions
        self.front = front
    }

    /// The places that the update writes, in written order.
    package var paths: [DocumentPath] { actions.map(\.path) }

    /// Every document path in the expression, those that are only read included.
    package var allPaths: [DocumentPath] {
        var paths: [DocumentPath] = []
        for action in actions {
            paths.append(action.path)
            guard case .set(_, let value) = action else { continue }
            for operand in value.operands { operand.collectPaths(&paths) }
        }
        return paths
    }

    /// Whether the update makes an item where there is none: one that only takes away does not.
    package var createsItem: Bool {
        actions.isEmpty
            || actions.contains {
                switch $0 {
                case .set, .add: true
                case .remove, .delete: false
                }
            }
    }

    /// The item after the update. Every value is worked out from the item as it was.
    ///
    /// - Parameters:
    ///   - item: the item before; only its key where there was none.
    ///   - exists: whether there was an item. Where there was none, the removal of a nested place is no error.
    package func apply(
        to item: AttributeMap, exists: Bool = true
    ) throws(ExpressionError) -> AttributeMap {
        do {
            return try UpdateApplication(item: item, exists: exists).apply(actions)
        } catch {
            // One mistake, two texts: each parameter has its own.
            guard front == .attributeUpdates, error == UpdateApplication.wrongType else { throw error }
            throw ExpressionError("Type mismatch for attribute to update")
        }
    }

    /// The parts of an item that the update writes: of the item before for `UPDATED_OLD`, after for `UPDATED_NEW`.
    package func updatedAttributes(of item: AttributeMap) -> AttributeMap {
        ProjectionExpression(paths: paths).project(item)
    }
}

extension UpdateAction.Value {
    var operands: [Operand] {
        switch self {
        case .operand(let operand): [operand]
        case .sum(let left, let right), .difference(let left, let right): [left, right]
        }
    }
}
