internal import EmulatorClock
internal import Foundation
internal import Synchronization

/// Who is told that messages became visible, and when.
extension QueueEngine {
    /// The clock's time to the nearest millisecond: a timer that was set to a millisecond finds that millisecond here, which
    /// rounding down would not promise.
    var nowMilliseconds: Int64 { Int64((clock.now.timeIntervalSince1970 * 1000).rounded()) }

    func messagesChanged(in queue: String, earliestVisible: Int64) {
        if earliestVisible <= nowMilliseconds {
            messagesVisible(in: queue)
        } else {
            wakeUp(queue, at: earliestVisible)
        }
    }

    /// Tells the observers, and lets those who wait try again.
    private func messagesVisible(in queue: String) {
        let (receivers, handlers) = state.withLock { state in
            let handlers = state.observers.sorted { $0.key < $1.key }.map(\.value).filter { $0.queue == queue }.map(\.handler)
            return (state.waiting.removeAll(of: queue), handlers)
        }
        for receiver in receivers {
            receiver.timer.cancel()
            receive(receiver.request, until: receiver.deadline, completion: receiver.completion)
        }
        for handler in handlers { handler() }
    }

    private func wakeUp(_ queue: String, at milliseconds: Int64) {
        let isNews = state.withLock { state in
            guard !state.isClosed else { return false }
            if let pending = state.wakeUps[queue], pending.milliseconds <= milliseconds { return false }
            state.wakeUps.updateValue(WakeUp(milliseconds: milliseconds), forKey: queue)?.timer?.cancel()
            return true
        }
        guard isNews else { return }
        // Outside of the lock: the clock may run the action at once.
        let timer = clock.at(Date(timeIntervalSince1970: Double(milliseconds) / 1000)) { [weak self] in
            self?.wokeUp(queue, milliseconds)
        }
        let isPending = state.withLock { state in
            guard state.wakeUps[queue]?.milliseconds == milliseconds else { return false }
            state.wakeUps[queue]?.timer = timer
            return true
        }
        if !isPending { timer.cancel() }
    }

    private func wokeUp(_ queue: String, _ milliseconds: Int64) {
        state.withLock { state in
            if state.wakeUps[queue]?.milliseconds == milliseconds { state.wakeUps[queue] = nil }
        }
        messagesVisible(in: queue)
    }
}
