import LambdaEvents

/// Turns paths as written into paths of an item.
struct PathResolver {
    let kind: ExpressionKind
    let context: ExpressionContext

    func resolve(_ path: PathSyntax) throws(ExpressionError) -> DocumentPath {
        if let literal = path.literal { return literal }
        var steps: [DocumentPath.Step] = []
        for step in path.steps {
            switch step {
            case .attribute(let name): steps.append(.attribute(name))
            case .placeholder(let placeholder): steps.append(.attribute(try context.name(placeholder, kind)))
            case .index(let digits): steps.append(.element(Int(digits) ?? WordChecker.maximumIndex))
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
