package import LambdaEvents

/// A place in an item: a top-level attribute, then members of maps and elements of lists.
package struct DocumentPath: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        case attribute(String)
        case element(Int)

        /// By bytes, as the service compares names.
        package static func == (left: Step, right: Step) -> Bool {
            switch (left, right) {
            case (.attribute(let left), .attribute(let right)): left.hasSameBytes(as: right)
            case (.element(let left), .element(let right)): left == right
            default: false
            }
        }
    }

    /// The top-level attribute's name.
    package var root: String
    package var steps: [Step]

    package init(root: String, steps: [Step] = []) {
        self.root = root
        self.steps = steps
    }

    package static func == (left: DocumentPath, right: DocumentPath) -> Bool {
        left.root.hasSameBytes(as: right.root) && left.steps == right.steps
    }

    /// How deep a path may go, its root included.
    ///
    /// Source: "Quotas in Amazon DynamoDB": nested attributes, up to 32 levels.
    static let maximumDepth = 32

    /// The value at this place, or nil where the item has none.
    package func value(in item: AttributeMap) -> AttributeValue? {
        var current = item[root]
        for step in steps {
            switch (step, current) {
            case (.attribute(let name), .map(let members)?): current = members[name]
            case (.element(let index), .list(let elements)?): current = index < elements.count ? elements[index] : nil
            default: return nil
            }
        }
        return current
    }

    /// All steps from the root on, as they are compared with another path's.
    var elements: [Step] { [.attribute(root)] + steps }

    /// The form of the service's messages: `[a, b, [1]]`.
    package var description: String {
        let parts = elements.map { step in
            switch step {
            case .attribute(let name): name
            case .element(let index): "[\(index)]"
            }
        }
        return "[\(parts.joined(separator: ", "))]"
    }
}
