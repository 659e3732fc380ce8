/// Turns the resources into a ``Deployment``, one reader for each type.
final class ResourceReader {
    let directory: ResourceDirectory
    let resolver: Resolver
    var deployment: Deployment
    /// The HTTP API that events belong to, and what its routes use when they name no authorizer.
    var httpAPILogicalID: String?
    var httpAPIDefaultAuthorizer: String?

    init(directory: ResourceDirectory, resolver: Resolver) {
        self.directory = directory
        self.resolver = resolver
        deployment = Deployment(region: resolver.options.region, accountID: resolver.options.accountID)
    }

    private static let attributes = Array(CloudOnly.resourceAttributes.keys) + ["Condition", "Properties", "Type"]

    static let supportedTypes = [
        "AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SecretsManager::Secret", "AWS::Serverless::Function",
        "AWS::Serverless::HttpApi", "AWS::Serverless::SimpleTable", "AWS::Serverless::WebSocketApi",
    ]

    func read(outputs: TemplateNode?) -> Deployment {
        // Functions come last: their events add routes to the API and name queues and tables.
        for resource in directory.resources { checkAttributes(of: resource) }
        for resource in directory.resources where resource.type != "AWS::Serverless::Function" { read(resource) }
        for resource in directory.resources where resource.type == "AWS::Serverless::Function" { read(resource) }
        checkNames()
        checkVisibilityTimeouts()
        readOutputs(outputs)
        return deployment
    }

    private func read(_ resource: ResourceDirectory.Resource) {
        let properties = PropertyReader(
            owner: resource.logicalID, line: resource.line, node: resource.properties, resolver: resolver)
        switch resource.type {
        case "AWS::DynamoDB::Table": readTable(resource, properties)
        case "AWS::Serverless::SimpleTable": readSimpleTable(resource, properties)
        case "AWS::SQS::Queue": readQueue(resource, properties)
        case "AWS::SecretsManager::Secret": readSecret(resource, properties)
        case "AWS::Serverless::HttpApi": readHTTPAPI(resource, properties)
        case "AWS::Serverless::WebSocketApi": readWebSocketAPI(resource, properties)
        case "AWS::Serverless::Function": readFunction(resource, properties)
        case _ where CloudOnly.resourceTypes[resource.type] != nil:
            ReferenceCheck(resolver: resolver, owner: resource.logicalID).check(resource.properties)
        default:
            let hint = Suggestion.text(for: resource.type, among: Self.supportedTypes)
            resolver.problems.add(
                line: resource.node.entries?.first { $0.key == "Type" }?.line ?? resource.line, resource.logicalID,
                "the type \(resource.type) is not supported by the emulator\(hint)")
        }
    }

    private func checkAttributes(of resource: ResourceDirectory.Resource) {
        for entry in resource.node.entries ?? [] {
            if !Self.attributes.contains(entry.key) {
                let hint = Suggestion.text(for: entry.key, among: Self.attributes)
                resolver.problems.add(
                    line: entry.line, resource.logicalID,
                    "the attribute \(entry.key) is not supported by the emulator\(hint)")
            }
            guard entry.key == "DependsOn" else { continue }
            for name in entry.value.elements?.compactMap(\.text) ?? [entry.value.text ?? ""] where directory[name] == nil {
                let hint = Suggestion.text(for: name, among: directory.logicalIDs)
                resolver.problems.add(
                    line: entry.line, resource.logicalID, "DependsOn names \(name), which is not a resource\(hint)")
            }
        }
    }

    /// Two resources of one kind cannot have one name: the second would silently take the place of the first.
    private func checkNames() {
        let named =
            deployment.functions.map { ("function", $0.name, $0.logicalID) }
            + deployment.tables.map { ("table", $0.name, $0.logicalID) }
            + deployment.queues.map { ("queue", $0.name, $0.logicalID) }
            + deployment.secrets.map { ("secret", $0.name, $0.logicalID) }
        var owners: [String: String] = [:]
        for (kind, name, logicalID) in named {
            if let first = owners.updateValue(logicalID, forKey: "\(kind) \(name)") {
                resolver.problems.add(
                    line: directory[logicalID]?.line ?? 1, logicalID, "the \(kind) name \(name) is already that of \(first)")
            }
        }
    }

    /// Lambda refuses such a mapping (AWS Lambda, "CreateEventSourceMapping": InvalidParameterValueException): a message would come
    /// again while its function still works on it.
    private func checkVisibilityTimeouts() {
        for source in deployment.queueSources {
            guard let function = deployment.functions.first(where: { $0.logicalID == source.functionLogicalID }),
                let queue = deployment.queues.first(where: { $0.name == source.queueName }),
                queue.visibilityTimeoutSeconds < function.timeoutSeconds
            else { continue }
            resolver.problems.add(
                line: directory[queue.logicalID]?.line ?? 1, queue.logicalID,
                "Queue visibility timeout: \(queue.visibilityTimeoutSeconds) seconds is less than Function timeout: "
                    + "\(function.timeoutSeconds) seconds (of \(function.logicalID))")
        }
    }

    private func readOutputs(_ outputs: TemplateNode?) {
        for entry in outputs?.entries ?? [] {
            let reader = PropertyReader(
                owner: "Outputs.\(entry.key)", line: entry.line, node: entry.value, resolver: resolver)
            if let condition = reader.raw("Condition")?.text,
                resolver.condition(named: condition, line: entry.line, owner: "Outputs.\(entry.key)") != true
            {
                continue
            }
            reader.accept(CloudOnly.output)
            if let value = reader.requiredText("Value") { deployment.outputs[entry.key] = value }
            reader.refuseRest(of: "an output")
        }
    }

    /// What a resource is called, without reporting (the caller knows better what to say).
    func identity(_ logicalID: String) -> ResourceIdentity? {
        guard
            case .found(let identity) = directory.identity(of: logicalID, line: directory[logicalID]?.line ?? 1, owner: logicalID)
        else { return nil }
        return identity
    }

    /// The resource of a type that an ARN names.
    func resource(_ type: String, arn: String) -> ResourceIdentity? {
        directory.resources.lazy.filter { $0.type == type }.compactMap { self.identity($0.logicalID) }.first { $0.arn == arn }
    }

    /// The function behind a `FunctionArn` property.
    func functionLogicalID(_ properties: PropertyReader, _ name: String) -> String? {
        guard let arn = properties.requiredText(name) else { return nil }
        if let function = resource("AWS::Serverless::Function", arn: arn) { return function.logicalID }
        properties.problem("property \(name) must be the ARN of a function of this template, not \(arn)", at: name)
        return nil
    }
}
