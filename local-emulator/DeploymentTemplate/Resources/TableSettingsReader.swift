internal import Foundation

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

    /// What other calls than CreateTable set.
    ///
    /// - Parameter indexes: the table's global indexes.
    func upkeep(indexes: [PropertyReader]) -> Deployment.Table.Upkeep {
        var upkeep = Deployment.Table.Upkeep(pointInTimeRecovery: pointInTimeRecovery(), resourcePolicy: resourcePolicy())
        upkeep.contributorInsights[""] = contributorInsights()
        for index in indexes {
            guard let name = index.text("IndexName") else { continue }
            upkeep.contributorInsights[name] = TableSettingsReader(properties: index).contributorInsights()
        }
        return upkeep
    }

    private func pointInTimeRecovery() -> Deployment.Table.Upkeep.PointInTimeRecovery? {
        guard let recovery = properties.object("PointInTimeRecoverySpecification") else { return nil }
        defer { recovery.refuseRest(of: "PointInTimeRecoverySpecification") }
        let isEnabled = recovery.boolean("PointInTimeRecoveryEnabled") ?? false
        // The range of UpdateContinuousBackups.
        let days = recovery.integer("RecoveryPeriodInDays", in: 1...35)
        if !isEnabled, days != nil {
            recovery.problem("RecoveryPeriodInDays needs PointInTimeRecoveryEnabled: true", at: "RecoveryPeriodInDays")
        }
        return isEnabled ? Deployment.Table.Upkeep.PointInTimeRecovery(periodDays: days) : nil
    }

    private func contributorInsights() -> Deployment.Table.Upkeep.ContributorInsights? {
        guard let insights = properties.object("ContributorInsightsSpecification") else { return nil }
        defer { insights.refuseRest(of: "ContributorInsightsSpecification") }
        if !insights.has("Enabled") { insights.problem("property ContributorInsightsSpecification.Enabled is required") }
        let mode = insights.choice("Mode", of: ["ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS"])
        return insights.boolean("Enabled") == true ? Deployment.Table.Upkeep.ContributorInsights(mode: mode) : nil
    }

    /// The policy's JSON; nil where there is none.
    private func resourcePolicy() -> String? {
        guard let policy = properties.object("ResourcePolicy") else { return nil }
        defer { policy.refuseRest(of: "ResourcePolicy") }
        if !policy.has("PolicyDocument") { policy.problem("property ResourcePolicy.PolicyDocument is required") }
        guard let document = policy.resolved("PolicyDocument") else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts, lists and maps always encode.
        return (try? encoder.encode(document)).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// As JSON whose scalars are all texts, which is what a policy's are.
extension TemplateNode: Encodable {
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        switch content {
        case .scalar(let text, _):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .sequence(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .mapping(let entries):
            var container = encoder.container(keyedBy: Name.self)
            for entry in entries { try container.encode(entry.value, forKey: Name(stringValue: entry.key)) }
        }
    }
}
