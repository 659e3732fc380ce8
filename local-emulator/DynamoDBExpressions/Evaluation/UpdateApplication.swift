import LambdaEvents

/// One run of an update on one item.
///
/// Errors in the service's order: a place under something that is no map or list, an operand of the wrong type, a place under
/// nothing, a value read from nowhere, a number out of range.
struct UpdateApplication {
    let item: AttributeMap
    let exists: Bool

    static let wrongType = ExpressionError("An operand in the update expression has an incorrect data type")
    private static let missing = ExpressionError(
        "The provided expression refers to an attribute that does not exist in the item")
    private static let invalidPath = ExpressionError(
        "The document path provided in the update expression is invalid for update")

    enum Write {
        case set(AttributeValue)
        case remove
    }

    func apply(_ actions: [UpdateAction]) throws(ExpressionError) -> AttributeMap {
        for action in actions where parent(of: action.path).map({ !Self.holds($0, action.path) }) ?? false {
            throw Self.invalidPath
        }
        for action in actions { try checkTypes(of: action) }
        for action in actions where !isReachable(action) { throw Self.invalidPath }
        var result = item
        var tree = PathTree<Write>()
        for action in actions {
            guard let write = try write(for: action) else { continue }
            guard action.path.steps.isEmpty else {
                tree.insert(action.path.elements[...], write)
                continue
            }
            // Paths do not overlap, so that nothing in the tree is below this attribute.
            switch write {
            case .set(let value): result[action.path.root] = value
            case .remove: result[action.path.root] = nil
            }
        }
        return tree.members.isEmpty ? result : Self.rebuild(result, tree.members)
    }

    // MARK: Places

    /// What the path's last step is taken in; nil for a top-level attribute and where there is nothing.
    private func parent(of path: DocumentPath) -> AttributeValue? {
        guard !path.steps.isEmpty else { return nil }
        return DocumentPath(root: path.root, steps: path.steps.dropLast()).value(in: item)
    }

    private static func holds(_ parent: AttributeValue, _ path: DocumentPath) -> Bool {
        switch (parent, path.steps.last) {
        case (.map, .attribute?), (.list, .element?): true
        default: false
        }
    }

    private func isReachable(_ action: UpdateAction) -> Bool {
        if action.path.steps.isEmpty || parent(of: action.path) != nil { return true }
        guard case .remove = action else { return false }
        return !exists
    }

    // MARK: Values

    private func checkTypes(of action: UpdateAction) throws(ExpressionError) {
        switch action {
        case .set(_, let value):
            switch value {
            case .operand(let operand): try checkTypes(of: operand)
            case .sum(let left, let right), .difference(let left, let right):
                for operand in [left, right] { try require(.number, operand) }
            }
        case .add(let path, let value), .delete(let path, let value):
            guard let current = path.value(in: item) else { return }
            guard current.descriptor == value.descriptor else { throw Self.wrongType }
        case .remove: break
        }
    }

    private func checkTypes(of operand: Operand) throws(ExpressionError) {
        switch operand {
        case .listAppend(let left, let right): for operand in [left, right] { try require(.list, operand) }
        case .ifNotExists(let path, let fallback):
            if path.value(in: item) == nil { try checkTypes(of: fallback) }
        case .sum(let left, let right), .difference(let left, let right):
            for operand in [left, right] { try require(.number, operand) }
        case .path, .value, .size, .truth: break
        }
    }

    /// Refuses an operand that is there and has another type; one that is not there has an error of its own, later.
    private func require(_ type: AttributeValue.Descriptor, _ operand: Operand) throws(ExpressionError) {
        try checkTypes(of: operand)
        if case .listAppend = operand {
            guard type == .list else { throw Self.wrongType }
            return
        }
        if operand.staticType == .number, type == .number { return }
        guard let value = operand.value(in: item) else { return }
        guard value.descriptor == type else { throw Self.wrongType }
    }

    private func value(of operand: Operand) throws(ExpressionError) -> AttributeValue {
        switch operand {
        case .listAppend(let left, let right): return try Self.joined(try value(of: left), try value(of: right))
        case .ifNotExists(let path, let fallback):
            if let value = path.value(in: item) { return value }
            return try value(of: fallback)
        case .sum(let left, let right): return .number(try number(of: left).adding(number(of: right)).text)
        case .difference(let left, let right): return .number(try number(of: left).subtracting(number(of: right)).text)
        case .path, .value, .size, .truth:
            guard let value = operand.value(in: item) else { throw Self.missing }
            return value
        }
    }

    private static func joined(_ left: AttributeValue, _ right: AttributeValue) throws(ExpressionError) -> AttributeValue {
        guard case .list(let first) = left, case .list(let second) = right else { throw wrongType }
        return .list(first + second)
    }

    private func number(of operand: Operand) throws(ExpressionError) -> DecimalNumber {
        guard case .number(let text) = try value(of: operand) else { throw Self.wrongType }
        return try DecimalNumber(parsing: text)
    }

    /// Nil where there is nothing to write.
    private func write(for action: UpdateAction) throws(ExpressionError) -> Write? {
        switch action {
        case .remove: return .remove
        case .set(let path, .operand(let operand)): return .set(try nested(value(of: operand), at: path))
        case .set(_, .sum(let left, let right)): return .set(.number(try number(of: left).adding(number(of: right)).text))
        case .set(_, .difference(let left, let right)):
            return .set(.number(try number(of: left).subtracting(number(of: right)).text))
        case .add(let path, let value):
            guard let current = path.value(in: item) else { return .set(value) }
            return .set(try SetArithmetic.sum(current, value))
        case .delete(let path, let value):
            guard let current = path.value(in: item) else { return nil }
            // A set is never empty: without its last member it is gone.
            return SetArithmetic.difference(current, value).map(Write.set) ?? .remove
        }
    }

    /// The value, refused where it would make the item nest too deep.
    private func nested(_ value: AttributeValue, at path: DocumentPath) throws(ExpressionError) -> AttributeValue {
        try AttributeValueValidation.checkNesting(of: value, under: path.steps.count)
        return value
    }
}

// MARK: - Writing

extension UpdateApplication {
    private static func rebuild(
        _ members: AttributeMap, _ trees: NameMap<PathTree<Write>>
    ) -> AttributeMap {
        var result = members
        for (name, tree) in trees {
            switch tree.leaf {
            case .set(let value)?: result[name] = value
            case .remove?: result[name] = nil
            case nil: result[name] = members[name].map { rebuild($0, tree) }
            }
        }
        return result
    }

    private static func rebuild(_ value: AttributeValue, _ tree: PathTree<Write>) -> AttributeValue {
        switch value {
        case .map(let members): .map(rebuild(members, tree.members))
        case .list(let elements): .list(rebuild(elements, tree.elements))
        default: value
        }
    }

    /// Indexes mean the list as it was, whatever else is removed from it; what is set beyond its end is appended in the order
    /// of the indexes.
    private static func rebuild(_ elements: [AttributeValue], _ trees: [Int: PathTree<Write>]) -> [AttributeValue] {
        var result: [AttributeValue] = []
        for (index, element) in elements.enumerated() {
            guard let tree = trees[index] else {
                result.append(element)
                continue
            }
            switch tree.leaf {
            case .set(let value)?: result.append(value)
            case .remove?: break
            case nil: result.append(rebuild(element, tree))
            }
        }
        for (index, tree) in trees.sorted(by: { $0.key < $1.key }) where index >= elements.count {
            if case .set(let value)? = tree.leaf { result.append(value) }
        }
        return result
    }
}
