/// Looks up what an unread part of the template refers to, so that a misspelt name is found there too.
struct ReferenceCheck {
    var resolver: Resolver
    var owner: String

    func check(_ node: TemplateNode) {
        if let (name, argument) = node.intrinsic {
            check(function: name, argument, line: node.line)
            return
        }
        node.elements?.forEach(check)
        node.entries?.forEach { check($0.value) }
    }

    private func check(function: String, _ argument: TemplateNode, line: Int) {
        switch function {
        case "Ref":
            checkName(argument.text ?? "", line: line, function: function)
        case "Fn::GetAtt":
            checkName(argument.elements?.first?.text ?? argument.text ?? "", line: line, function: function)
        case "Fn::Sub":
            let text = argument.text ?? argument.elements?.first?.text ?? ""
            let names = argument.elements?.dropFirst().first?.entries?.map(\.key) ?? []
            for name in Self.placeholders(of: text) where !names.contains(name) {
                checkName(name, line: line, function: function)
            }
            argument.elements?.dropFirst().forEach(check)
        default:
            check(argument)
        }
    }

    private func checkName(_ name: String, line: Int, function: String) {
        let base = name.split(separator: ".").first.map(String.init) ?? name
        let resources = resolver.resources?.logicalIDs ?? []
        // SAM makes a role for each function, called after it (AWS SAM, "Generated CloudFormation resources").
        let generated = resources.map { "\($0)Role" } + [ResourceDirectory.implicitHTTPAPI]
        let known = resources + generated + Array(resolver.parameters.keys) + Array(resolver.brokenParameters)
        guard !base.hasPrefix("AWS::"), !known.contains(base) else { return }
        let hint = Suggestion.text(for: base, among: known)
        resolver.problems.add(
            line: line, owner, "\(function) names \(base), which is neither a parameter nor a resource\(hint)")
    }

    private static func placeholders(of text: String) -> [String] {
        text.split(separator: "${", omittingEmptySubsequences: false).dropFirst()
            .compactMap { part in part.firstIndex(of: "}").map { part[..<$0].trimmed } }
            .filter { !$0.hasPrefix("!") }
    }
}
