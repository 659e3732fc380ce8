/// The event sources that poll: limits are those of Lambda's API (AWS Lambda, "CreateEventSourceMapping").
extension ResourceReader {
    private static let unsupportedOfMappings = [
        "FilterCriteria", "KmsKeyArn", "LoggingConfig", "MaximumRecordAgeInSeconds", "MetricsConfig", "ParallelizationFactor",
        "ProvisionedPollerConfig", "TumblingWindowInSeconds", "StartingPositionTimestamp",
    ]

    func readStreamEvent(_ event: EventOfFunction) {
        let properties = event.properties
        let table = tableOfStream(event)
        let enabled = properties.boolean("Enabled") ?? true
        let position = properties.requiredText("StartingPosition")
        let start = position.flatMap(Deployment.StreamSource.StartingPosition.init)
        if let position, start == nil {
            let hint = Suggestion.text(for: position, among: ["LATEST", "TRIM_HORIZON"])
            properties.problem("StartingPosition must be LATEST or TRIM_HORIZON, not \(position)\(hint)", at: "StartingPosition")
        }
        var source = Deployment.StreamSource(
            id: event.id, functionLogicalID: event.functionLogicalID, tableName: table ?? "", startingPosition: start ?? .latest)
        source.batchSize = properties.integer("BatchSize", in: 1...10_000) ?? 100
        source.maximumBatchingWindowSeconds = properties.integer("MaximumBatchingWindowInSeconds", in: 0...300) ?? 0
        source.maximumRetryAttempts = properties.integer("MaximumRetryAttempts", in: -1...10_000) ?? -1
        source.bisectBatchOnFunctionError = properties.boolean("BisectBatchOnFunctionError") ?? false
        source.reportsBatchItemFailures = reportsFailures(properties)
        source.onFailureQueueName = onFailureQueue(properties)
        properties.refuseRest(of: "a DynamoDB event", unsupported: Self.unsupportedOfMappings)
        if table != nil, enabled { deployment.streamSources.append(source) }
    }

    func readQueueEvent(_ event: EventOfFunction) {
        let properties = event.properties
        let queue = queue(properties, "Queue")
        let enabled = properties.boolean("Enabled") ?? true
        let window = properties.integer("MaximumBatchingWindowInSeconds", in: 0...300) ?? 0
        let size = properties.integer("BatchSize", in: 1...10_000) ?? 10
        if size > 10, window == 0 {
            properties.problem("BatchSize above 10 needs a MaximumBatchingWindowInSeconds of at least 1", at: "BatchSize")
        }
        let reports = reportsFailures(properties)
        let scaling = properties.object("ScalingConfig")
        let concurrency = scaling?.integer("MaximumConcurrency", in: 2...1000)
        scaling?.refuseRest(of: "ScalingConfig")
        properties.refuseRest(of: "an SQS event", unsupported: Self.unsupportedOfMappings)
        guard let queue, enabled else { return }
        deployment.queueSources.append(
            Deployment.QueueSource(
                id: event.id, functionLogicalID: event.functionLogicalID, queueName: queue.name, batchSize: size,
                maximumBatchingWindowSeconds: window, reportsBatchItemFailures: reports, maximumConcurrency: concurrency))
    }

    func readScheduleEvent(_ event: EventOfFunction) {
        let properties = event.properties
        let expression = properties.requiredText("Schedule")
        if let expression {
            do {
                _ = try ScheduleExpression(expression)
            } catch {
                properties.problem("Schedule \(expression): \(error.text)", at: "Schedule")
            }
        }
        let name = properties.text("Name") ?? event.functionLogicalID + event.name
        let enabled = properties.boolean("Enabled")
        let state = properties.choice("State", of: ["ENABLED", "DISABLED"])
        if enabled != nil, state != nil { properties.problem("State and Enabled cannot stand together", at: "State") }
        let input = properties.text("Input")
        properties.accept(CloudOnly.schedule)
        properties.refuseRest(of: "a Schedule event", unsupported: ["DeadLetterConfig", "RoleArn"])
        guard let expression else { return }
        deployment.schedules.append(
            Deployment.Schedule(
                id: event.id, name: name, functionLogicalID: event.functionLogicalID, expression: expression, input: input,
                enabled: enabled ?? (state != "DISABLED")))
    }

    /// The table whose stream `Stream: !GetAtt Table.StreamArn` names. The ARN itself holds the time at which the stream
    /// was made, so that only this form can be known beforehand.
    private func tableOfStream(_ event: EventOfFunction) -> String? {
        guard let node = event.properties.raw("Stream") else {
            event.properties.problem("property Stream is required")
            return nil
        }
        guard let (name, argument) = node.intrinsic, name == "Fn::GetAtt", let parts = argument.elements?.compactMap(\.text),
            parts.count == 2, parts[1] == "StreamArn"
        else {
            event.properties.problem("Stream must be !GetAtt TABLE.StreamArn of a table of this template", at: "Stream")
            return nil
        }
        guard let identity = identity(parts[0]), identity.type == "AWS::DynamoDB::Table" else {
            let tables = directory.resources.filter { $0.type == "AWS::DynamoDB::Table" }.map(\.logicalID)
            let hint = Suggestion.text(for: parts[0], among: tables)
            event.properties.problem("Stream names \(parts[0]), which is not a table of this template\(hint)", at: "Stream")
            return nil
        }
        guard deployment.tables.contains(where: { $0.logicalID == parts[0] && $0.streamEnabled }) else {
            event.properties.problem("Stream names \(parts[0]), which has no StreamSpecification", at: "Stream")
            return nil
        }
        return identity.name
    }

    /// A queue of this template by its ARN.
    func queue(_ properties: PropertyReader, _ name: String) -> ResourceIdentity? {
        guard let arn = properties.requiredText(name) else { return nil }
        if let queue = resource("AWS::SQS::Queue", arn: arn) { return queue }
        properties.problem("property \(name) must be the ARN of a queue of this template, not \(arn)", at: name)
        return nil
    }

    private func reportsFailures(_ properties: PropertyReader) -> Bool {
        let types = properties.texts("FunctionResponseTypes") ?? []
        for type in types where type != "ReportBatchItemFailures" {
            properties.problem(
                "FunctionResponseTypes can only be ReportBatchItemFailures, not \(type)", at: "FunctionResponseTypes")
        }
        return types.contains("ReportBatchItemFailures")
    }

    private func onFailureQueue(_ properties: PropertyReader) -> String? {
        guard let destination = properties.object("DestinationConfig") else { return nil }
        var name: String?
        if let failure = destination.object("OnFailure") {
            // SAM's hint for the permissions it makes; an ARN of a queue says it already.
            if let type = failure.text("Type"), type != "SQS" {
                failure.problem("an on-failure destination of type \(type) is not supported by the emulator", at: "Type")
            }
            name = queue(failure, "Destination")?.name
            failure.refuseRest(of: "OnFailure")
        }
        destination.refuseRest(of: "DestinationConfig", unsupported: ["OnSuccess"])
        return name
    }
}
