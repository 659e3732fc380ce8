public import AWSClients
internal import DynamoDBEndpoint
package import EmulatorClock
public import Foundation
internal import StoreEngine

/// The cloud that handlers talk to, in the test's own process: the emulator's real services over a store in memory, without
/// a socket, a file or a second of waiting.
///
/// One line makes a test's whole surroundings, and every client over ``transport`` has the real semantics behind it:
///
/// ```swift
/// let cloud = try InProcessCloud()
/// _ = try await cloud.dynamoDB.createTable(.init(…))
/// let handler = ApiHandler(dynamoDB: cloud.dynamoDB, …)
/// ```
///
/// Each cloud is its own: tests that run at one time do not see each other's data.
public final class InProcessCloud: Sendable {
    /// Carries any client's calls into this cloud.
    public let transport: any AWSTransport
    /// DynamoDB over ``transport``.
    public let dynamoDB: DynamoDBClient
    /// The only time there is; it stands still until it is moved.
    package let clock: ManualClock
    private let store: StoreEngine

    /// - Parameters:
    ///   - start: the time at which the cloud's clock stands.
    ///   - region: the region in the ARNs that it makes.
    ///   - accountID: the account in them.
    public init(
        start: Date = Date(timeIntervalSince1970: 1_700_000_000), region: String = "us-east-1", accountID: String = "000000000000"
    ) throws {
        clock = ManualClock(start)
        store = try StoreEngine(location: .inMemory, clock: clock, region: region, accountID: accountID)
        transport = InProcessTransport(dynamoDB: DynamoDBEndpoint(store: store))
        dynamoDB = DynamoDBClient(transport: transport, retry: RetryPolicy(maximumAttempts: 1))
    }

    deinit { store.close() }

    public var now: Date { clock.now }

    /// Moves time forward, and does what falls due on the way, such as the deletion of expired items.
    public func advanceTime(bySeconds seconds: Double) { clock.advance(bySeconds: seconds) }
}
