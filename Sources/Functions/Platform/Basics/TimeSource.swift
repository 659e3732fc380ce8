#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Where a handler gets the time from; tests give one that they move.
package struct TimeSource: Sendable {
    private let read: @Sendable () -> Date

    package init(_ read: @escaping @Sendable () -> Date) {
        self.read = read
    }

    /// The machine's own time.
    package static let system = TimeSource { Date() }

    package var now: Date { read() }

    package var nowSeconds: Int64 { Int64(now.timeIntervalSince1970.rounded(.down)) }

    package var nowMilliseconds: Int64 { now.wholeMilliseconds }
}

extension Date {
    /// Milliseconds since 1970. Rounded, since a `Date` made from milliseconds may stand a hair below them.
    package var wholeMilliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    package init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}
