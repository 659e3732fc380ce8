extension Resolver {
    /// `Fn::Sub`: a text, or a list of a text and a map of further names.
    func substitute(_ argument: TemplateNode, line: Int, owner: String?) -> Resolution {
        var names: [String: String] = [:]
        var template = argument.text
        if let elements = argument.elements {
            guard elements.count == 2, let text = elements[0].text, let entries = elements[1].entries else {
                return fail(line, owner, "Fn::Sub needs a text, or a list of a text and a map")
            }
            template = text
            for entry in entries {
                guard let value = self.text(entry.value, for: owner, in: "Fn::Sub") else { return .failed }
                names[entry.key] = value
            }
        }
        guard let template else { return fail(line, owner, "Fn::Sub needs a text, or a list of a text and a map") }
        return substitute(template, names: names, line: line, owner: owner)
    }

    private func substitute(_ template: String, names: [String: String], line: Int, owner: String?) -> Resolution {
        var output = ""
        var rest = template[...]
        while let start = rest.firstRange(of: "${") {
            output += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                return fail(line, owner, "Fn::Sub: a ${ has no }")
            }
            let name = rest[start.upperBound..<end].trimmed
            rest = rest[rest.index(after: end)...]
            if name.hasPrefix("!") {
                // `${!Literal}` stays as `${Literal}` (AWS CloudFormation, "Fn::Sub").
                output += "${\(name.dropFirst())}"
            } else if let value = names[name] {
                output += value
            } else {
                guard case .value(let node) = placeholder(name, line: line, owner: owner) else { return .failed }
                guard let text = node.text else { return fail(line, owner, "Fn::Sub: ${\(name)} is a list, not a text") }
                output += text
            }
        }
        return .value(.text(output + rest, line: line))
    }

    /// `Fn::Join`: a separator and a list.
    func join(_ argument: TemplateNode, line: Int, owner: String?) -> Resolution {
        guard let parts = argument.elements, parts.count == 2, let separator = parts[0].text else {
            return fail(line, owner, "Fn::Join needs a separator and a list")
        }
        guard let texts = list(parts[1], owner: owner, function: "Fn::Join") else { return .failed }
        return .value(.text(texts.joined(separator: separator), line: line))
    }

    /// `Fn::Select`: an index from 0 and a list.
    func select(_ argument: TemplateNode, line: Int, owner: String?) -> Resolution {
        guard let parts = argument.elements, parts.count == 2 else {
            return fail(line, owner, "Fn::Select needs an index and a list")
        }
        guard let indexText = text(parts[0], for: owner, in: "Fn::Select"),
            let texts = list(parts[1], owner: owner, function: "Fn::Select")
        else { return .failed }
        guard let index = Int(indexText), texts.indices.contains(index) else {
            return fail(line, owner, "Fn::Select: there is no element \(indexText) in a list of \(texts.count)")
        }
        return .value(.text(texts[index], line: line))
    }

    /// `Fn::Split`: a separator and a text.
    func split(_ argument: TemplateNode, line: Int, owner: String?) -> Resolution {
        guard let parts = argument.elements, parts.count == 2, let separator = parts[0].text, !separator.isEmpty else {
            return fail(line, owner, "Fn::Split needs a separator and a text")
        }
        guard let source = text(parts[1], for: owner, in: "Fn::Split") else { return .failed }
        let pieces = source.split(separator: separator, omittingEmptySubsequences: false)
        return .value(TemplateNode(line: line, content: .sequence(pieces.map { .text(String($0), line: line) })))
    }

    private func list(_ node: TemplateNode, owner: String?, function: String) -> [String]? {
        switch resolve(node, for: owner) {
        case .value(let value):
            let texts = value.elements?.compactMap(\.text)
            if let texts, texts.count == value.elements?.count { return texts }
            problems.add(line: node.line, owner, "\(function) needs a list of texts")
            return nil
        case .noValue:
            problems.add(line: node.line, owner, "\(function) cannot take AWS::NoValue")
            return nil
        case .failed:
            return nil
        }
    }
}

extension Substring {
    var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
