import Foundation
import FunctionPool
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite(.timeLimit(.minutes(1))) struct FailureTests {
    @Test("an error that a function posts is the answer as it is")
    func functionError() async throws {
        let body = #"{"errorType":"UserNotFound","errorMessage":"nobody"}"#
        let test = try PoolUnderTest(
            script: PoolUnderTest.loop(
                "curl -sS -o /dev/null -H 'Lambda-Runtime-Function-Error-Type: Function.UserNotFound' -d '\(body)' $api/invocation/$id/error"
            ))
        let result = await test.invoke()
        #expect(result.text == "error \(body)")
        #expect(result.logText.contains("\tStatus: error\tError Type: Function.UserNotFound"))
    }

    @Test("an exit is answered as Lambda answers it, and the next invocation gets a new process")
    func exit() async throws {
        let test = try PoolUnderTest(
            script: PoolUnderTest.loop(#"[ "$body" = die ] && exit 3; respond -d "$body" > /dev/null"#))
        let result = await test.invoke("die")
        let message = "RequestId: \(result.requestID) Error: Runtime exited with error: exit status 3"
        #expect(result.text == #"error {"errorMessage":"\#(message)","errorType":"Runtime.ExitError"}"#)
        #expect(result.logText.contains("\(message)\nRuntime.ExitError\nEND RequestId: "))
        #expect(await test.invoke("live").text == "ok live")
    }

    @Test("at its time-out a function is killed and the caller told, by the emulator's clock")
    func timeout() async throws {
        let test = try PoolUnderTest(script: PoolUnderTest.loop("echo sleeping in $$; sleep 300"), timeoutSeconds: 3)
        async let pending = test.invoke()
        await test.waitForLine("sleeping in ")
        test.clock.advance(bySeconds: 3)
        let result = await pending
        #expect(
            result.text
                == #"error {"errorMessage":"RequestId: \#(result.requestID) Error: Task timed out after 3.00 seconds","errorType":"Sandbox.Timedout"}"#
        )
        #expect(result.logText.contains("2023-11-14T22:13:23.000Z \(result.requestID) Task timed out after 3.00 seconds\n"))
        #expect(result.logText.contains("\tDuration: 3000.00 ms\tBilled Duration: "))
        #expect(result.logText.contains("\tStatus: timeout\n"))
        #expect(result.durationMilliseconds == 3000)
    }

    @Test("an init error is answered after the init was tried twice, as on Lambda")
    func initError() async throws {
        let body = #"{"errorType":"Config","errorMessage":"no table"}"#
        let test = try PoolUnderTest(
            script: PoolUnderTest.loop(
                "respond",
                setUp: """
                    echo trying
                    curl -sS -o /dev/null -H 'Lambda-Runtime-Function-Error-Type: Function.Config' -d '\(body)' $api/init/error
                    exit 1
                    """))
        let result = await test.invoke()
        #expect(result.text == "error \(body)")
        #expect(test.log.count { $0.text == "trying" } == 2)
        let report = try #require(test.log.first { $0.text.hasPrefix("INIT_REPORT") })
        #expect(report.text.hasSuffix("\tPhase: init\tStatus: error\tError Type: Function.Config"))
        #expect(!result.logText.contains("Init Duration"))
    }

    @Test("an exit before the first next is answered as an exit")
    func initExit() async throws {
        let test = try PoolUnderTest(script: "echo broken; kill -SEGV $$")
        let result = await test.invoke()
        #expect(result.text.contains("Runtime exited with error: signal: segmentation fault"))
        #expect(result.logText.contains("broken\n"))
    }

    @Test("an init over ten seconds is cut off and repeated within the function's time-out")
    func initTimeout() async throws {
        let test = try PoolUnderTest(script: "echo starting $(ls attempt* 2>/dev/null | wc -l); touch attempt.$$; sleep 300")
        async let pending = test.invoke()
        await test.waitForLine("starting 0")
        test.clock.advance(bySeconds: 10)
        await test.waitForLine("starting 1")
        test.clock.advance(bySeconds: 3)
        let result = await pending
        #expect(result.text.contains("Task timed out after 3.00 seconds"))
        #expect(test.log.contains { $0.text == "INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout" })
    }

    @Test("a program that is missing is answered as Lambda answers a missing bootstrap")
    func missing() async throws {
        let test = try PoolUnderTest(script: nil)
        #expect(test.pool.functionsWithoutProgram.map(\.name) == ["hello"])
        let result = await test.invoke()
        let path = test.folder.appending(path: "function").path
        #expect(
            result.text
                == #"error {"errorMessage":"RequestId: \#(result.requestID) Error: Couldn't find valid bootstrap(s): [\#(path)]","errorType":"Runtime.InvalidEntrypoint"}"#
        )
    }

    @Test("a response over 6 MB is a 413 to the function and an error to the caller")
    func largeResponse() async throws {
        let test = try PoolUnderTest(
            script: PoolUnderTest.loop(
                """
                head -c 6291557 /dev/zero | tr '\\0' x > large
                echo "answered $(respond --data-binary @large) $(cat $LAMBDA_TASK_ROOT/answer.$$)"
                """))
        let result = await test.invoke()
        #expect(
            result.text
                == #"error {"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}"#
        )
        await test.waitForLine(
            #"answered 413 {"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}"#
        )
    }

    @Test("a response of exactly the limit passes")
    func largestResponse() async throws {
        let test = try PoolUnderTest(
            script: PoolUnderTest.loop(
                "head -c 6291556 /dev/zero | tr '\\0' x > large; respond --data-binary @large > /dev/null"))
        #expect(await test.invoke().text.utf8.count == 3 + 6_291_556)
    }

    @Test("a stop ends every process within two seconds, also one that ignores SIGTERM, and refuses what runs")
    func stop() async throws {
        let test = try PoolUnderTest(
            script: PoolUnderTest.loop("echo started $$; sleep 300 & wait", setUp: "trap '' TERM"), environments: 2)
        async let first = test.invoke("1")
        await test.waitForLine("started ")
        async let second = test.invoke("2")
        async let third = test.invoke("3")
        let start = ContinuousClock.now
        test.pool.stop()
        #expect(start.duration(to: .now) < .seconds(2))
        #expect(await [first.text, second.text, third.text] == Array(repeating: "refused shuttingDown", count: 3))
        let ids = test.log.compactMap { $0.text.split(separator: " ").last.flatMap { Int32($0) } }
        #expect(!ids.isEmpty)
        for id in ids { #expect(kill(id, 0) == -1, "process \(id) is still there") }
        #expect(await test.invoke().text == "refused shuttingDown")
    }
}
