import LambdaEvents

extension UpdateExpression {
    /// What UpdateItem holds against the item size limit besides the finished item: not what is stored, but what the request
    /// says, with a fixed cost for each clause. An attribute that the update leaves alone does not count, nor does the key.
    ///
    /// AWS documents none of this. The figures are those that others measured at the service's limit, byte by byte: an update
    /// costs 3, SET and ADD 19 and REMOVE and DELETE 1 besides their target; see the functions below for the rest.
    ///
    /// AttributeUpdates have no such cost: of them only the finished item counts.
    package var statementBytes: Int { front == .attributeUpdates ? 0 : 3 + actions.reduce(0) { $0 + $1.statementBytes } }
}

extension UpdateAction {
    fileprivate var statementBytes: Int {
        switch self {
        case .set(let path, .operand(let operand)): 19 + path.targetBytes + operand.statementBytes
        case .set(let path, .sum(let left, let right)): 19 + path.targetBytes + 34 + left.statementBytes + right.statementBytes
        case .set(let path, .difference(let left, let right)):
            19 + path.targetBytes + 37 + left.statementBytes + right.statementBytes
        case .add(let path, let value): 19 + path.targetBytes + ItemSize.bytes(of: value)
        case .remove(let path), .delete(let path, _): 1 + path.targetBytes
        }
    }
}

extension Operand {
    /// A value counts by its size each time it is used; a path by its text, whatever it leads to.
    fileprivate var statementBytes: Int {
        switch self {
        case .value(let value): ItemSize.bytes(of: value)
        case .path(let path): path.operandBytes
        case .size(let operand): operand.statementBytes
        case .ifNotExists(let path, let fallback): 39 + path.operandBytes + fallback.statementBytes
        case .listAppend(let left, let right): 37 + left.statementBytes + right.statementBytes
        // Only statements have these, and UpdateItem alone is measured by what it says.
        case .sum(let left, let right), .difference(let left, let right): left.statementBytes + right.statementBytes
        case .truth: 0
        }
    }
}

extension DocumentPath {
    fileprivate var targetBytes: Int { steps.reduce(root.utf8.count) { $0 + 4 + $1.textBytes } }

    fileprivate var operandBytes: Int { elements.reduce(1) { $0 + 14 + $1.textBytes } }
}

extension DocumentPath.Step {
    /// A name's bytes or an index's digits.
    fileprivate var textBytes: Int {
        switch self {
        case .attribute(let name): name.utf8.count
        case .element(let index): String(index).utf8.count
        }
    }
}
