internal import Foundation

extension ResourceReader {
    /// `AWS::SQS::Queue`; limits are those of SQS (Amazon SQS API Reference, "SetQueueAttributes").
    func readQueue(_ resource: ResourceDirectory.Resource, _ properties: PropertyReader) {
        _ = properties.raw("QueueName")
        properties.accept(CloudOnly.queue)
        let visibility = properties.integer("VisibilityTimeout", in: 0...43_200) ?? 30
        let delay = properties.integer("DelaySeconds", in: 0...900) ?? 0
        let retention = properties.integer("MessageRetentionPeriod", in: 60...1_209_600) ?? 345_600
        let wait = properties.integer("ReceiveMessageWaitTimeSeconds", in: 0...20) ?? 0
        let size = properties.integer("MaximumMessageSize", in: 1024...1_048_576) ?? 1_048_576
        let redrive = readRedrive(properties)
        if properties.has("FifoQueue"), properties.boolean("FifoQueue") == true {
            properties.problem("FIFO queues are not supported by the emulator", at: "FifoQueue")
        }
        properties.refuseRest(
            of: "a queue", unsupported: ["ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"])
        guard let identity = identity(resource.logicalID) else { return }
        checkQueueName(identity.name, properties)
        deployment.queues.append(
            Deployment.Queue(
                logicalID: resource.logicalID, name: identity.name, arn: identity.arn, visibilityTimeoutSeconds: visibility,
                delaySeconds: delay, messageRetentionSeconds: retention, receiveWaitTimeSeconds: wait,
                maximumMessageSizeBytes: size, redrive: redrive))
    }

    private func checkQueueName(_ name: String, _ properties: PropertyReader) {
        if name.hasSuffix(".fifo") {
            properties.problem("FIFO queues are not supported by the emulator", at: "QueueName")
        } else if !(1...80).contains(name.count) || !name.utf8.allSatisfy({ $0.isNameByte }) {
            properties.problem("a queue's name has 1 to 80 letters, digits, hyphens and underscores", at: "QueueName")
        }
    }

    private func readRedrive(_ properties: PropertyReader) -> Deployment.Redrive? {
        guard let policy = properties.object("RedrivePolicy") else { return nil }
        let target = queue(policy, "deadLetterTargetArn")
        let count = policy.integer("maxReceiveCount", in: 1...1000)
        if !policy.has("maxReceiveCount") { policy.problem("property RedrivePolicy.maxReceiveCount is required") }
        policy.refuseRest(of: "RedrivePolicy")
        guard let target, let count else { return nil }
        return Deployment.Redrive(deadLetterQueueName: target.name, maxReceiveCount: count)
    }

    /// `AWS::SecretsManager::Secret`.
    func readSecret(_ resource: ResourceDirectory.Resource, _ properties: PropertyReader) {
        _ = properties.raw("Name")
        properties.accept(CloudOnly.secret)
        let text = properties.text("SecretString")
        let generation = properties.object("GenerateSecretString").map(readGeneration)
        properties.refuseRest(of: "a secret")
        guard let identity = identity(resource.logicalID) else { return }
        let value: Deployment.Secret.Value
        switch (text, generation) {
        case (let text?, nil): value = .text(text)
        case (nil, let generation?): value = .generated(generation)
        default: return properties.problem("a secret has either SecretString or GenerateSecretString")
        }
        deployment.secrets.append(
            Deployment.Secret(
                logicalID: resource.logicalID, name: identity.name, arn: identity.reference, value: value))
    }

    /// `GenerateSecretString` (AWS Secrets Manager API Reference, "GetRandomPassword").
    private func readGeneration(_ properties: PropertyReader) -> Deployment.Secret.Generation {
        var generation = Deployment.Secret.Generation()
        generation.length = properties.integer("PasswordLength", in: 1...4096) ?? 32
        generation.excludeCharacters = properties.text("ExcludeCharacters") ?? ""
        generation.excludePunctuation = properties.boolean("ExcludePunctuation") ?? false
        generation.excludeLowercase = properties.boolean("ExcludeLowercase") ?? false
        generation.excludeUppercase = properties.boolean("ExcludeUppercase") ?? false
        generation.excludeNumbers = properties.boolean("ExcludeNumbers") ?? false
        generation.includeSpace = properties.boolean("IncludeSpace") ?? false
        generation.requireEachIncludedType = properties.boolean("RequireEachIncludedType") ?? true
        generation.template = properties.text("SecretStringTemplate")
        generation.key = properties.text("GenerateStringKey")
        properties.refuseRest(of: "GenerateSecretString")
        if (generation.template == nil) != (generation.key == nil) {
            properties.problem("SecretStringTemplate and GenerateStringKey stand together or not at all")
        }
        if let template = generation.template,
            (try? JSONDecoder().decode([String: JSONAny].self, from: Data(template.utf8))) == nil
        {
            properties.problem("SecretStringTemplate must be a JSON object", at: "SecretStringTemplate")
        }
        return generation
    }
}

/// Any JSON value, of which only the shape is asked.
private struct JSONAny: Decodable {
    init(from decoder: any Decoder) throws {}
}

extension UInt8 {
    /// A letter, a digit, a hyphen or an underscore.
    var isNameByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f: true
        default: false
        }
    }
}
