#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import Synchronization

/// Decides where nobody has: the first trace of each second, and 5 % of the others.
///
/// That is the rule which X-Ray's libraries have where they cannot ask the service for one. Source: AWS X-Ray Developer Guide,
/// "Configuring sampling rules", "Default rule".
final class LocalSampling: Sendable {
    private let share = 0.05
    private let random: @Sendable () -> Double
    /// The second in which a trace was last taken for being the first.
    private let lastSecond = Mutex<Int?>(nil)

    /// - Parameter random: from 0 up to 1.
    init(random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }) {
        self.random = random
    }

    func decide(at date: Date) -> Bool {
        let isFirst = lastSecond.withLock { last in
            defer { last = date.wholeSeconds }
            return last != date.wholeSeconds
        }
        return isFirst || random() < share
    }
}
