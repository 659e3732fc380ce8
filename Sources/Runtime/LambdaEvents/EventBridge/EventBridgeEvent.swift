#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An event from an EventBridge bus, its detail in a type of yours; ``JSONValue`` takes any.
///
/// The function's answer is not read. Source: Amazon EventBridge User Guide, "Event structure reference",
/// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
public struct EventBridgeEvent<Detail: Codable & Sendable>: Sendable, Codable {
    /// `0`; older samples leave it out.
    public var version: String?
    /// Stays the same when the event is delivered again.
    public var id: String
    /// With ``source`` it says what the detail's fields are.
    public var detailType: String
    /// `aws.ec2` for a service's events; yours do not begin with `aws.`.
    public var source: String
    public var account: String
    /// In whole seconds on the wire: `2015-10-08T16:53:06Z`.
    @ISO8601Time public var time: Date
    public var region: String
    /// The ARNs of what the event is about; a schedule's is its rule.
    public var resources: [String]
    public var detail: Detail
    /// The replay's name where an archive replays the event.
    public var replayName: String?

    public init(
        version: String? = "0", id: String, detailType: String, source: String, account: String, time: Date, region: String,
        resources: [String] = [], detail: Detail, replayName: String? = nil
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
        self.replayName = replayName
    }

    private enum CodingKeys: String, CodingKey {
        case version, id, source, account, time, region, resources, detail
        case detailType = "detail-type"
        case replayName = "replay-name"
    }
}

extension EventBridgeEvent: Equatable where Detail: Equatable {}

/// A schedule's event: an EventBridge rule's (source `aws.events`, an empty detail) or the EventBridge Scheduler's (source
/// `aws.scheduler`, the detail `{}` as text), both of the detail type `Scheduled Event`.
///
/// A schedule with an input of its own sends that document instead. Source: Amazon EventBridge User Guide, "Creating a scheduled
/// rule", https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
public typealias ScheduledEvent = EventBridgeEvent<JSONValue>

extension EventBridgeEvent where Detail == JSONValue {
    /// A schedule's event.
    public init(
        version: String? = "0", id: String, detailType: String = "Scheduled Event", source: String = "aws.events",
        account: String, time: Date, region: String, resources: [String]
    ) {
        self.init(
            version: version, id: id, detailType: detailType, source: source, account: account, time: time, region: region,
            resources: resources, detail: [:])
    }
}
