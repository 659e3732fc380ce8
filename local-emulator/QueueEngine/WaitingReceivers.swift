internal import EmulatorClock
internal import Foundation

/// Those who wait for a message, by queue, in the order in which they came.
struct WaitingReceivers {
    struct Receiver: Sendable {
        var id: Int
        var request: ReceiveRequest
        var deadline: Date
        var timer: ClockTimer
        var completion: @Sendable (Result<[ReceivedMessage], QueueError>) -> Void

        /// Answers with nothing.
        func end() {
            timer.cancel()
            completion(.success([]))
        }
    }

    private var receivers: [String: [Receiver]] = [:]
    private var nextID = 0

    mutating func makeID() -> Int {
        nextID += 1
        return nextID
    }

    mutating func add(_ receiver: Receiver) {
        receivers[receiver.request.queue, default: []].append(receiver)
    }

    mutating func remove(id: Int, queue: String) -> Receiver? {
        guard let index = receivers[queue]?.firstIndex(where: { $0.id == id }) else { return nil }
        return receivers[queue]?.remove(at: index)
    }

    mutating func removeAll(of queue: String) -> [Receiver] {
        receivers.removeValue(forKey: queue) ?? []
    }

    mutating func removeAll() -> [Receiver] {
        defer { receivers = [:] }
        return receivers.values.flatMap { $0 }
    }
}

/// The next time to look at a queue again.
struct WakeUp: Sendable {
    var milliseconds: Int64
    /// Set as soon as the clock has given it.
    var timer: ClockTimer?
}
