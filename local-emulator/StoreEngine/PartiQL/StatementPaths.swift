internal import DynamoDBExpressions
internal import LambdaEvents
internal import PartiQL

extension DocumentPath {
    /// The highest index of a list that a path may name.
    private static let maximumIndex = Int(Int32.max)
    private static let maximumLevels = 32

    /// The path that an expression is, nil for another kind of expression.
    init?(_ expression: Expression) throws(StoreError) {
        guard case .path(let root, let steps) = expression.kind else { return nil }
        self.init(root: root)
        for step in steps { self.steps.append(try Self.step(step, expression)) }
        guard steps.count < Self.maximumLevels else {
            throw .validation("The document path has too many nesting levels; nesting levels: \(steps.count + 1)")
        }
    }

    /// A path where nothing else may stand.
    static func required(_ expression: Expression) throws(StoreError) -> DocumentPath {
        guard let path = try DocumentPath(expression) else {
            throw .validation("Unexpected path component at \(expression.position)")
        }
        return path
    }

    private static func step(_ step: Expression.Step, _ path: Expression) throws(StoreError) -> Step {
        switch step {
        case .attribute(let name): return .attribute(name)
        case .wildcard: throw .validation("Unexpected path component at \(path.position)")
        case .subscripted(let index):
            guard case .number(let digits) = index.kind else {
                throw .validation("Unexpected path component at \(index.position)")
            }
            guard let number = Int(digits), (0...maximumIndex).contains(number) else {
                throw .validation(
                    "List index is not within the allowable range; index: [\(digits)] at \(index.position)")
            }
            return .element(number)
        }
    }
}
