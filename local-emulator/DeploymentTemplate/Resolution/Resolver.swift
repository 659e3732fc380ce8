/// Replaces intrinsic functions by their values.
///
/// Built: `Ref`, `Fn::GetAtt`, `Fn::Sub` (both forms), `Fn::Join`, `Fn::Select`, `Fn::Split`, `Fn::If` with conditions, and
/// the pseudo parameters. Every other function is refused by its name.
final class Resolver {
    enum Resolution {
        case value(TemplateNode)
        /// `AWS::NoValue`: the property is as if it were not there.
        case noValue
        /// The reason has been reported.
        case failed
    }

    let options: TemplateOptions
    let problems: ProblemList
    var parameters: [String: ParameterValue] = [:]
    /// Parameters that had no usable value; references to them are not reported again.
    var brokenParameters: Set<String> = []
    var conditions: [String: TemplateNode] = [:]
    var resources: ResourceDirectory?

    init(options: TemplateOptions, problems: ProblemList) {
        self.options = options
        self.problems = problems
    }

    func resolve(_ node: TemplateNode, for owner: String?) -> Resolution {
        if let (name, argument) = node.intrinsic {
            return call(name, argument, line: node.line, owner: owner)
        }
        switch node.content {
        case .scalar(let text, _):
            guard !text.contains("{{resolve:") else {
                return fail(node.line, owner, "dynamic references ({{resolve:…}}) are not supported by the emulator")
            }
            return .value(node)
        case .sequence(let elements):
            return resolveElements(elements, line: node.line, owner: owner)
        case .mapping(let entries):
            return resolveEntries(entries, line: node.line, owner: owner)
        }
    }

    func fail(_ line: Int, _ owner: String?, _ text: String) -> Resolution {
        problems.add(line: line, owner, text)
        return .failed
    }

    /// A function's argument that must be one text.
    func text(_ node: TemplateNode, for owner: String?, in function: String) -> String? {
        switch resolve(node, for: owner) {
        case .value(let value):
            if let text = value.text { return text }
            problems.add(line: node.line, owner, "\(function) needs a text here, not \(value.kind)")
            return nil
        case .noValue:
            problems.add(line: node.line, owner, "\(function) cannot take AWS::NoValue")
            return nil
        case .failed:
            return nil
        }
    }

    private func resolveElements(_ elements: [TemplateNode], line: Int, owner: String?) -> Resolution {
        var values: [TemplateNode] = []
        var failed = false
        for element in elements {
            switch resolve(element, for: owner) {
            case .value(let value): values.append(value)
            case .noValue: break
            case .failed: failed = true
            }
        }
        return failed ? .failed : .value(TemplateNode(line: line, content: .sequence(values)))
    }

    private func resolveEntries(_ entries: [TemplateNode.Entry], line: Int, owner: String?) -> Resolution {
        var values: [TemplateNode.Entry] = []
        var failed = false
        for var entry in entries {
            switch resolve(entry.value, for: owner) {
            case .value(let value):
                entry.value = value
                values.append(entry)
            case .noValue: break
            case .failed: failed = true
            }
        }
        return failed ? .failed : .value(TemplateNode(line: line, content: .mapping(values)))
    }

    private func call(_ name: String, _ argument: TemplateNode, line: Int, owner: String?) -> Resolution {
        switch name {
        case "Ref": reference(argument, line: line, owner: owner)
        case "Fn::GetAtt": attribute(argument, line: line, owner: owner)
        case "Fn::Sub": substitute(argument, line: line, owner: owner)
        case "Fn::Join": join(argument, line: line, owner: owner)
        case "Fn::Select": select(argument, line: line, owner: owner)
        case "Fn::Split": split(argument, line: line, owner: owner)
        case "Fn::If": choose(argument, line: line, owner: owner)
        default: fail(line, owner, "the function \(name) is not supported by the emulator")
        }
    }
}
