import Foundation
import Testing

@testable import FunctionToolkit
@testable import Platform

@Suite struct QuietHoursTests {
    private let zurich = TimeZoneRules(transitions: [], firstOffset: 0, tail: PosixTimeZone("CET-1CEST,M3.5.0,M10.5.0/3"))

    private func end(_ start: String, _ end: String, at text: String, in zone: TimeZoneRules) throws -> String? {
        let hours = try #require(QuietHours(start: start, end: end))
        return hours.end(after: try #require(Timestamp.date(text)), in: zone).map(Timestamp.text)
    }

    @Test("they run over midnight, begin with their start and are over at their end")
    func overMidnight() throws {
        #expect(try end("22:00", "07:00", at: "2026-01-10T20:59:59.999Z", in: zurich) == nil)
        #expect(try end("22:00", "07:00", at: "2026-01-10T21:00:00.000Z", in: zurich) == "2026-01-11T06:00:00.000Z")
        #expect(try end("22:00", "07:00", at: "2026-01-11T05:59:59.000Z", in: zurich) == "2026-01-11T06:00:00.000Z")
        #expect(try end("22:00", "07:00", at: "2026-01-11T06:00:00.000Z", in: zurich) == nil)
    }

    @Test("within one day")
    func withinADay() throws {
        #expect(try end("12:00", "13:30", at: "2026-07-01T10:15:00.000Z", in: zurich) == "2026-07-01T11:30:00.000Z")
        #expect(try end("12:00", "13:30", at: "2026-07-01T12:15:00.000Z", in: .utc) == "2026-07-01T13:30:00.000Z")
        #expect(try end("12:00", "13:30", at: "2026-07-01T13:30:00.000Z", in: .utc) == nil)
    }

    @Test("the night in which clocks change ends by the clock on the wall")
    func clockChange() throws {
        // 2026-03-29: 02:00 becomes 03:00, so 07:00 is 05:00 UTC.
        #expect(try end("22:00", "07:00", at: "2026-03-28T23:00:00.000Z", in: zurich) == "2026-03-29T05:00:00.000Z")
        // An end that clocks skip: 02:30 does not exist; an hour later it is 03:30, 01:30 UTC.
        #expect(try end("22:00", "02:30", at: "2026-03-28T23:00:00.000Z", in: zurich) == "2026-03-29T01:30:00.000Z")
        // 2026-10-25: 02:30 comes twice, at 00:30 and 01:30 UTC; at 02:10 the next one is meant.
        #expect(try end("22:00", "02:30", at: "2026-10-25T00:10:00.000Z", in: zurich) == "2026-10-25T00:30:00.000Z")
        #expect(try end("22:00", "02:30", at: "2026-10-25T01:10:00.000Z", in: zurich) == "2026-10-25T01:30:00.000Z")
        // 2026-10-25: 03:00 becomes 02:00, so 07:00 is 06:00 UTC.
        #expect(try end("22:00", "07:00", at: "2026-10-24T23:00:00.000Z", in: zurich) == "2026-10-25T06:00:00.000Z")
    }

    @Test(
        "what is no time of day, and hours without length, are refused",
        arguments: ["24:00", "7:00", "07:60", "0700", "aa:bb", ""])
    func invalid(text: String) {
        #expect(TimeOfDay(text) == nil)
        #expect(QuietHours(start: text, end: "07:00") == nil)
        #expect(QuietHours(start: "07:00", end: "07:00") == nil)
    }
}
