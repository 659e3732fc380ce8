/// CloudFormation's short-form tags, brought into their long form.
enum ShortFormTag {
    /// The functions that have a short form (AWS CloudFormation template reference, "Intrinsic functions").
    private static let functions: Set<String> = [
        "And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join", "Length", "Not", "Or",
        "Select", "Split", "Sub", "ToJsonString", "Transform",
    ]

    static func expand(_ node: TemplateNode, tag: String?) throws(TemplateProblem) -> TemplateNode {
        // A bare `!` says "text"; the core schema's own tags say what the node is anyway.
        guard let tag, tag != "!" else { return node }
        if tag.hasPrefix("tag:yaml.org,2002:") {
            guard tag.hasSuffix(":str"), let text = node.text else { return node }
            return .text(text, line: node.line)
        }
        let name = String(tag.drop { $0 == "!" })
        switch name {
        case "Ref", "Condition":
            return wrap(node, in: name)
        case "GetAtt":
            return wrap(getAttArgument(node), in: "Fn::GetAtt")
        case _ where functions.contains(name):
            return wrap(node, in: "Fn::\(name)")
        default:
            throw TemplateProblem(line: node.line, text: "the tag \(tag) is not one of CloudFormation's")
        }
    }

    private static func wrap(_ node: TemplateNode, in function: String) -> TemplateNode {
        TemplateNode(
            line: node.line, content: .mapping([TemplateNode.Entry(key: function, line: node.line, value: node)]))
    }

    /// `Resource.Attribute.With.Dots` becomes the list that the long form takes.
    private static func getAttArgument(_ node: TemplateNode) -> TemplateNode {
        guard let text = node.text, let dot = text.firstIndex(of: ".") else { return node }
        let parts = [String(text[..<dot]), String(text[text.index(after: dot)...])]
        return TemplateNode(line: node.line, content: .sequence(parts.map { .text($0, line: node.line) }))
    }
}
