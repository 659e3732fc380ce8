import Foundation
import FunctionPool
import Testing

@Suite(.timeLimit(.minutes(1))) struct InvocationTests {
    @Test("one process answers one invocation after another, and each has its own log")
    func warm() async throws {
        let test = try PoolUnderTest(script: PoolUnderTest.loop(#"echo "got $body in $$"; respond -d "[$body]" > /dev/null"#))
        let first = await test.invoke("1")
        let second = await test.invoke("2")
        #expect(first.text == "ok [1]")
        #expect(second.text == "ok [2]")

        let lines = first.logText.split(separator: "\n").map(String.init)
        try #require(lines.count == 4)
        #expect(lines[0] == "START RequestId: \(first.requestID) Version: $LATEST")
        #expect(lines[1].hasPrefix("got 1 in "))
        #expect(lines[2] == "END RequestId: \(first.requestID)")
        let report =
            #/REPORT RequestId: [0-9a-f-]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: [1-9]\d* MB\tInit Duration: \d+\.\d\d ms\t/#
        #expect(lines[3].wholeMatch(of: report) != nil, "\(lines[3])")

        let process = lines[1].split(separator: " ").last
        #expect(second.logText.contains("got 2 in \(process ?? "?")"))
        #expect(!second.logText.contains("Init Duration"))
        #expect(!second.logText.contains("got 1"))
        #expect(test.log.first { $0.text.hasPrefix("got 2") }?.requestID == second.requestID)
    }

    @Test("a function finds Lambda's variables and its own, and cannot be given a reserved one")
    func variables() async throws {
        let test = try PoolUnderTest(
            script: PoolUnderTest.loop(#"respond -d "$(env)" > /dev/null"#),
            environment: [
                "TABLE": "t", "AWS_REGION": "mars", "TZ": ":Europe/Berlin", "AWS_ENDPOINT_URL": "http://127.0.0.1:4566",
            ])
        let lines = Set(await test.invoke().text.dropFirst(3).split(separator: "\n").map(String.init))
        for expected in [
            "TABLE=t", "AWS_REGION=eu-west-1", "AWS_DEFAULT_REGION=eu-west-1", "TZ=:Europe/Berlin", "LANG=en_US.UTF-8",
            "AWS_LAMBDA_FUNCTION_NAME=hello", "AWS_LAMBDA_FUNCTION_VERSION=$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128",
            "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand", "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/hello", "_HANDLER=hello",
            "LAMBDA_TASK_ROOT=\(test.folder.path)", "AWS_ENDPOINT_URL=http://127.0.0.1:4566",
        ] {
            #expect(lines.contains(expected), "\(expected)")
        }
        // The manual clock's first day.
        let stream = try #require(lines.first { $0.hasPrefix("AWS_LAMBDA_LOG_STREAM_NAME=") })
        #expect(stream.wholeMatch(of: #/[A-Z_]+=2023/11/14/\[\$LATEST\][0-9a-f]{32}/#) != nil, "\(stream)")
    }

    @Test("an invocation's fields reach the runtime, the deadline by the emulator's clock")
    func fields() async throws {
        let test = try PoolUnderTest(
            script: PoolUnderTest.loop(#"respond --data-binary @"$fields" > /dev/null"#), timeoutSeconds: 5)
        let result = await test.pool.invoke(
            InvocationRequest(
                functionName: "hello", payload: Data("{}".utf8), clientContext: #"{"client":{}}"#, traceID: "Root=1-a-b",
                tenantID: "tenant-1"))
        let fields = Set(result.text.dropFirst(3).split(whereSeparator: \.isNewline).map(String.init))
        for expected in [
            "Lambda-Runtime-Aws-Request-Id: \(result.requestID)", "Lambda-Runtime-Deadline-Ms: 1700000005000",
            "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:000000000000:function:hello",
            "Lambda-Runtime-Trace-Id: Root=1-a-b", #"Lambda-Runtime-Client-Context: {"client":{}}"#,
            "Lambda-Runtime-Aws-Tenant-Id: tenant-1", "Content-Type: application/json",
        ] {
            #expect(fields.contains(expected), "\(expected)")
        }
    }

    @Test("all busy at the limit, invocations wait their turn")
    func queue() async throws {
        let test = try PoolUnderTest(script: PoolUnderTest.loop(#"respond -d "$body $$" > /dev/null"#), environments: 2)
        let answers = await withTaskGroup(of: String.self) { group in
            for number in 0..<6 { group.addTask { await test.invoke("\(number)").text } }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        let words = answers.map { $0.split(separator: " ") }
        #expect(Set(words.map { $0[1] }) == ["0", "1", "2", "3", "4", "5"])
        #expect(Set(words.compactMap(\.last)).count <= 2)
    }

    @Test("a call is known by its environment's access key, and the journal says what caused what")
    func cause() async throws {
        let test = try PoolUnderTest(script: PoolUnderTest.loop(#"respond -d "$AWS_ACCESS_KEY_ID" > /dev/null"#))
        let outside = test.journal.record("http", "GET /")
        let result = await test.invoke(cause: outside)
        let key = String(result.text.dropFirst(3))
        #expect(key.wholeMatch(of: #/ASIA[A-Z2-7]{16}/#) != nil)
        let entry = try #require(result.entry)
        #expect(test.pool.cause(forAccessKey: key) == entry)
        #expect(test.pool.cause(forAccessKey: "ASIAUNKNOWN") == nil)
        let entries = test.journal.entries()
        #expect(entries.first { $0.id == entry }?.cause == outside)
        #expect(entries.contains { $0.cause == entry && $0.message.hasPrefix("hello answered after ") })
    }

    @Test("a new build of the program answers the next invocation")
    func hotReload() async throws {
        let test = try PoolUnderTest(script: PoolUnderTest.loop("respond -d old > /dev/null"))
        #expect(await test.invoke().text == "ok old")
        try test.write(PoolUnderTest.loop("respond -d new > /dev/null"))
        #expect(await test.invoke().text == "ok new")
    }

    @Test("what is not there or too large is refused")
    func refusals() async throws {
        let test = try PoolUnderTest(script: PoolUnderTest.echo)
        #expect(await test.invoke(function: "nobody").text == #"refused unknownFunction("nobody")"#)
        let large = String(repeating: "x", count: 6 * 1024 * 1024 + 1)
        #expect(await test.invoke(large).text == "refused payloadTooLarge(bytes: 6291457)")
    }
}
