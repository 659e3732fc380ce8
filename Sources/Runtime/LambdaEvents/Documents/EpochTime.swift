#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Date {
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// Milliseconds since 1970 that came as text, as in a queue's system attributes.
    init?(millisecondsText: String?) {
        guard let millisecondsText, let milliseconds = Int64(millisecondsText) else { return nil }
        self.init(milliseconds: milliseconds)
    }
}
