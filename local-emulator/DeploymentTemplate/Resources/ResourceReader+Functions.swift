extension ResourceReader {
    private static let unsupported = [
        "AssumeRolePolicyDocument", "AutoPublishAlias", "AutoPublishAliasAllProperties", "AutoPublishCodeSha256",
        "CapacityProviderConfig", "CodeSigningConfigArn", "DeadLetterQueue", "DeploymentPreference", "DurableConfig",
        "EventInvokeConfig", "FileSystemConfigs", "FunctionScalingConfig", "FunctionUrlConfig", "ImageConfig", "ImageUri",
        "InlineCode", "Layers", "ProvisionedConcurrencyConfig", "PublishToLatestPublished", "RuntimeManagementConfig",
        "SnapStart",
        "SourceKMSKeyArn", "TenancyConfig", "VersionDeletionPolicy", "VersionDescription", "VpcConfig",
    ]

    /// `AWS::Serverless::Function`. Bounds are Lambda's (AWS Lambda, "Lambda quotas"): memory 128 to 10,240 MB, time-out 1
    /// to 900 seconds.
    func readFunction(_ resource: ResourceDirectory.Resource, _ properties: PropertyReader) {
        _ = properties.raw("FunctionName")
        properties.accept(CloudOnly.function)
        let handler = properties.requiredText("Handler")
        checkRuntime(properties)
        let memory = properties.integer("MemorySize", in: 128...10_240) ?? 128
        let timeout = properties.integer("Timeout", in: 1...900) ?? 3
        let reserved = properties.integer("ReservedConcurrentExecutions", in: 0...1000)
        let environment = readEnvironment(properties)
        let permissions = readPermissions(properties)
        let events = properties.objectMap("Events")
        properties.refuseRest(of: "a function", unsupported: Self.unsupported)
        guard let handler, let identity = identity(resource.logicalID) else { return }
        deployment.functions.append(
            Deployment.Function(
                logicalID: resource.logicalID, name: identity.name, handler: handler, arn: identity.arn, memoryMegabytes: memory,
                timeoutSeconds: timeout, environment: environment, reservedConcurrency: reserved, permissions: permissions))
        for (name, event) in events { readEvent(name, event, of: resource) }
    }

    private func checkRuntime(_ properties: PropertyReader) {
        // The binaries speak the Runtime API themselves: no other runtime has a `bootstrap` to run.
        _ = properties.requiredText("Runtime").map { runtime in
            guard ["provided.al2023", "provided.al2"].contains(runtime) else {
                let hint = Suggestion.text(for: runtime, among: ["provided.al2023"])
                return properties.problem("the runtime \(runtime) is not supported by the emulator\(hint)", at: "Runtime")
            }
        }
        _ = properties.text("PackageType").map { type in
            if type != "Zip" {
                properties.problem("the package type \(type) is not supported by the emulator", at: "PackageType")
            }
        }
    }

    private func readEnvironment(_ properties: PropertyReader) -> [String: String] {
        var variables: [String: String] = [:]
        if let environment = properties.object("Environment") {
            variables = environment.textMap("Variables")
            environment.refuseRest(of: "Environment")
        }
        if let logging = properties.object("LoggingConfig") {
            // Lambda tells the runtime by these variables (AWS Lambda, "Configuring advanced logging controls").
            variables["AWS_LAMBDA_LOG_FORMAT"] = logging.choice("LogFormat", of: ["JSON", "Text"])
            variables["AWS_LAMBDA_LOG_LEVEL"] = logging.choice(
                "ApplicationLogLevel", of: ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"])
            logging.accept(["LogGroup": "the cloud's place for lines", "SystemLogLevel": "concerns the platform's own lines"])
            logging.refuseRest(of: "LoggingConfig")
        }
        return variables
    }

    private func readEvent(_ name: String, _ event: PropertyReader, of function: ResourceDirectory.Resource) {
        guard let type = event.requiredText("Type") else { return }
        let properties =
            event.object("Properties")
            ?? PropertyReader(
                owner: function.logicalID, path: "Events.\(name).Properties.", line: event.line, node: nil, resolver: resolver)
        let source = EventOfFunction(name: name, functionLogicalID: function.logicalID, properties: properties)
        switch type {
        case "HttpApi": readHTTPAPIEvent(source)
        case "DynamoDB": readStreamEvent(source)
        case "SQS": readQueueEvent(source)
        case "Schedule": readScheduleEvent(source)
        default:
            let hint = Suggestion.text(for: type, among: ["HttpApi", "DynamoDB", "SQS", "Schedule"])
            event.problem("the event type \(type) is not supported by the emulator\(hint)", at: "Type")
        }
        event.refuseRest(of: "an event")
    }
}

/// One entry of a function's `Events`.
struct EventOfFunction {
    var name: String
    var functionLogicalID: String
    var properties: PropertyReader
    /// What checkpoints are kept under: stable as long as the template's names are.
    var id: String { "\(functionLogicalID).\(name)" }
}
