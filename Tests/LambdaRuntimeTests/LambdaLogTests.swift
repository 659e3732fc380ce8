import Foundation
import Testing

@testable import LambdaRuntime

@Suite("The log")
struct LambdaLogTests {
    @Test("a line is one JSON object with Lambda's names first")
    func line() throws {
        let lines = LogLines()
        LambdaLog(requestID: "r1") { lines.add($0) }.info("hello\n\"you\"", ["b": "2", "a": "1"])
        let line = try #require(lines.all.first)
        let expected =
            /\{"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","level":"INFO","requestId":"r1","message":"hello\\n\\"you\\"","a":"1","b":"2"\}/
        #expect(line.wholeMatch(of: expected) != nil, "\(line)")
    }

    @Test("fields cannot take the place of the line's own")
    func reservedNames() {
        let lines = LogLines()
        LambdaLog { lines.add($0) }.warn("mine", ["message": "theirs", "level": "low"])
        #expect(lines.objects.first?["message"] == "mine")
        #expect(lines.objects.first?["_message"] == "theirs")
        #expect(lines.objects.first?["level"] == "WARN")
        #expect(lines.objects.first?["requestId"] == nil)
    }

    @Test(
        "only what is at or above AWS_LAMBDA_LOG_LEVEL is written",
        arguments: [("WARN", 3), ("trace", 6), ("FATAL", 1), ("odd", 4), (nil, 4)])
    func levels(variable: String?, count: Int) {
        let lines = LogLines()
        let environment = LambdaEnvironment(variables: variable.map { ["AWS_LAMBDA_LOG_LEVEL": $0] } ?? [:])
        let log = LambdaLog(minimum: environment.logLevel) { lines.add($0) }
        for level in [LambdaLog.Level.trace, .debug, .info, .warn, .error, .fatal] { log.log(level, "x") }
        #expect(lines.all.count == count)
    }

    @Test("lines of many threads, longer than a pipe takes at once, stay whole")
    func wholeLines() async throws {
        let pipe = Pipe()
        let output = LogOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let reader = Task.detached { try pipe.fileHandleForReading.readToEnd() ?? Data() }
        await withTaskGroup(of: Void.self) { group in
            for letter in "abcdefgh" {
                group.addTask {
                    for _ in 0..<10 { output.write(line: String(repeating: letter, count: 100_000)) }
                }
            }
        }
        try pipe.fileHandleForWriting.close()
        let lines = try await reader.value.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 80)
        #expect(lines.allSatisfy { $0.count == 100_000 && Set($0).count == 1 })
    }
}
