#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents

/// Sessions: each is a family of refresh tokens, of which only the newest is good.
package struct SessionRepository: Sendable {
    /// A refresh token that is not used for so long is no longer good.
    package static let idleSeconds: Int64 = 7 * 86_400
    /// After that a login is needed, however often the token was refreshed.
    package static let absoluteSeconds: Int64 = 30 * 86_400

    package enum Refresh: Sendable, Equatable {
        case token(RefreshToken)
        /// The token was used before: somebody has a copy. The session is gone.
        case reused
        /// There is no such session, or it has expired.
        case ended
    }

    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    package func start(user: String, organization: String) async throws -> RefreshToken {
        let now = store.time.now
        let token = RefreshToken(organizationID: organization, userID: user, sessionID: Identifier.new(at: now))
        var writer = ItemWriter(entity: "session", key: Keys.session(organization, user: user, session: token.sessionID))
        writer.set("session_id", token.sessionID)
        writer.set("user_id", user)
        writer.set("refresh_hash", token.hash)
        writer.set("created_at", now)
        writer.set("refreshed_at", now)
        writer.set("ends_at", store.time.nowSeconds + Self.absoluteSeconds)
        writer.set("expires_at", store.time.nowSeconds + Self.idleSeconds)
        // The id is new, so there is nothing to overwrite, and a repetition after a lost answer does no harm.
        try await store.write(WriteOperation(.put(writer.item), in: .ephemeral))
        return token
    }

    /// Whether the session lasts.
    package func isOpen(_ session: String, user: String, organization: String) async throws -> Bool {
        guard let item = try await store.get(Keys.session(organization, user: user, session: session), from: .ephemeral) else {
            return false
        }
        return try ItemReader(item, entity: "session").integer("expires_at") > store.time.nowSeconds
    }

    /// Trades a refresh token for the next one. Of two calls with the same token one gets it, the other ends the session.
    package func refresh(_ presented: RefreshToken) async throws -> Refresh {
        let key = Keys.session(presented.organizationID, user: presented.userID, session: presented.sessionID)
        guard let item = try await store.get(key, from: .ephemeral) else { return .ended }
        let reader = try ItemReader(item, entity: "session")
        guard try reader.integer("expires_at") > store.time.nowSeconds else { return .ended }
        let next = RefreshToken(
            organizationID: presented.organizationID, userID: presented.userID, sessionID: presented.sessionID)
        let expires = min(store.time.nowSeconds + Self.idleSeconds, try reader.integer("ends_at"))
        do {
            try await store.write(
                WriteOperation(
                    .update(key, expression: "SET refresh_hash = :next, refreshed_at = :now, expires_at = :expires"),
                    in: .ephemeral, if: "refresh_hash = :presented",
                    values: [
                        ":next": .string(next.hash), ":presented": .string(presented.hash), ":expires": .number(String(expires)),
                        ":now": .string(Timestamp.text(store.time.now)),
                    ]))
            return .token(next)
        } catch is ConditionFailed {
            try await end(presented.sessionID, user: presented.userID, organization: presented.organizationID)
            return .reused
        }
    }

    package func end(_ session: String, user: String, organization: String) async throws {
        try await store.write(
            WriteOperation(.delete(Keys.session(organization, user: user, session: session)), in: .ephemeral))
    }
}
