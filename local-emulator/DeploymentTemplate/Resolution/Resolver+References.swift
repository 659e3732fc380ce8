extension Resolver {
    func reference(_ argument: TemplateNode, line: Int, owner: String?) -> Resolution {
        guard let name = argument.text else { return fail(line, owner, "Ref needs a name, not \(argument.kind)") }
        return lookUp(name, line: line, owner: owner, function: "Ref")
    }

    func attribute(_ argument: TemplateNode, line: Int, owner: String?) -> Resolution {
        let parts = argument.elements?.compactMap(\.text) ?? argument.text.map { Self.splitAttribute($0) } ?? []
        guard parts.count == 2 else {
            return fail(line, owner, "Fn::GetAtt needs a logical id and an attribute, as TableX.Arn")
        }
        return attribute(parts[1], of: parts[0], line: line, owner: owner)
    }

    /// What `${…}` of Fn::Sub names: a parameter, a resource, a pseudo parameter, or `Resource.Attribute`.
    func placeholder(_ name: String, line: Int, owner: String?) -> Resolution {
        let parts = Self.splitAttribute(name)
        guard parts.count == 2, resources?.stageReference(name) == nil else {
            return lookUp(name, line: line, owner: owner, function: "Fn::Sub")
        }
        return attribute(parts[1], of: parts[0], line: line, owner: owner)
    }

    private static func splitAttribute(_ text: String) -> [String] {
        text.split(separator: ".", maxSplits: 1).map(String.init)
    }

    private func lookUp(_ name: String, line: Int, owner: String?, function: String) -> Resolution {
        if let pseudo = pseudoParameter(name, line: line, owner: owner) { return pseudo }
        if let value = parameters[name] { return .value(value.node(line: line)) }
        if brokenParameters.contains(name) { return .failed }
        if let stage = resources?.stageReference(name) { return resolve(stage, for: owner) }
        switch resources?.identity(of: name, line: line, owner: owner) {
        case .found(let identity): return .value(.text(identity.reference, line: line))
        case .failed: return .failed
        case .unknown, nil:
            let known = Array(parameters.keys) + (resources?.logicalIDs ?? []) + Self.pseudoNames
            let hint = Suggestion.text(for: name, among: known)
            return fail(line, owner, "\(function) names \(name), which is neither a parameter nor a resource\(hint)")
        }
    }

    private func attribute(_ attribute: String, of name: String, line: Int, owner: String?) -> Resolution {
        switch resources?.identity(of: name, line: line, owner: owner) {
        case .found(let identity):
            if let value = identity.attributes[attribute] { return .value(.text(value, line: line)) }
            if attribute == "StreamArn" {
                return fail(line, owner, "\(name).StreamArn can only be the Stream of a DynamoDB event")
            }
            let hint = Suggestion.text(for: attribute, among: identity.attributes.keys)
            return fail(line, owner, "\(identity.type) has no attribute \(attribute) in the emulator\(hint)")
        case .failed:
            return .failed
        case .unknown, nil:
            let hint = Suggestion.text(for: name, among: resources?.logicalIDs ?? [])
            return fail(line, owner, "Fn::GetAtt names \(name), which is not a resource\(hint)")
        }
    }

    static let pseudoNames = [
        "AWS::AccountId", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackName", "AWS::URLSuffix",
    ]

    private func pseudoParameter(_ name: String, line: Int, owner: String?) -> Resolution? {
        switch name {
        case "AWS::AccountId": .value(.text(options.accountID, line: line))
        case "AWS::NoValue": .noValue
        case "AWS::Partition": .value(.text("aws", line: line))
        case "AWS::Region": .value(.text(options.region, line: line))
        case "AWS::StackName": .value(.text(options.stackName, line: line))
        case "AWS::URLSuffix": .value(.text("amazonaws.com", line: line))
        case "AWS::StackId", "AWS::NotificationARNs":
            fail(line, owner, "the pseudo parameter \(name) is not supported by the emulator")
        default: nil
        }
    }
}
