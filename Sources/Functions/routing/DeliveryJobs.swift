#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// One message for one person: everything that the decision and the sending need.
struct DeliveryJob: Sendable {
    var message: Message
    var organization: Organization
    var templates: MessageTemplates
    var recipient: User
    var preferences: Preferences
    var channel: Channel
    var eventID: String
    /// A socket of theirs took it.
    var wasPushed: Bool
    /// When the recipient's quiet hours are over, if they hold now and for this channel.
    var quietUntil: Date?
}

/// Makes jobs of what the queue says, and has them done.
struct DeliveryJobs: Sendable {
    /// Recipients of one queue message that are served at once.
    private static let parallelRecipients = 8

    private let time: TimeSource
    private let messages: MessageRepository
    private let users: UserRepository
    private let preferences: PreferencesRepository
    private let organizations: OrganizationDirectory
    private let engine: DeliveryEngine
    private let zones: TimeZoneDatabase

    init(store: PlatformStore, engine: DeliveryEngine, zones: TimeZoneDatabase, blueprints: [Blueprint]) {
        time = store.time
        messages = MessageRepository(store: store)
        users = UserRepository(store: store)
        preferences = PreferencesRepository(store: store)
        organizations = OrganizationDirectory(store: store, blueprints: blueprints)
        self.engine = engine
        self.zones = zones
    }

    func run(_ message: RoutingMessage, context: LambdaContext) async throws {
        switch message {
        case .message(let new): try await run(new, context: context)
        case .delivery(let again): try await run(again, context: context)
        }
    }

    /// Serves all recipients, also after one has failed, and then fails if any did: a repetition finds the others done.
    private func run(_ new: RoutingMessage.NewMessage, context: LambdaContext) async throws {
        let organization = new.organizationID
        guard let message = try await current(new.messageID, organization: organization, context: context) else { return }
        let (tenant, blueprint) = try await organizations.find(organization)
        let recipients = try await users.get(new.recipientIDs, organization: organization)
        let wishes = try await preferences.get(users: new.recipientIDs, organization: organization)
        let errors = await concurrently(new.recipientIDs, limit: Self.parallelRecipients) { id -> (any Error)? in
            guard let recipient = recipients[id], Self.mayReceive(recipient), let wish = wishes[id] else { return nil }
            let channel = ChannelChoice.channel(for: recipient, preferences: wish, message: message)
            let job = DeliveryJob(
                message: message, organization: tenant, templates: blueprint.templates, recipient: recipient, preferences: wish,
                channel: channel, eventID: new.eventID, wasPushed: new.pushedTo.contains(id),
                quietUntil: quietUntil(wish, channel: channel, log: context.log))
            do {
                try await engine.run(job, context: context)
                return nil
            } catch {
                return error
            }
        }
        if let first = errors.compactMap({ $0 }).first { throw first }
    }

    private func run(_ again: RoutingMessage.DeliveryAgain, context: LambdaContext) async throws {
        let organization = again.organizationID
        guard let message = try await current(again.messageID, organization: organization, context: context),
            let recipient = try await users.get(again.recipientID, organization: organization), Self.mayReceive(recipient)
        else {
            return try await engine.giveUp(again, because: "message or recipient is no longer there")
        }
        let (tenant, blueprint) = try await organizations.find(organization)
        let wish = try await preferences.get(user: recipient.id, organization: organization)
        let job = DeliveryJob(
            message: message, organization: tenant, templates: blueprint.templates, recipient: recipient, preferences: wish,
            channel: again.channel, eventID: again.eventID, wasPushed: false,
            quietUntil: quietUntil(wish, channel: again.channel, log: context.log))
        try await engine.run(job, context: context)
    }

    private func current(_ id: String, organization: String, context: LambdaContext) async throws -> Message? {
        guard let message = try await messages.get(id, organization: organization), message.deletedAt == nil else {
            context.log.info("nothing to deliver: the message is gone", ["message": id])
            return nil
        }
        return message
    }

    private static func mayReceive(_ user: User) -> Bool { user.status == .approved || user.status == .active }

    private func quietUntil(_ wish: Preferences, channel: Channel, log: LambdaLog) -> Date? {
        guard channel != .app, let hours = wish.quietHours else { return nil }
        guard let zone = zones.rules(named: wish.timezone) else {
            log.warn("time zone not found, UTC taken", ["timezone": wish.timezone])
            return hours.end(after: time.now, in: .utc)
        }
        return hours.end(after: time.now, in: zone)
    }
}
