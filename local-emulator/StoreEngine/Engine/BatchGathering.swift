internal import Dispatch

/// How long the writer waits before it begins a batch.
///
/// Clients that got their answers mostly send their next request at once. A commit that begins with the first of them costs a
/// sync of the disk for one request, and lets all the others wait for it. So the writer waits until as many are there as were
/// answered or waiting before, for a part of what a commit takes. Where they do not come back, it waits for less and less.
struct BatchGathering {
    private var answered = 0
    private var waiting = 0
    private var commitNanoseconds = 0
    /// The part of a commit's time.
    private var share = Self.largestShare

    private static let largestShare = 0.5
    private static let smallestShare = 0.02
    /// A slow disk is no reason to let a client wait for longer than it takes to come back.
    private static let longestNanoseconds = 1_000_000
    /// Below this a wait costs more than it brings: the commit is in memory, or not synced.
    private static let shortestNanoseconds = 20_000

    /// A batch was committed.
    ///
    /// - Parameters:
    ///   - requests: how many were in it, all of which are answered now.
    ///   - waiting: how many came meanwhile.
    ///   - nanoseconds: how long it took.
    mutating func committed(_ requests: Int, waiting: Int, nanoseconds: Int) {
        answered = requests
        self.waiting = waiting
        commitNanoseconds = nanoseconds
    }

    /// What to wait for before the next batch: so many requests, for so long; nil to begin at once.
    mutating func next() -> (requests: Int, patience: DispatchTimeInterval)? {
        defer { answered = 0 }
        // After a lone client's request there is nobody else to wait for.
        guard answered > 0, answered + waiting > 1 else { return nil }
        let nanoseconds = min(Int(Double(commitNanoseconds) * share), Self.longestNanoseconds)
        guard nanoseconds >= Self.shortestNanoseconds else { return nil }
        return (answered + waiting, .nanoseconds(nanoseconds))
    }

    mutating func ended(complete: Bool) {
        share = complete ? min(share * 2, Self.largestShare) : max(share / 2, Self.smallestShare)
    }
}
