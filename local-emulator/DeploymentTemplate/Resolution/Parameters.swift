/// A parameter's value.
enum ParameterValue {
    case text(String)
    case list([String])

    func node(line: Int) -> TemplateNode {
        switch self {
        case .text(let text): .text(text, line: line)
        case .list(let texts): TemplateNode(line: line, content: .sequence(texts.map { .text($0, line: line) }))
        }
    }
}

/// The `Parameters` section: defaults, overrides and constraints.
///
/// A value comes from the caller, else from `Metadata: Roost: ParameterOverrides`, else from `Default`. A parameter with
/// `NoEcho` never has its value in an error.
struct ParameterReader {
    private static let attributes = [
        "AllowedPattern", "AllowedValues", "ConstraintDescription", "Default", "Description", "MaxLength", "MaxValue",
        "MinLength",
        "MinValue", "NoEcho", "Type",
    ]

    var given: [String: String]
    /// With the line of each.
    var overrides: [String: (value: String, line: Int)]
    var problems: ProblemList

    func read(_ section: TemplateNode?) -> (values: [String: ParameterValue], broken: Set<String>) {
        var values: [String: ParameterValue] = [:]
        var broken: Set<String> = []
        let entries = section?.entries ?? []
        for entry in entries {
            if let value = value(of: entry) { values[entry.key] = value } else { broken.insert(entry.key) }
        }
        let names = entries.map(\.key)
        for name in given.keys.sorted() where !names.contains(name) {
            let hint = Suggestion.text(for: name, among: names)
            problems.add(line: section?.line ?? 1, "Parameters", "a value was given for \(name), which is not a parameter\(hint)")
        }
        for (name, override) in overrides where !names.contains(name) {
            let hint = Suggestion.text(for: name, among: names)
            problems.add(line: override.line, "Metadata", "ParameterOverrides names \(name), which is not a parameter\(hint)")
        }
        return (values, broken)
    }

    private func value(of entry: TemplateNode.Entry) -> ParameterValue? {
        let name = entry.key
        for attribute in entry.value.entries ?? [] where !Self.attributes.contains(attribute.key) {
            let hint = Suggestion.text(for: attribute.key, among: Self.attributes)
            problems.add(line: attribute.line, name, "a parameter has no attribute \(attribute.key)\(hint)")
        }
        guard let type = entry.value["Type"]?.text else {
            problems.add(line: entry.line, name, "the parameter has no Type")
            return nil
        }
        guard ["String", "Number", "CommaDelimitedList", "List<Number>"].contains(type) else {
            problems.add(line: entry.line, name, "the parameter type \(type) is not supported by the emulator")
            return nil
        }
        guard let text = given[name] ?? overrides[name]?.value ?? entry.value["Default"]?.text else {
            problems.add(line: entry.line, name, "the parameter has no Default and no value was given")
            return nil
        }
        let texts = type == "String" || type == "Number" ? [text] : text.split(separator: ",").map(\.trimmed)
        let line = overrides[name].flatMap { given[name] == nil ? $0.line : nil } ?? entry.line
        let wrong = texts.compactMap { violation(of: $0, type: type, entry.value) }
        for text in wrong { problems.add(line: line, name, text) }
        guard wrong.isEmpty else { return nil }
        return type == "String" || type == "Number" ? .text(text) : .list(texts)
    }

    /// Why the value breaks the parameter's constraints, or nil.
    private func violation(of text: String, type: String, _ node: TemplateNode) -> String? {
        let shown = node["NoEcho"]?.text == "true" ? "the value" : "the value \"\(text)\""
        let hint = node["ConstraintDescription"]?.text.map { " (\($0))" } ?? ""
        let number = Double(text)
        if type == "Number" || type == "List<Number>", number == nil { return "\(shown) is not a number\(hint)" }
        if let allowed = node["AllowedValues"]?.elements?.compactMap(\.text), !allowed.contains(text) {
            return "\(shown) is not one of \(allowed.joined(separator: ", "))\(hint)"
        }
        if let pattern = node["AllowedPattern"]?.text {
            guard let regex = try? Regex(pattern) else { return "AllowedPattern \(pattern) is not a pattern" }
            // An error while matching counts as no match: the value is refused either way.
            if (try? regex.wholeMatch(in: text)) == nil { return "\(shown) does not match \(pattern)\(hint)" }
        }
        if let least = node["MinLength"]?.text.flatMap(Int.init), text.count < least {
            return "\(shown) is shorter than \(least)\(hint)"
        }
        if let most = node["MaxLength"]?.text.flatMap(Int.init), text.count > most {
            return "\(shown) is longer than \(most)\(hint)"
        }
        if let least = node["MinValue"]?.text.flatMap(Double.init), let number, number < least {
            return "\(shown) is below \(node["MinValue"]?.text ?? "")\(hint)"
        }
        if let most = node["MaxValue"]?.text.flatMap(Double.init), let number, number > most {
            return "\(shown) is above \(node["MaxValue"]?.text ?? "")\(hint)"
        }
        return nil
    }
}
