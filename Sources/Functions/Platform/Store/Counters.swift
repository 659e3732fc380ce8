import LambdaEvents

/// The lengths of lists, exact because they change in the transaction that changes the list.
///
/// A counter has four items and a write takes one at random, so that transactions seldom meet; a reader adds them up.
package enum Counters {
    package static let shardCount = 4

    package static func messages(conversation: String) -> String { "messages#\(conversation)" }
    package static func mailbox(user: String) -> String { "mailbox#\(user)" }
    package static func members(forum: String) -> String { "members#\(forum)" }
    package static func users(state: String) -> String { "users#\(state)" }
    package static let forums = "forums"

    package static func add(_ amount: Int64, to name: String, organization: String) -> WriteOperation {
        let key = Keys.counter(organization, name: name, shard: Int.random(in: 0..<shardCount))
        return WriteOperation(
            .update(key, expression: "SET #entity = :entity ADD #value :amount"),
            names: ["#entity": "entity", "#value": "value"],
            values: [":entity": .string("counter"), ":amount": .number(String(amount))])
    }
}

extension PlatformStore {
    package func count(_ name: String, organization: String) async throws -> Int {
        let keys = (0..<Counters.shardCount).map { Keys.counter(organization, name: name, shard: $0) }
        return try Self.sum(of: try await get(keys))
    }

    /// Not inlined: with the loop's throwing calls inside of the coroutine, Swift 6.3's optimizer crashes.
    @inline(never)
    private static func sum(of counters: [AttributeMap]) throws -> Int {
        var total: Int64 = 0
        for item in counters { total += try ItemReader(item, entity: "counter").integer("value") }
        return Int(total)
    }
}
