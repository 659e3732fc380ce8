import Foundation

/// Which function a request names: `name`, `account:function:name` or a whole ARN, each with or without `:qualifier`.
struct FunctionReference: Sendable, Equatable {
    var region: String?
    var accountID: String?
    var name: String
    var qualifier: String?

    /// nil where the text has not the form that Lambda asks for (`NamespacedFunctionName` of its API model).
    init?(_ text: String) {
        let pattern =
            #/(?:arn:aws[a-zA-Z\-]*:lambda:)?(?:([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9\-_.]+)(?::(\$LATEST|[a-zA-Z0-9\-_]+))?/#
        guard text.utf8.count <= 256, let match = text.wholeMatch(of: pattern) else { return nil }
        region = match.output.1.map(String.init)
        accountID = match.output.2.map(String.init)
        name = String(match.output.3)
        qualifier = match.output.4.map(String.init)
    }

    /// As Lambda's message about a malformed name has it.
    static let documentedPattern =
        #"(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?"#
}
