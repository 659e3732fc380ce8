/// Collects what a request has against the service's model, which the service reports all at once:
/// `2 validation errors detected: Value 'x' at 'limit' failed to satisfy constraint: …; Value …`.
package struct ConstraintViolations {
    /// The service tells no more than these, and counts no others.
    private static let mostTold = 10

    private struct Violation {
        var text: String
        /// The words of today's validation, where they differ.
        var current: Current?
    }

    /// Some checks have moved to another validation in the service, with words of its own. It does not run when a required
    /// member is missing: then all violations are told together, in the older words.
    package struct Current {
        package var text: String
        /// Whether the violation ends the search for others.
        package var isAlone: Bool
        /// Whether the text comes without the count before it.
        package var isBare: Bool

        package init(_ text: String, isAlone: Bool = false, isBare: Bool = false) {
            self.text = text
            self.isAlone = isAlone
            self.isBare = isBare
        }
    }

    private var violations: [Violation] = []
    private var isMemberMissing = false

    package init() {}

    package var isEmpty: Bool { violations.isEmpty }

    package mutating func add(_ value: String, at path: String, _ constraint: String, current: Current? = nil) {
        add("Value '\(value)' at '\(path)' failed to satisfy constraint: \(constraint)", current: current)
    }

    package mutating func add(_ text: String, current: Current? = nil) {
        violations.append(Violation(text: text, current: current))
    }

    /// For a member that is missing.
    package mutating func addNull(at path: String, _ constraint: String = "Member must not be null") {
        isMemberMissing = true
        add("Value null at '\(path)' failed to satisfy constraint: \(constraint)")
    }

    package func check() throws(StoreError) {
        guard !violations.isEmpty else { return }
        if !isMemberMissing, let alone = violations.first(where: { $0.current?.isAlone == true })?.current {
            throw .validation(alone.isBare ? alone.text : "1 validation error detected: \(alone.text)")
        }
        let texts = violations.map { isMemberMissing ? $0.text : $0.current?.text ?? $0.text }
        let told = texts.prefix(Self.mostTold)
        let count = told.count == 1 ? "1 validation error" : "\(told.count) validation errors"
        throw .validation("\(count) detected: \(told.joined(separator: "; "))")
    }
}

extension ConstraintViolations {
    mutating func checkLimit(_ limit: Int?, atMost maximum: Int? = nil) {
        guard let limit else { return }
        if limit < 1 { add("\(limit)", at: "limit", "Member must have value greater than or equal to 1") }
        if let maximum, limit > maximum {
            add("\(limit)", at: "limit", "Member must have value less than or equal to \(maximum)")
        }
    }
}
