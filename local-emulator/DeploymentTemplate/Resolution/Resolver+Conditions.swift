extension Resolver {
    /// `Fn::If`: a condition's name, the value if it holds, the value if not. Only the chosen one is resolved.
    func choose(_ argument: TemplateNode, line: Int, owner: String?) -> Resolution {
        guard let parts = argument.elements, parts.count == 3, let name = parts[0].text else {
            return fail(line, owner, "Fn::If needs a condition and two values")
        }
        guard let holds = condition(named: name, line: line, owner: owner) else { return .failed }
        return resolve(holds ? parts[1] : parts[2], for: owner)
    }

    /// Whether the condition holds; nil when it cannot be told, which has been reported.
    func condition(named name: String, line: Int, owner: String?, above: [String] = []) -> Bool? {
        guard let node = conditions[name] else {
            let hint = Suggestion.text(for: name, among: conditions.keys)
            problems.add(line: line, owner, "there is no condition \(name)\(hint)")
            return nil
        }
        guard !above.contains(name) else {
            problems.add(line: node.line, "Conditions", "\(name) depends on itself")
            return nil
        }
        return evaluate(node, above: above + [name])
    }

    private func evaluate(_ node: TemplateNode, above: [String]) -> Bool? {
        guard let (name, argument) = node.intrinsic else {
            problems.add(line: node.line, "Conditions", "a condition is one of Fn::Equals, Fn::And, Fn::Or, Fn::Not, Condition")
            return nil
        }
        switch name {
        case "Condition":
            guard let other = argument.text else { break }
            return condition(named: other, line: node.line, owner: "Conditions", above: above)
        case "Fn::Equals":
            guard let sides = argument.elements, sides.count == 2 else { break }
            guard let left = text(sides[0], for: "Conditions", in: name),
                let right = text(sides[1], for: "Conditions", in: name)
            else { return nil }
            return left == right
        case "Fn::Not":
            guard let sides = argument.elements, sides.count == 1 else { break }
            return evaluate(sides[0], above: above).map { !$0 }
        case "Fn::And", "Fn::Or":
            guard let sides = argument.elements, (2...10).contains(sides.count) else { break }
            let values = sides.compactMap { evaluate($0, above: above) }
            guard values.count == sides.count else { return nil }
            return name == "Fn::And" ? values.allSatisfy { $0 } : values.contains(true)
        default:
            break
        }
        problems.add(line: node.line, "Conditions", "\(name) is not written as CloudFormation has it")
        return nil
    }
}
