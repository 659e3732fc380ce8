import Foundation
import Testing

@testable import RoostHTTPClient

@Suite("A body that is written while it is sent")
struct HTTPBodyChannelTests {
    /// What a reader with a buffer of this size gets next.
    private func read(_ channel: HTTPBodyChannel, _ size: Int = 1024) -> String {
        var buffer = [UInt8](repeating: 0, count: size)
        return switch buffer.withUnsafeMutableBytes({ channel.read(into: $0) }) {
        case .bytes(let count): String(decoding: buffer[..<count], as: UTF8.self)
        case .later: "(later)"
        case .end: "(end)"
        }
    }

    /// Starts a write and returns once it waits for room.
    private func startWaiting(_ channel: HTTPBodyChannel, _ text: String) async -> Task<Void, any Error> {
        let count = channel.waitingWrites
        let task = Task { try await channel.write(Data(text.utf8)) }
        while channel.waitingWrites == count { await Task.yield() }
        return task
    }

    @Test("bytes come out in the order they were written, and then the end, again and again")
    func order() async throws {
        let channel = HTTPBodyChannel(capacity: 8)
        #expect(read(channel) == "(later)")
        try await channel.write(Data("abcde".utf8))
        #expect(read(channel, 3) == "abc")
        try await channel.write(Data("fghij".utf8))  // Around the ring's end.
        try channel.finish()
        #expect(read(channel) == "defghij")
        #expect(read(channel) == "(end)")
        #expect(read(channel) == "(end)")
    }

    @Test("a write waits for room, whoever comes later waits behind it, and the buffer never holds more than its capacity")
    func backPressure() async throws {
        let channel = HTTPBodyChannel(capacity: 4)
        try await channel.write(Data("ab".utf8))
        let first = await startWaiting(channel, "cdefghij")
        let second = await startWaiting(channel, "X")
        var (text, most) = ("", 0)
        while text.utf8.count < 11 {
            most = max(most, channel.bufferedBytes)
            text += read(channel, 3)
        }
        try await first.value
        try await second.value
        #expect(text == "abcdefghijX")
        #expect(most == 4)
    }

    @Test("a write that is larger than the whole buffer goes through it in pieces")
    func larger() async throws {
        let channel = HTTPBodyChannel(capacity: 3)
        let write = await startWaiting(channel, "0123456789")
        var text = ""
        while text.utf8.count < 10 { text += read(channel, 2) }
        try await write.value
        #expect(text == "0123456789")
    }

    @Test("a cancelled write that was not begun leaves nothing, one that was begun leaves no hole")
    func cancellation() async throws {
        let channel = HTTPBodyChannel(capacity: 4)
        let begun = await startWaiting(channel, "abcdef")
        let waiting = await startWaiting(channel, "never")
        begun.cancel()
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await begun.value }
        await #expect(throws: CancellationError.self) { try await waiting.value }
        // Full as it is, it takes nothing of a cancelled task, however often that tries.
        let late = Task { try await channel.write(Data("late".utf8)) }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(read(channel) == "abcd")
        #expect(read(channel) == "ef")
        #expect(read(channel) == "(later)")
    }

    @Test("after its end nothing can be written, and what waited before it still comes")
    func finished() async throws {
        let channel = HTTPBodyChannel(capacity: 2)
        let waiting = await startWaiting(channel, "abcd")
        try channel.finish(trailers: [("X-End", "1")])
        try channel.finish(trailers: [("X-End", "2")])
        await #expect(throws: HTTPBodyFinished()) { try await channel.write(Data("e".utf8)) }
        #expect(read(channel) == "ab")
        #expect(read(channel) == "cd")
        #expect(read(channel) == "(end)")
        #expect(channel.trailers.map(\.value) == ["1"])
        try await waiting.value
    }

    @Test("when nobody reads any more, who waits and who comes later learns why")
    func abandoned() async throws {
        let channel = HTTPBodyChannel(capacity: 2)
        let waiting = await startWaiting(channel, "abcd")
        channel.abandon(.init(status: 413))
        channel.abandon(.init(status: 500))
        await #expect(throws: HTTPBodyAbandoned(status: 413)) { try await waiting.value }
        await #expect(throws: HTTPBodyAbandoned(status: 413)) { try await channel.write(Data("e".utf8)) }
        #expect(read(channel) == "(end)")
        #expect(channel.bufferedBytes == 0)
    }

    @Test("trailers that would break the message, or that libcurl has no room for, are refused")
    func trailers() async throws {
        let channel = HTTPBodyChannel()
        for field in [("X Y", "1"), ("X", "1\r\nY: 2"), ("X", String(repeating: "1", count: 61_440))] {
            #expect(throws: HTTPClientError.self) { try channel.finish(trailers: [field]) }
        }
        try await channel.write(Data("still open".utf8))
    }
}
