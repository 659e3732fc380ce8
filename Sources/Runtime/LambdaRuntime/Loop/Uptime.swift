#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A moment on the clock that nobody sets.
struct Uptime: Comparable, Sendable {
    var nanoseconds: Int64

    static let distantFuture = Uptime(nanoseconds: .max)

    static var now: Uptime {
        var time = timespec()
        // It cannot fail for a clock that every system has.
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Uptime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func < (left: Uptime, right: Uptime) -> Bool { left.nanoseconds < right.nanoseconds }

    static func + (moment: Uptime, duration: Duration) -> Uptime {
        let (seconds, attoseconds) = duration.components
        let (whole, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !tooLong else { return seconds > 0 ? .distantFuture : Uptime(nanoseconds: .min) }
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(whole + attoseconds / 1_000_000_000)
        return overflow ? .distantFuture : Uptime(nanoseconds: sum)
    }
}
