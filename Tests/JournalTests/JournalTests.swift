import EmulatorClock
import Foundation
import Journal
import Synchronization
import Testing

@Suite struct JournalTests {
    private let clock = ManualClock(Date(timeIntervalSince1970: 1_000_000))

    @Test("an entry has its time, its cause and what it was told")
    func entry() throws {
        let journal = Journal(clock: clock)
        let request = journal.record("http", "GET /users/me")
        clock.advance(bySeconds: 2)
        let invocation = journal.record("invocation", "api is invoked", cause: request, details: ["function": "api"])
        let entries = journal.entries()
        try #require(entries.count == 2)
        #expect(entries.map(\.id) == [request, invocation])
        #expect(entries.map(\.cause) == [nil, request])
        #expect(entries.map(\.source) == ["http", "invocation"])
        #expect(entries.map(\.message) == ["GET /users/me", "api is invoked"])
        #expect(entries[1].details == ["function": "api"])
        #expect(entries.map(\.time.timeIntervalSince1970) == [1_000_000, 1_000_002])
    }

    @Test("at its limit the oldest entries go, and numbers are never used again")
    func bounded() {
        let journal = Journal(clock: clock, limit: 10)
        for number in 1...95 { journal.record("stream", "record \(number)") }
        #expect(journal.entries().map(\.message) == (86...95).map { "record \($0)" })
        #expect(journal.entries().map(\.id.number) == Array(86...95))
    }

    @Test("entries after a known one come oldest first, as many as wanted")
    func after() {
        let journal = Journal(clock: clock)
        let ids = (1...5).map { journal.record("queue", "message \($0)") }
        #expect(journal.entries(after: ids[1]).map(\.message) == ["message 3", "message 4", "message 5"])
        #expect(journal.entries(after: ids[1], limit: 2).map(\.message) == ["message 3", "message 4"])
        #expect(journal.entries(limit: 1).map(\.message) == ["message 1"])
        #expect(journal.entries(after: ids[4]).isEmpty)
    }

    @Test("a reader who was left behind by the limit goes on with the oldest there is")
    func leftBehind() {
        let journal = Journal(clock: clock, limit: 4)
        let first = journal.record("queue", "message 1")
        for number in 2...20 { journal.record("queue", "message \(number)") }
        #expect(journal.entries(after: first).map(\.message) == (17...20).map { "message \($0)" })
    }

    @Test("the observer is told of each entry, and may read the journal")
    func observer() {
        let seen = Mutex<[String]>([])
        let journal = Journal(clock: clock) { entry in seen.withLock { $0.append("\(entry.id) \(entry.message)") } }
        journal.record("schedule", "tick")
        journal.record("schedule", "tock")
        #expect(seen.withLock { $0 } == ["#1 tick", "#2 tock"])
    }

    @Test("entries recorded at the same time from many threads all have numbers of their own")
    func concurrent() async {
        let journal = Journal(clock: clock)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 { group.addTask { journal.record("http", "request \(number)") } }
        }
        let entries = journal.entries()
        #expect(entries.map(\.id.number) == Array(1...200))
        #expect(Set(entries.map(\.message)).count == 200)
    }

    @Test("in JSON an id is a plain number and no cause is left out")
    func json() throws {
        let journal = Journal(clock: clock)
        let first = journal.record("inbox", "an email", details: ["to": "1 person"])
        journal.record("inbox", "an SMS", cause: first)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.dateEncodingStrategy = .secondsSince1970
        let text = String(decoding: try encoder.encode(journal.entries()), as: UTF8.self)
        #expect(
            text
                == #"[{"details":{"to":"1 person"},"id":1,"message":"an email","source":"inbox","time":1000000},{"cause":1,"details":{},"id":2,"message":"an SMS","source":"inbox","time":1000000}]"#
        )
        #expect(try JSONDecoder().decode(Journal.EntryID.self, from: Data("7".utf8)) == Journal.EntryID(number: 7))
    }
}
