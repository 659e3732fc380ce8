import LambdaEvents

/// So many per hour, for one key: a token bucket that holds `count` and fills evenly.
package struct RateLimit: Sendable, Equatable {
    package var name: String
    package var count: Int64
    package var periodMilliseconds: Int64

    package init(_ name: String, _ count: Int64, perSeconds seconds: Int64) {
        self.name = name
        self.count = count
        periodMilliseconds = seconds * 1000
    }

    /// The time in which one token comes back.
    var intervalMilliseconds: Int64 { periodMilliseconds / count }
}

/// Takes tokens from buckets that all environments share.
///
/// A bucket is one number, the time at which it will be full (the generic cell rate algorithm, which decides as a token
/// bucket does). One conditional update takes a token, so calls in parallel never take more than there is.
package struct RateLimiter: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    /// - Parameter key: whom the limit is for: a user's id, or the hash of a number or an address.
    /// - Throws: ``PlatformError`` with 429 and the seconds until a token is there.
    package func take(_ limit: RateLimit, organization: String, key: String) async throws {
        let bucket = Keys.bucket(organization, limit: limit.name, key: key)
        // Only another call between the two updates leads to a second round.
        for _ in 0..<5 {
            let now = store.time.nowMilliseconds
            if try await takeFromFull(bucket, limit, now: now) { return }
            guard let fullAt = try await takeFromPartial(bucket, limit, now: now) else { return }
            let latest = now + limit.periodMilliseconds - limit.intervalMilliseconds
            if fullAt > latest {
                let seconds = Int((fullAt - latest + 999) / 1000)
                throw PlatformError(
                    .rateLimited, "Too many requests; please wait \(seconds) seconds", retryAfterSeconds: seconds)
            }
        }
        throw PlatformError(.rateLimited, "Too many requests at once", retryAfterSeconds: 1)
    }

    private func takeFromFull(_ bucket: ItemKey, _ limit: RateLimit, now: Int64) async throws -> Bool {
        do {
            try await store.write(
                WriteOperation(
                    .update(bucket, expression: "SET full_at_ms = :next, #entity = :entity, expires_at = :expires"),
                    in: .ephemeral, if: "attribute_not_exists(full_at_ms) OR full_at_ms <= :now", names: ["#entity": "entity"],
                    values: [
                        ":now": .number(String(now)), ":next": .number(String(now + limit.intervalMilliseconds)),
                        ":entity": .string("bucket"), ":expires": expiry(limit, now: now),
                    ]))
            return true
        } catch is ConditionFailed {
            return false
        }
    }

    /// Nil if a token was taken; otherwise the time at which the bucket will be full.
    private func takeFromPartial(_ bucket: ItemKey, _ limit: RateLimit, now: Int64) async throws -> Int64? {
        do {
            try await store.write(
                WriteOperation(
                    .update(bucket, expression: "SET full_at_ms = full_at_ms + :interval, expires_at = :expires"),
                    in: .ephemeral, if: "full_at_ms > :now AND full_at_ms <= :latest",
                    values: [
                        ":now": .number(String(now)), ":interval": .number(String(limit.intervalMilliseconds)),
                        ":latest": .number(String(now + limit.periodMilliseconds - limit.intervalMilliseconds)),
                        ":expires": expiry(limit, now: now),
                    ]))
            return nil
        } catch let failure as ConditionFailed {
            guard let item = failure.item else { return now }
            return try ItemReader(item, entity: "bucket").integer("full_at_ms")
        }
    }

    /// A bucket is full after one period at the latest; then its item says no more than its absence.
    private func expiry(_ limit: RateLimit, now: Int64) -> AttributeValue {
        .number(String((now + limit.periodMilliseconds) / 1000 + 1))
    }
}
