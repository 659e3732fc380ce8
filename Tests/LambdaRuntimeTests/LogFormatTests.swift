import Foundation
import Testing

@testable import LambdaRuntime

@Suite("The log's formats")
struct LogFormatTests {
    private struct Broken: Error, LambdaErrorRepresentable {
        var errorType: String { "OrderBroken" }
        var errorMessage: String { "order of jane@example.com" }
        var stackTrace: [String] { ["orders.take(token: String)", "main"] }
    }

    private func log(_ format: LambdaLogFormat, _ lines: LogLines, minimum: LambdaLog.Level = .info) -> LambdaLog {
        LambdaLog(minimum: minimum, format: format) { lines.add($0) }.forInvocation(requestID: "r1", tenantID: "blue")
    }

    @Test(
        "AWS_LAMBDA_LOG_FORMAT; text where it is not set, as Lambda's default is",
        arguments: [("JSON", "{"), ("Text", "2"), (nil, "2")])
    func format(variable: String?, first: Character) {
        let lines = LogLines()
        let environment = LambdaEnvironment(variables: variable.map { ["AWS_LAMBDA_LOG_FORMAT": $0] } ?? [:])
        LambdaLog(environment: environment) { lines.add($0) }.info("x")
        #expect(lines.all.first?.first == first)
    }

    @Test("JSON fields keep their kinds, and what is sensitive in them is replaced at every depth")
    func fields() throws {
        let lines = LogLines()
        let none: Int? = nil
        log(.json, lines).info(
            "done",
            [
                "count": 3, "late": true, "share": 0.5, "none": none, "names": ["a", "b"], "password": 1,
                "order": ["id": "o1", "lines": 3, "buyer": ["email": "jane@example.com", "note": "call +393331234567"]]
                    as LogValue,
                "infinite": Double.infinity, "large": UInt64.max,
            ])
        let line = try #require(lines.all.first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["tenantId"] as? String == "blue")
        #expect(object["count"] as? Int == 3)
        #expect(object["late"] as? Bool == true)
        #expect(object["share"] as? Double == 0.5)
        #expect(object["none"] is NSNull)
        #expect(object["names"] as? [String] == ["a", "b"])
        #expect(object["password"] as? String == "[redacted]")
        #expect(object["infinite"] as? String == "inf")
        #expect(object["large"] as? String == "18446744073709551615")
        let order = try #require(object["order"] as? [String: Any])
        #expect(order["buyer"] as? [String: String] == ["email": "[redacted]", "note": "call [phone]"])
    }

    @Test("a text line has time, request, level, tenant, message and fields")
    func textLine() throws {
        let lines = LogLines()
        log(.text, lines).warn(
            "sent\r\nto +393331234567\nnow", ["n": 3, "why": "a b", "token": "t", "empty": "", "nested": [1, 2]])
        let line = try #require(lines.all.first)
        let expected = "\tr1\tWARN\ttenantId=blue\tsent\rto [phone]\rnow empty=\"\" n=3 nested=[1,2] token=[redacted] why=\"a b\""
        #expect(line.hasSuffix(expected), "\(line)")
        #expect(line.dropLast(expected.count).wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }

    @Test("an error stands with its type, message and stack, in one record")
    func error() throws {
        let lines = LogLines()
        log(.json, lines).error("not taken", Broken(), ["errorType": "theirs"])
        log(.text, lines).error("not taken", Broken())
        let json = try #require(try JSONSerialization.jsonObject(with: Data(lines.all[0].utf8)) as? [String: Any])
        #expect(json["errorType"] as? String == "OrderBroken")
        #expect(json["_errorType"] as? String == "theirs")
        #expect(json["errorMessage"] as? String == "order of [email]")
        #expect(json["stackTrace"] as? [String] == ["orders.take(token: String)", "main"])
        #expect(
            lines.all[1].hasSuffix("\tnot taken\rOrderBroken: order of [email]\r    at orders.take(token: String)\r    at main"))
    }

    @Test("what is below the level is not even made")
    func lazy() {
        let lines = LogLines()
        var made = 0
        func text() -> String {
            made += 1
            return "x"
        }
        log(.json, lines).debug(text(), ["a": text()])
        #expect(made == 0 && lines.all.isEmpty)
    }

    @Test("added fields stand in each line")
    func added() {
        let lines = LogLines()
        let log = log(.json, lines).adding(["order": "o1", "step": "first"])
        log.info("x", ["step": "second"])
        #expect(lines.objects.first?["order"] == "o1")
        #expect(lines.objects.first?["step"] == "second")
        #expect(lines.objects.first?["requestId"] == "r1")
    }

    @Test("code deep down logs with the invocation's ids")
    func current() async throws {
        let served = try await serve([
            .init(requestID: "r1", body: "1", headers: [("Lambda-Runtime-Aws-Tenant-Id", "blue")])
        ]) { (number: Int, _) in
            LambdaLog.current.info("deep")
            return number
        }
        #expect(served.log.objects.first?["requestId"] == "r1")
        #expect(served.log.objects.first?["tenantId"] == "blue")

        let lines = LogLines()
        await log(.json, lines).asCurrent { LambdaLog.current.info("in a unit test") }
        #expect(lines.objects.first?["requestId"] == "r1")
    }

    @Test(
        "timestamps are those of Foundation", arguments: [0, 951_782_399_999_999, 1_772_366_400_123_456, 4_107_542_399_000_000])
    func timestamp(microseconds: Int64) {
        var bytes: [UInt8] = []
        LogTimestamp(microseconds: microseconds).append(to: &bytes)
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ss"
        let seconds = formatter.string(from: Date(timeIntervalSince1970: Double(microseconds / 1_000_000)))
        let milliseconds = String(1000 + microseconds / 1000 % 1000).dropFirst()
        #expect(String(decoding: bytes, as: UTF8.self) == "\(seconds).\(milliseconds)Z")
    }

    @Test("on the log descriptor of managed runtimes a record is a frame and keeps its line breaks")
    func frames() throws {
        let pipe = Pipe()
        let output = LogOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor, isFramed: true)
        output.write(Array("a\nb".utf8), .text, .error, LogTimestamp(microseconds: 0x0102_0304_0506_0708))
        output.write(Array("{}".utf8), .json, .info, LogTimestamp(microseconds: 1))
        try pipe.fileHandleForWriting.close()
        // awslambdaric's types: text and error 0xA55A0017, JSON and info 0xA55A000E.
        let expected: [UInt8] =
            [0xA5, 0x5A, 0x00, 0x17, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8] + Array("a\nb".utf8)
            + [0xA5, 0x5A, 0x00, 0x0E, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1] + Array("{}".utf8)
        #expect(try pipe.fileHandleForReading.readToEnd() == Data(expected))
    }

    @Test("a log descriptor that is not open is none: records go to the standard output", arguments: [nil, -1, Int32.max])
    func closedDescriptor(descriptor: Int32?) throws {
        let output = LogOutput(telemetryDescriptor: descriptor)
        #expect(output.descriptor == 1)
        #expect(!output.isFramed)
        let pipe = Pipe()
        let open = LogOutput(telemetryDescriptor: pipe.fileHandleForWriting.fileDescriptor)
        #expect(open.descriptor == pipe.fileHandleForWriting.fileDescriptor)
        #expect(open.isFramed)
    }
}
