import LambdaEvents

/// Paths that do not overlap, as a tree over their steps, with something at the end of each.
struct PathTree<Leaf> {
    var leaf: Leaf?
    var members: NameMap<PathTree<Leaf>> = [:]
    var elements: [Int: PathTree<Leaf>] = [:]

    mutating func insert(_ steps: ArraySlice<DocumentPath.Step>, _ leaf: Leaf) {
        switch steps.first {
        case nil: self.leaf = leaf
        case .attribute(let name)?: members[name, default: PathTree()].insert(steps.dropFirst(), leaf)
        case .element(let index)?: elements[index, default: PathTree()].insert(steps.dropFirst(), leaf)
        }
    }
}
