/// One node of a template, with the line it stands on; short-form tags (`!Ref X`) are already in their long form
/// (`{Ref: X}`).
struct TemplateNode {
    struct Entry {
        var key: String
        var line: Int
        var value: TemplateNode
    }

    enum Content {
        /// `isPlain` is false for quoted and block text, which is never a number, a boolean or null.
        case scalar(String, isPlain: Bool)
        case sequence([TemplateNode])
        case mapping([Entry])
    }

    var line: Int
    var content: Content

    /// The text of a scalar.
    var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    var elements: [TemplateNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    subscript(key: String) -> TemplateNode? {
        entries?.first { $0.key == key }?.value
    }

    /// A YAML null: `key:` with nothing behind it, `~` or `null`.
    var isNull: Bool {
        if case .scalar(let text, isPlain: true) = content { ["", "~", "null", "Null", "NULL"].contains(text) } else { false }
    }

    /// What kind of node it is, for error texts.
    var kind: String {
        switch content {
        case .scalar: "a single value"
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }

    /// The name and argument of an intrinsic function: a map of one entry called `Ref`, `Condition` or `Fn::…`.
    var intrinsic: (name: String, argument: TemplateNode)? {
        guard case .mapping(let entries) = content, entries.count == 1, let entry = entries.first else { return nil }
        guard entry.key == "Ref" || entry.key == "Condition" || entry.key.hasPrefix("Fn::") else { return nil }
        return (entry.key, entry.value)
    }

    static func text(_ text: String, line: Int) -> TemplateNode {
        TemplateNode(line: line, content: .scalar(text, isPlain: false))
    }
}
