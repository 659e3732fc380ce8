/// One statement of an identity-based policy.
///
/// Source: IAM User Guide, "IAM JSON policy elements reference". `NotAction`, `NotResource` and `Condition` are not
/// evaluated here: a function whose policies use them is not checked, see ``FunctionPermissions/notEvaluated(_:)``.
package struct PolicyStatement: Sendable, Equatable {
    package enum Effect: String, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    /// `Sid`; empty where there is none.
    package var id: String
    package var effect: Effect
    /// `dynamodb:GetItem`, `dynamodb:*`; the case of letters plays no part.
    package var actions: [String]
    /// ARNs, or `*`.
    package var resources: [String]

    package init(id: String = "", effect: Effect = .allow, actions: [String], resources: [String]) {
        self.id = id
        self.effect = effect
        self.actions = actions
        self.resources = resources
    }

    func covers(_ call: ServiceCall) -> Bool {
        actions.contains { Wildcard.matches($0.lowercased(), call.action.lowercased()) }
            && resources.contains { Wildcard.matches($0, call.resource) }
    }
}

/// What the policies of a function's role say.
package enum FunctionPermissions: Sendable, Equatable {
    /// Nothing is allowed but what a statement allows, and nothing that one denies.
    case statements([PolicyStatement])
    /// The template uses something that is not evaluated here, so the function's calls are not checked.
    case notEvaluated(String)

    /// IAM User Guide, "Policy evaluation logic": an explicit deny wins over every allow.
    func decide(_ call: ServiceCall) -> Decision {
        guard case .statements(let statements) = self else { return .allowed }
        let covering = statements.filter { $0.covers(call) }
        if covering.contains(where: { $0.effect == .deny }) { return .denied }
        return covering.isEmpty ? .notAllowed : .allowed
    }

    enum Decision: Sendable {
        case allowed
        /// By a statement.
        case denied
        /// By the lack of one.
        case notAllowed
    }
}

/// `*` for any text, `?` for any one character.
enum Wildcard {
    static func matches(_ pattern: String, _ text: String) -> Bool {
        let (pattern, text) = (Array(pattern.utf8), Array(text.utf8))
        var (index, position) = (0, 0)
        // Where to go on when what was tried behind the last star does not fit.
        var star: (index: Int, position: Int)?
        while position < text.count {
            if index < pattern.count, pattern[index] == UInt8(ascii: "*") {
                star = (index, position)
                index += 1
            } else if index < pattern.count, pattern[index] == UInt8(ascii: "?") || pattern[index] == text[position] {
                index += 1
                position += 1
            } else if let last = star {
                star = (last.index, last.position + 1)
                (index, position) = (last.index + 1, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
