/// Reads the properties of one resource (or of one map within it) and knows at the end which were not read.
final class PropertyReader {
    /// The logical id.
    let owner: String
    /// `Properties` or a path within, as `GlobalSecondaryIndexes[0].`; empty at the top.
    private let path: String
    let line: Int
    let resolver: Resolver
    private let entries: [TemplateNode.Entry]
    private var known: Set<String> = []

    init(owner: String, path: String = "", line: Int, node: TemplateNode?, resolver: Resolver) {
        self.owner = owner
        self.path = path
        self.line = line
        self.resolver = resolver
        entries = node?.entries ?? []
        if let node, node.entries == nil, !node.isNull {
            resolver.problems.add(line: node.line, owner, "\(path.isEmpty ? "Properties" : path) must be a map, not \(node.kind)")
        }
    }

    var names: [String] { entries.map(\.key) }

    func has(_ name: String) -> Bool { entries.contains { $0.key == name } }

    func problem(_ text: String, at name: String? = nil) {
        let line = entries.first { $0.key == name }?.line ?? line
        resolver.problems.add(line: line, owner, text)
    }

    /// The property as it is written.
    func raw(_ name: String) -> TemplateNode? {
        known.insert(name)
        return entries.first { $0.key == name }?.value
    }

    func resolved(_ name: String) -> TemplateNode? {
        guard let node = raw(name), case .value(let value) = resolver.resolve(node, for: owner), !value.isNull else { return nil }
        return value
    }

    func text(_ name: String) -> String? {
        guard let node = resolved(name) else { return nil }
        if let text = node.text { return text }
        problem("property \(path)\(name) must be a text, not \(node.kind)", at: name)
        return nil
    }

    func requiredText(_ name: String) -> String? {
        guard has(name) else {
            known.insert(name)
            problem("property \(path)\(name) is required")
            return nil
        }
        return text(name)
    }

    func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            problem("property \(path)\(name) must be a whole number from \(bounds), not \(text)", at: name)
            return nil
        }
        return number
    }

    func boolean(_ name: String) -> Bool? {
        guard let text = text(name) else { return nil }
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default:
            problem("property \(path)\(name) must be true or false, not \(text)", at: name)
            return nil
        }
    }

    func choice(_ name: String, of choices: [String]) -> String? {
        guard let text = text(name) else { return nil }
        if choices.contains(text) { return text }
        let hint = Suggestion.text(for: text, among: choices)
        problem("property \(path)\(name) must be \(choices.joined(separator: " or ")), not \(text)\(hint)", at: name)
        return nil
    }

    func texts(_ name: String) -> [String]? {
        guard let node = resolved(name) else { return nil }
        if let texts = node.elements?.compactMap(\.text), texts.count == node.elements?.count { return texts }
        problem("property \(path)\(name) must be a list of texts", at: name)
        return nil
    }

    /// A map of texts, as `Environment.Variables`.
    func textMap(_ name: String) -> [String: String] {
        guard let node = resolved(name) else { return [:] }
        guard let entries = node.entries else {
            problem("property \(path)\(name) must be a map, not \(node.kind)", at: name)
            return [:]
        }
        var map: [String: String] = [:]
        for entry in entries {
            if let text = entry.value.text {
                map[entry.key] = text
            } else {
                resolver.problems.add(
                    line: entry.line, owner, "property \(path)\(name).\(entry.key) must be a text, not \(entry.value.kind)")
            }
        }
        return map
    }

    func object(_ name: String) -> PropertyReader? {
        guard let node = chosen(raw(name)), !node.isNull else { return nil }
        return PropertyReader(owner: owner, path: "\(path)\(name).", line: node.line, node: node, resolver: resolver)
    }

    func objects(_ name: String) -> [PropertyReader]? {
        guard let node = chosen(raw(name)), !node.isNull else { return nil }
        guard let elements = node.elements else {
            problem("property \(path)\(name) must be a list, not \(node.kind)", at: name)
            return nil
        }
        return elements.enumerated().compactMap { index, element in
            guard let element = chosen(element) else { return nil }
            return PropertyReader(
                owner: owner, path: "\(path)\(name)[\(index)].", line: element.line, node: element, resolver: resolver)
        }
    }

    /// A map of maps, as `Events`: each with its name and line.
    func objectMap(_ name: String) -> [(name: String, reader: PropertyReader)] {
        guard let node = chosen(raw(name)), !node.isNull else { return [] }
        guard let entries = node.entries else {
            problem("property \(path)\(name) must be a map, not \(node.kind)", at: name)
            return []
        }
        return entries.map { entry in
            let reader = PropertyReader(
                owner: owner, path: "\(path)\(name).\(entry.key).", line: entry.line, node: entry.value, resolver: resolver)
            return (entry.key, reader)
        }
    }

    /// Takes properties that matter only in the cloud; what they refer to is still looked up.
    func accept(_ properties: [String: String]) {
        for entry in entries where properties[entry.key] != nil {
            known.insert(entry.key)
            ReferenceCheck(resolver: resolver, owner: owner).check(entry.value)
        }
        known.formUnion(properties.keys)
    }

    /// Refuses every property that nothing has read: `unsupported` are AWS's, the others do not exist.
    func refuseRest(of type: String, unsupported: [String] = []) {
        for entry in entries where !known.contains(entry.key) {
            let name = "\(path)\(entry.key)"
            if unsupported.contains(entry.key) {
                resolver.problems.add(line: entry.line, owner, "property \(name) is not supported by the emulator")
            } else {
                let hint = Suggestion.text(for: entry.key, among: known.union(unsupported))
                resolver.problems.add(line: entry.line, owner, "\(type) has no property \(name) that the emulator knows\(hint)")
            }
        }
    }

    /// An `Fn::If` around a map or a list is decided here; the maps within keep their own functions.
    private func chosen(_ node: TemplateNode?) -> TemplateNode? {
        guard let node, node.intrinsic != nil else { return node }
        guard case .value(let value) = resolver.resolve(node, for: owner) else { return nil }
        return value
    }
}
