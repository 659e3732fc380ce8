/// How long to wait before the next try: doubling from a second on, up to a limit.
struct Backoff: Sendable {
    var firstSeconds = 1.0
    var limitSeconds = 60.0

    /// - Parameter failures: how often it failed in a row, from 1.
    func seconds(after failures: Int) -> Double {
        var seconds = firstSeconds
        for _ in 1..<max(1, failures) where seconds < limitSeconds { seconds *= 2 }
        return min(seconds, limitSeconds)
    }
}
