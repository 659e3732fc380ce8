import LambdaEvents

/// Whether paths of one update or projection get into each other's way.
enum PathOverlap {
    /// Refuses two paths of which one is the other or leads through it, then two that take one attribute for a list and a map.
    ///
    /// The first pair in written order is named. The service looks for all overlaps before it looks for conflicts.
    static func check(_ paths: [DocumentPath], _ kind: ExpressionKind) throws(ExpressionError) {
        for (first, second) in pairs(paths) where relation(first, second) == .overlap {
            throw kind.error(message("overlap", first, second))
        }
        for (first, second) in pairs(paths) where relation(first, second) == .conflict {
            throw kind.error(message("conflict", first, second))
        }
    }

    private enum Relation { case apart, overlap, conflict }

    private static func relation(_ first: DocumentPath, _ second: DocumentPath) -> Relation {
        for (left, right) in zip(first.elements, second.elements) where left != right {
            switch (left, right) {
            case (.attribute, .element), (.element, .attribute): return .conflict
            default: return .apart
            }
        }
        return .overlap
    }

    /// Only paths with one root can meet, so that a request of many attributes costs no square of them.
    private static func pairs(_ paths: [DocumentPath]) -> [(DocumentPath, DocumentPath)] {
        var pairs: [(DocumentPath, DocumentPath)] = []
        var seen: NameMap<[DocumentPath]> = [:]
        for path in paths {
            for earlier in seen[path.root, default: []] { pairs.append((earlier, path)) }
            seen[path.root, default: []].append(path)
        }
        return pairs
    }

    private static func message(_ verb: String, _ first: DocumentPath, _ second: DocumentPath) -> String {
        "Two document paths \(verb) with each other; must remove or rewrite one of these paths; "
            + "path one: \(first.description), path two: \(second.description)"
    }
}
