import Foundation
import Testing

@testable import FunctionToolkit

/// Offsets by Python's `zoneinfo`, which reads the same files with other code.
private let moments: [Int64] = [
    -1_000_000_000, 0, 500_000_000, 1_700_000_000, 1_711_846_799, 1_711_846_800, 1_729_990_799, 1_729_990_800, 1_795_000_000,
    2_500_000_000, 4_000_000_000, 4_085_000_000,
]
private let offsets: [(zone: String, offsets: [Int])] = [
    ("Europe/Zurich", [3600, 3600, 3600, 3600, 3600, 7200, 7200, 3600, 3600, 3600, 7200, 7200]),
    ("America/New_York", [-14400, -18000, -18000, -18000, -14400, -14400, -14400, -14400, -18000, -14400, -14400, -14400]),
    ("Australia/Sydney", [36000, 36000, 39600, 39600, 39600, 39600, 39600, 39600, 39600, 39600, 36000, 36000]),
    ("Asia/Kolkata", [19800, 19800, 19800, 19800, 19800, 19800, 19800, 19800, 19800, 19800, 19800, 19800]),
    ("America/St_Johns", [-12600, -12600, -12600, -12600, -9000, -9000, -9000, -9000, -12600, -9000, -9000, -9000]),
    ("Europe/Dublin", [3600, 3600, 0, 0, 0, 3600, 3600, 0, 0, 0, 3600, 3600]),
    ("Pacific/Auckland", [41400, 43200, 46800, 46800, 46800, 46800, 46800, 46800, 46800, 46800, 46800, 43200]),
    ("Asia/Tokyo", [32400, 32400, 32400, 32400, 32400, 32400, 32400, 32400, 32400, 32400, 32400, 32400]),
    ("Atlantic/Azores", [-3600, -3600, -3600, -3600, -3600, 0, 0, -3600, -3600, -3600, 0, 0]),
]

@Suite struct TimeZoneTests {
    private let database = TimeZoneDatabase(environment: [:])

    @Test(
        "offsets are those that Python finds in the same files",
        .enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Zurich")), arguments: offsets)
    func zoneFiles(zone: String, expected: [Int]) throws {
        let rules = try #require(database.rules(named: zone))
        #expect(moments.map(rules.offsetSeconds) == expected)
    }

    @Test("a name cannot lead out of the folder, and an unknown zone is nil")
    func names() {
        for name in ["../../etc/passwd", "/etc/passwd", "Europe/Nowhere", "", "Europe//Zurich", "Europe/Zürich", "Europe"] {
            #expect(database.rules(named: name) == nil)
        }
        #expect(database.rules(named: "UTC") == .utc)
    }

    @Test("the rule for all later years, north and south of the equator, with every form of day")
    func posixRules() throws {
        let zurich = try #require(PosixTimeZone("CET-1CEST,M3.5.0,M10.5.0/3"))
        // 2024-03-31T01:00:00Z and 2024-10-27T01:00:00Z.
        #expect([1_711_846_799, 1_711_846_800, 1_729_990_799, 1_729_990_800].map(zurich.offset) == [3600, 7200, 7200, 3600])
        let sydney = try #require(PosixTimeZone("AEST-10AEDT,M10.1.0,M4.1.0/3"))
        // 2024-04-06T16:00:00Z and 2024-10-05T16:00:00Z.
        #expect([1_712_419_199, 1_712_419_200, 1_728_143_999, 1_728_144_000].map(sydney.offset) == [39600, 36000, 36000, 39600])
        // GNU libc's manual gives Israel's old rule with a named day count.
        let julian = try #require(PosixTimeZone("<+02>-2<+03>,J60/0,J300/0"))
        // 2024-03-01 is J60 although February has 29 days: 2024-02-29T22:00:00Z.
        #expect([1_709_243_999, 1_709_244_000].map(julian.offset) == [7200, 10800])
        #expect(PosixTimeZone("<-03>3")?.offset(at: 0) == -10800)
        #expect(PosixTimeZone("IST-5:30")?.offset(at: 0) == 19800)
        for text in ["", "CET", "CET-1CEST", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0"] {
            #expect(PosixTimeZone(text) == nil)
        }
    }

    @Test("what is no TZif file of version 2 is refused")
    func brokenFiles() {
        for data in [Data(), Data("TZif".utf8), Data("TZif2".utf8) + Data(count: 39), Data(count: 100)] {
            #expect(TimeZoneRules(tzif: data) == nil)
        }
    }
}
