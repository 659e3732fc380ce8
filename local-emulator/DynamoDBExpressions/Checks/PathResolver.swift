import LambdaEvents

/// Checks of paths that need no placeholder, and the look-up of those that have some.
struct PathResolver {
    let kind: ExpressionKind
    let context: ExpressionContext

    /// The highest list index of the service's grammar.
    private static let maximumIndex = Int(Int32.max)

    /// Reserved words and list indexes, which the service checks before it looks at any placeholder.
    func checkWords(_ path: PathSyntax) throws(ExpressionError) {
        for step in path.steps {
            switch step {
            case .attribute(let name):
                guard !ReservedWords.contains(name) else {
                    throw kind.error("Attribute name is a reserved keyword; reserved keyword: \(name)")
                }
            case .index(let digits):
                guard let index = Int(digits), index <= Self.maximumIndex else {
                    throw kind.error("List index is not within the allowable range; index: [\(digits)]")
                }
            case .placeholder:
                break
            }
        }
    }

    func resolve(_ path: PathSyntax) throws(ExpressionError) -> DocumentPath {
        var steps: [DocumentPath.Step] = []
        for step in path.steps {
            switch step {
            case .attribute(let name): steps.append(.attribute(name))
            case .placeholder(let placeholder): steps.append(.attribute(try context.name(placeholder, kind)))
            case .index(let digits): steps.append(.element(Int(digits) ?? Self.maximumIndex))
            }
        }
        guard steps.count <= DocumentPath.maximumDepth else {
            throw kind.error("The document path has too many nesting levels; nesting levels: \(steps.count)")
        }
        // The grammar starts every path with a name.
        guard case .attribute(let root)? = steps.first else { throw kind.error("The document path has no element(s);") }
        return DocumentPath(root: root, steps: Array(steps.dropFirst()))
    }
}
