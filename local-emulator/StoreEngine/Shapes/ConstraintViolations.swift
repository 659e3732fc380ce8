/// Collects what a request has against the service's model, which the service reports all at once:
/// `2 validation errors detected: Value 'x' at 'limit' failed to satisfy constraint: …; Value …`.
package struct ConstraintViolations {
    private var texts: [String] = []

    package init() {}

    package mutating func add(_ value: String, at path: String, _ constraint: String) {
        texts.append("Value '\(value)' at '\(path)' failed to satisfy constraint: \(constraint)")
    }

    /// For a member that is missing.
    package mutating func addNull(at path: String, _ constraint: String = "Member must not be null") {
        texts.append("Value null at '\(path)' failed to satisfy constraint: \(constraint)")
    }

    package func check() throws(StoreError) {
        guard !texts.isEmpty else { return }
        let count = texts.count == 1 ? "1 validation error" : "\(texts.count) validation errors"
        throw .validation("\(count) detected: \(texts.joined(separator: "; "))")
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
