#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The zones of the IANA database, by name, from the first folder that has them.
public struct TimeZoneDatabase: Sendable {
    private let folders: [String]

    /// - Parameter environment: `TZDIR`, as other programs read it, and `LAMBDA_TASK_ROOT`, whose `zoneinfo` travels with
    ///   a deployed function; after them the system's own folder.
    public init(environment: [String: String]) {
        folders = [environment["TZDIR"], environment["LAMBDA_TASK_ROOT"].map { $0 + "/zoneinfo" }, "/usr/share/zoneinfo"]
            .compactMap { $0 }
    }

    /// Nil if there is no such zone, or the name could lead out of the folder.
    public func rules(named name: String) -> TimeZoneRules? {
        guard Self.isName(name) else { return nil }
        if name == "UTC" { return .utc }
        for folder in folders {
            // A zone that is missing here may be in the next folder; the last one decides.
            if let data = try? Data(contentsOf: URL(filePath: folder + "/" + name)), let rules = TimeZoneRules(tzif: data) {
                return rules
            }
        }
        return nil
    }

    /// `Area/Place` with letters, digits, `_`, `-` and `+`; at most 50 characters, as `user_preferences.timezone` holds.
    private static func isName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard (1...50).contains(bytes.count) else { return false }
        return bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.allSatisfy { byte in
                    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xdf)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_-+".utf8.contains(byte)
                }
        }
    }
}
