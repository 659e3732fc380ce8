import Foundation
import LambdaEvents

/// The IAM policy of an authorizer's answer, evaluated for one resource.
///
/// Order: an explicit deny, then an explicit allow, else deny ("Policy evaluation logic", IAM User Guide).
struct PolicyDocument: Sendable {
    private struct Statement: Sendable {
        var allows: Bool
        var actions: [String]
        var resources: [String]
    }

    private var statements: [Statement] = []

    /// - Returns: nil where the document is none that API Gateway takes. `Condition`, `NotAction` and `NotResource` are
    ///   not supported: such a policy is refused, and not half understood.
    init?(_ value: JSONValue) {
        guard let statement = value["Statement"] else { return nil }
        for entry in statement.arrayValue ?? [statement] {
            guard let members = entry.objectValue, members["Condition"] == nil, let effect = members["Effect"]?.stringValue,
                effect == "Allow" || effect == "Deny", let actions = Self.texts(members["Action"]),
                let resources = Self.texts(members["Resource"])
            else { return nil }
            statements.append(Statement(allows: effect == "Allow", actions: actions, resources: resources))
        }
    }

    func allows(_ resource: String) -> Bool {
        let matching = statements.filter { statement in
            statement.actions.contains { wildcardMatches($0.lowercased(), "execute-api:invoke") }
                && statement.resources.contains { wildcardMatches($0, resource) }
        }
        return !matching.isEmpty && matching.allSatisfy(\.allows)
    }

    private static func texts(_ value: JSONValue?) -> [String]? {
        if let text = value?.stringValue { return [text] }
        return value?.arrayValue.map { $0.compactMap(\.stringValue) }
    }
}

/// Whether a text fits a pattern in which `*` is any run of characters and `?` any one.
func wildcardMatches(_ pattern: String, _ text: String) -> Bool {
    let pattern = Array(pattern.utf8)
    let text = Array(text.utf8)
    var patternIndex = 0
    var textIndex = 0
    // Where the last star was, and how much of the text it has taken: to come back to when what follows fails.
    var star: (pattern: Int, text: Int)?
    while textIndex < text.count {
        if patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") {
            star = (patternIndex, textIndex)
            patternIndex += 1
        } else if patternIndex < pattern.count,
            pattern[patternIndex] == UInt8(ascii: "?") || pattern[patternIndex] == text[textIndex]
        {
            patternIndex += 1
            textIndex += 1
        } else if let (starPattern, starText) = star {
            star = (starPattern, starText + 1)
            patternIndex = starPattern + 1
            textIndex = starText + 1
        } else {
            return false
        }
    }
    return pattern[patternIndex...].allSatisfy { $0 == UInt8(ascii: "*") }
}
