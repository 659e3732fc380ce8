#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An EventBridge event; a schedule's has the source `aws.events` and the detail type `Scheduled Event`.
///
/// Source: Amazon EventBridge User Guide, "AWS service event metadata".
public struct ScheduledEvent: Sendable, Equatable, Codable {
    /// `0`; older samples leave it out.
    public var version: String?
    public var id: String
    public var detailType: String
    public var source: String
    public var account: String
    /// In whole seconds on the wire: `2015-10-08T16:53:06Z`.
    public var time: Date
    public var region: String
    /// The rule's ARN.
    public var resources: [String]
    /// An object; empty for a schedule.
    public var detail: JSONValue

    public init(
        version: String? = "0", id: String, detailType: String = "Scheduled Event", source: String = "aws.events",
        account: String, time: Date, region: String, resources: [String], detail: JSONValue = [:]
    ) {
        self.version = version
        self.id = id
        self.detailType = detailType
        self.source = source
        self.account = account
        self.time = time
        self.region = region
        self.resources = resources
        self.detail = detail
    }

    private enum CodingKeys: String, CodingKey {
        case version, id, source, account, time, region, resources, detail
        case detailType = "detail-type"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decodeIfPresent(String.self, forKey: .version)
        id = try container.decode(String.self, forKey: .id)
        detailType = try container.decode(String.self, forKey: .detailType)
        source = try container.decode(String.self, forKey: .source)
        account = try container.decode(String.self, forKey: .account)
        region = try container.decode(String.self, forKey: .region)
        resources = try container.decode([String].self, forKey: .resources)
        detail = try container.decode(JSONValue.self, forKey: .detail)
        let text = try container.decode(String.self, forKey: .time)
        do {
            time = try Date(text, strategy: .iso8601)
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .time, in: container, debugDescription: "\"\(text)\" is no ISO 8601 time")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(version, forKey: .version)
        try container.encode(id, forKey: .id)
        try container.encode(detailType, forKey: .detailType)
        try container.encode(source, forKey: .source)
        try container.encode(account, forKey: .account)
        try container.encode(time.formatted(.iso8601), forKey: .time)
        try container.encode(region, forKey: .region)
        try container.encode(resources, forKey: .resources)
        try container.encode(detail, forKey: .detail)
    }
}
