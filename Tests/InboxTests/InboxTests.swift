import EmulatorClock
import Foundation
import Inbox
import Synchronization
import Testing

@Suite("The inbox")
struct InboxTests {
    private let clock = ManualClock(Date(timeIntervalSince1970: 1_000))

    private func sms(_ id: String, to number: String = "+15550001") -> InboxMessage {
        InboxMessage(id: id, channel: .sms, to: [number], text: "code 123456")
    }

    @Test("messages are listed by channel, recipient and number, oldest first")
    func list() throws {
        let inbox = try Inbox(location: .inMemory, clock: clock)
        try inbox.add(sms("a"))
        try inbox.add(InboxMessage(id: "b", channel: .email, to: ["x@example.com"], subject: "Hi", html: "<p>Hi</p>"))
        try inbox.add(sms("c", to: "+15550002"))
        #expect(try inbox.list().map(\.message.id) == ["a", "b", "c"])
        #expect(try inbox.list(channel: .sms).map(\.message.id) == ["a", "c"])
        #expect(try inbox.list(to: "+15550002").map(\.number) == [3])
        #expect(try inbox.list(after: 1, limit: 1).map(\.message.id) == ["b"])
        #expect(try inbox.list(channel: .email).first?.message.html == "<p>Hi</p>")
        #expect(try inbox.list().first?.received == Date(timeIntervalSince1970: 1_000))
    }

    @Test("an observer is told of each message, until it stops")
    func observe() throws {
        let inbox = try Inbox(location: .inMemory, clock: clock)
        let seen = Mutex<[String]>([])
        let observation = inbox.observe { entry in seen.withLock { $0.append(entry.message.id) } }
        try inbox.add(sms("a"))
        observation.cancel()
        try inbox.add(sms("b"))
        #expect(seen.withLock { $0 } == ["a"])
    }

    @Test("what was added is there after the inbox is opened again; beyond the limit the oldest go")
    func durableAndBounded() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("roost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let first = try Inbox(location: .directory(directory), clock: clock, limit: 2)
        for id in ["a", "b", "c"] { try first.add(sms(id)) }
        let second = try Inbox(location: .directory(directory), clock: clock, limit: 2)
        #expect(try second.list().map(\.message.id) == ["b", "c"])
        #expect(try second.list().map(\.number) == [2, 3])
    }
}
