/// The properties of a table, or of an index of it, that change nothing of what an item operation does.
struct TableSettingsReader {
    var properties: PropertyReader

    private static let units = 1...1_000_000_000

    func onDemandThroughput() -> CreateTableRequest.OnDemandThroughput? {
        guard let throughput = properties.object("OnDemandThroughput") else { return nil }
        defer { throughput.refuseRest(of: "OnDemandThroughput") }
        return CreateTableRequest.OnDemandThroughput(
            MaxReadRequestUnits: throughput.integer("MaxReadRequestUnits", in: Self.units),
            MaxWriteRequestUnits: throughput.integer("MaxWriteRequestUnits", in: Self.units))
    }

    func warmThroughput() -> CreateTableRequest.WarmThroughput? {
        guard let throughput = properties.object("WarmThroughput") else { return nil }
        defer { throughput.refuseRest(of: "WarmThroughput") }
        return CreateTableRequest.WarmThroughput(
            ReadUnitsPerSecond: throughput.integer("ReadUnitsPerSecond", in: Self.units),
            WriteUnitsPerSecond: throughput.integer("WriteUnitsPerSecond", in: Self.units))
    }

    /// CloudFormation says `SSEEnabled` where CreateTable says `Enabled`.
    func encryption() -> CreateTableRequest.Encryption? {
        guard let encryption = properties.object("SSESpecification") else { return nil }
        let enabled = encryption.boolean("SSEEnabled")
        if !encryption.has("SSEEnabled") { encryption.problem("property SSESpecification.SSEEnabled is required") }
        let type = encryption.choice("SSEType", of: ["KMS"])
        let key = encryption.text("KMSMasterKeyId")
        encryption.refuseRest(of: "SSESpecification")
        return enabled.map { CreateTableRequest.Encryption(Enabled: $0, SSEType: type, KMSMasterKeyId: key) }
    }

    func tags() -> [CreateTableRequest.Tag]? {
        properties.objects("Tags")?.compactMap { tag in
            let key = tag.requiredText("Key")
            let value = tag.requiredText("Value")
            tag.refuseRest(of: "a tag")
            guard let key, let value else { return nil }
            return CreateTableRequest.Tag(Key: key, Value: value)
        }
    }
}
