#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Source: AWS X-Ray Developer Guide, "AWS X-Ray segment documents", "Required segment fields".
enum TraceIdentifiers {
    /// A new trace's.
    static func trace(at date: Date) -> String {
        "1-\(hex(UInt64(max(0, date.wholeSeconds)), digits: 8))-\(hex(.random(in: 0...UInt64.max), digits: 8))"
            + hex(.random(in: 0...UInt64.max), digits: 16)
    }

    /// A segment's or subsegment's.
    static func segment() -> String { hex(.random(in: 0...UInt64.max), digits: 16) }

    private static func hex(_ number: UInt64, digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text.suffix(digits)
    }
}
