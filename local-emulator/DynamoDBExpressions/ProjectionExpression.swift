package import LambdaEvents

/// Which parts of an item a read returns.
package struct ProjectionExpression: Sendable {
    package let paths: [DocumentPath]

    package init(paths: [DocumentPath]) { self.paths = paths }

    package static func parse(_ text: String, context: ExpressionContext) throws(ExpressionError) -> ProjectionExpression {
        let syntaxes = try CheckedSyntax.projection(text)
        let resolver = PathResolver(kind: .projection, context: context)
        var paths: [DocumentPath] = []
        for syntax in syntaxes { paths.append(try resolver.resolve(syntax)) }
        try PathOverlap.check(paths, .projection)
        return ProjectionExpression(paths: paths)
    }

    /// The parts of the item at the paths, in the item's own structure. Elements of a list keep their order and close ranks;
    /// a path that leads nowhere leaves no trace.
    package func project(_ item: AttributeMap) -> AttributeMap {
        var tree = PathTree<Void>()
        for path in paths { tree.insert(path.elements[...], ()) }
        return Self.project(item, tree.members)
    }

    private static func project(
        _ members: AttributeMap, _ wanted: NameMap<PathTree<Void>>
    ) -> AttributeMap {
        var result: AttributeMap = [:]
        for (name, tree) in wanted { result[name] = members[name].flatMap { project($0, tree) } }
        return result
    }

    private static func project(_ value: AttributeValue, _ tree: PathTree<Void>) -> AttributeValue? {
        if tree.leaf != nil { return value }
        switch value {
        case .map(let members):
            let parts = project(members, tree.members)
            return parts.isEmpty ? nil : .map(parts)
        case .list(let elements):
            let parts = tree.elements.keys.sorted().compactMap { index in
                tree.elements[index].flatMap { index < elements.count ? project(elements[index], $0) : nil }
            }
            return parts.isEmpty ? nil : .list(parts)
        default:
            return nil
        }
    }
}
