import Foundation
import LambdaEvents
import LambdaLogEvents
import Testing

struct CompressedLogTests {
    /// Packed by Python's gzip: two lines of one stream.
    private static let packed = """
        H4sIAAAAAAACA32PTQrCQAxGrzLMWuifinZXsLpy1a4UkdGmZWDaKZmpRaVn8RZewIs5URHc+K1CXh5JrrwGY0QF+bkFHjO+SPJkv06zLFmlfM\
        S47htAAoFL6BK5EFC6WqHuWmKe6I2nRH0ohFd+YGYRRE3UUMd0B3NE2Vqpm6VUFtA4tuWAqF25e0vpCRr7AlcuC5KjYE66le5OK2paF4yjcBZO\
        Z5OJ7/uOfT6g6VKisXwYsa8e+v/04Fe/9CAtsA1IBTGr8HF/3Nz3w254AoWfTXAoAQAA
        """

    private func event(_ data: Data) throws -> CloudWatchLogsEvent {
        try JSONDecoder().decode(
            CloudWatchLogsEvent.self, from: Data(#"{"awslogs":{"data":"\#(data.base64EncodedString())"}}"#.utf8))
    }

    @Test("a subscription's lines come out of the gzip that CloudWatch Logs packs")
    func lines() throws {
        let packed = try #require(Data(base64Encoded: Self.packed))
        let message = try event(packed).message()
        #expect(message.messageType == .data)
        #expect(message.owner == "111122223333")
        #expect(message.logGroup == "/aws/lambda/f")
        #expect(message.subscriptionFilters == ["errors"])
        #expect(message.logEvents.map(\.message) == ["first", "zweite Zeile: größer"])
        #expect(message.logEvents[1].date == Date(timeIntervalSince1970: 1_432_826_855.001))
        #expect(try CloudWatchLogsMessage(compressed: packed) == message)
    }

    @Test("the sample's lines", .enabled(if: SampleEvents.arePresent))
    func sample() throws {
        let event = try JSONDecoder().decode(CloudWatchLogsEvent.self, from: SampleEvents.data("go--cloudwatch-logs-event"))
        let message = try event.message()
        #expect(message.logGroup == "testLogGroup")
        #expect(message.logStream == "testLogStream")
        #expect(message.logEvents.map(\.id) == ["eventId1", "eventId2"])
        #expect(message.logEvents[0].timestamp == 1_440_442_987_000)
        #expect(message.logEvents[0].message == "[ERROR] First test message")
    }

    @Test("what is no gzip, what is cut off, and what grows without end is refused")
    func refused() throws {
        let packed = try #require(Data(base64Encoded: Self.packed))
        #expect(throws: InflateError.self) { try event(Data("no gzip at all".utf8)).message() }
        #expect(throws: InflateError.incomplete) { try Inflate.bytes(of: packed.prefix(40)) }
        #expect(throws: InflateError.incomplete) { try Inflate.bytes(of: Data()) }
        #expect(throws: InflateError.tooLarge(limit: 100)) { try Inflate.bytes(of: packed, limit: 100) }
        var damaged = packed
        damaged[damaged.count - 6] ^= 0xFF  // In the checksum.
        #expect(throws: InflateError.damaged("incorrect data check")) { try Inflate.bytes(of: damaged) }
        #expect(throws: DecodingError.self) {
            // The two bytes {} packed by Python's zlib.
            _ = try CloudWatchLogsMessage(compressed: Data([0x78, 0x9C, 0xAB, 0xAE, 0x05, 0x00, 0x01, 0x75, 0x00, 0xF9]))
        }
    }
}
