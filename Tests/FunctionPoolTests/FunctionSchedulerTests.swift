import Foundation
import Testing

@testable import FunctionPool

@Suite struct FunctionSchedulerTests {
    @Test("the first invocation launches an environment and gets to it when its runtime asks")
    func coldStart() {
        var scenario = Scenario()
        #expect(scenario.invoke("a") == ["launch 1"])
        #expect(scenario.next(1) == ["deliver a to 1"])
        let (answer, actions) = scenario.respond(1, "a")
        #expect(answer == .accepted)
        #expect(actions == ["complete a of 1: success"])
    }

    @Test("an idle environment is used again, the one used last before the others")
    func warmStart() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.invoke("b"), scenario.next(1), scenario.next(2))
        _ = (scenario.respond(1, "a"), scenario.respond(2, "b"))
        _ = (scenario.next(2), scenario.next(1))
        #expect(scenario.invoke("c") == ["deliver c to 1"])
        #expect(scenario.invoke("d") == ["deliver d to 2"])
    }

    @Test("an invocation right after an answer waits for the same environment")
    func returning() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1), scenario.respond(1, "a"))
        #expect(scenario.invoke("b") == [])
        #expect(scenario.next(1) == ["deliver b to 1"])
    }

    @Test("an environment that answered and does not come back soon is not waited for")
    func lateReturn() {
        var scenario = Scenario { $0.returnSeconds = 0.25 }
        _ = (scenario.invoke("a"), scenario.next(1), scenario.respond(1, "a", at: 1))
        #expect(scenario.nextDeadline == 3, "nobody waits, so there is nothing to look for")
        #expect(scenario.invoke("b", at: 1) == [])
        #expect(scenario.nextDeadline == 1.25)
        #expect(scenario.expire(at: 1.25) == ["launch 2"])
        #expect(scenario.nextDeadline == 3)
        #expect(scenario.next(1, at: 2) == ["deliver b to 1"])
    }

    @Test("at the limit invocations wait, and who waited longest goes first")
    func queue() {
        var scenario = Scenario()
        #expect(scenario.invoke("a") == ["launch 1"])
        #expect(scenario.invoke("b") == ["launch 2"])
        #expect(scenario.invoke("c") == [])
        #expect(scenario.next(2) == ["deliver a to 2"])
        #expect(scenario.next(1) == ["deliver b to 1"])
        #expect(scenario.invoke("d") == [])
        _ = scenario.respond(2, "a")
        #expect(scenario.next(2) == ["deliver c to 2"])
    }

    @Test("more waiting than allowed are throttled at once")
    func queueIsBoundedInCount() {
        var scenario = Scenario { $0.environments = 1 }
        _ = (scenario.invoke("a"), scenario.next(1))
        #expect(["b", "c", "d"].flatMap { scenario.invoke($0) } == [])
        #expect(scenario.invoke("e") == ["refuse e: throttled"])
    }

    @Test("who waits too long is throttled, but not while an environment starts for them")
    func queueIsBoundedInTime() {
        var scenario = Scenario {
            $0.environments = 1
            $0.timeoutSeconds = 60
        }
        _ = scenario.invoke("a")
        _ = scenario.invoke("b", at: 1)
        #expect(scenario.expire(at: 9.9) == [])
        #expect(scenario.next(1, at: 9.9) == ["deliver a to 1"])
        #expect(scenario.nextDeadline == 11)
        #expect(scenario.expire(at: 10.9) == [])
        #expect(scenario.expire(at: 11) == ["refuse b: throttled"])
    }

    @Test("a reserved concurrency of 0 throttles everything")
    func noConcurrency() {
        var scenario = Scenario { $0.environments = 0 }
        #expect(scenario.invoke("a") == ["refuse a: throttled"])
    }

    @Test("a time-out kills the environment, answers the caller and leaves room for another environment")
    func timeout() {
        var scenario = Scenario { $0.environments = 1 }
        _ = (scenario.invoke("a"), scenario.next(1, at: 1), scenario.invoke("b", at: 2))
        #expect(scenario.nextDeadline == 4)
        #expect(scenario.expire(at: 3.9) == [])
        #expect(scenario.expire(at: 4) == ["kill 1", "complete a of 1: timeout", "launch 2"])
        #expect(scenario.respond(1, "a").0 == .refused(RefusedTransition(from: "InitError", to: "InvocationResponse")))
        #expect(scenario.exit(1, at: 4) == [])
        #expect(scenario.next(2, at: 5) == ["deliver b to 2"])
    }

    @Test("an exit ends the invocation with an error, and the next one gets a new environment")
    func exit() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1))
        #expect(scenario.exit(1) == [#"complete a of 1: error(type: "Runtime.ExitError")"#])
        #expect(scenario.invoke("b") == ["launch 2"])
    }

    @Test("an idle environment that exits is not used again")
    func exitWhileIdle() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1), scenario.respond(1, "a"), scenario.next(1))
        #expect(scenario.exit(1) == [])
        #expect(scenario.invoke("b") == ["launch 2"])
    }

    @Test("a failed init is repeated once, inside of the invocation, which then gets its error")
    func initExit() {
        var scenario = Scenario()
        _ = scenario.invoke("a")
        let failure = #"error(type: "Runtime.ExitError")"#
        #expect(scenario.exit(1) == ["init of 1 failed: \(failure)", "launch 2 for a"])
        #expect(scenario.exit(2) == ["complete a of 2: \(failure)"])
    }

    @Test("an init that takes too long is killed and repeated within the function's own time-out")
    func initTimeout() {
        var scenario = Scenario()
        _ = scenario.invoke("a")
        #expect(scenario.nextDeadline == 10)
        #expect(scenario.expire(at: 10) == ["kill 1", "init of 1 failed: timeout", "launch 2 for a"])
        #expect(scenario.nextDeadline == 13)
        #expect(scenario.expire(at: 13) == ["kill 2", "complete a of 2: timeout"])
    }

    @Test("an invocation whose init worked the second time is delivered, its deadline counted from the second init")
    func repeatedInit() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.expire(at: 10))
        #expect(scenario.next(2, at: 12) == ["deliver a to 2"])
        #expect(scenario.nextDeadline == 13)
    }

    @Test("a program that cannot be started is not tried twice")
    func notStarted() {
        var scenario = Scenario()
        _ = scenario.invoke("a")
        let actions = scenario.scheduler.exited(1, .notStarted(errno: 2, path: "/gone"), now: scenario.moment(0))
        let failure = #"error(type: "Runtime.InvalidEntrypoint")"#
        #expect(scenario.texts(actions) == ["init of 1 failed: \(failure)", "complete a of 1: \(failure)"])
    }

    @Test("an init error is accepted once, repeated once, and its process killed unless it ends by itself")
    func initError() {
        var scenario = Scenario()
        _ = scenario.invoke("a")
        let failure = #"error(type: "Function.Broken")"#
        let (answer, actions) = scenario.initError(1)
        #expect(answer == .accepted)
        #expect(actions == ["init of 1 failed: \(failure)", "launch 2 for a"])
        #expect(scenario.initError(1).0 == .refused(RefusedTransition(from: "InitError", to: "InitError")))
        #expect(scenario.expire(at: 0.5) == ["kill 1"])
        #expect(scenario.initError(2).1 == ["complete a of 2: \(failure)"])
    }

    @Test("an idle environment is reclaimed after its time, and killed if it does not go")
    func reclaim() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1), scenario.respond(1, "a"), scenario.next(1, at: 1))
        #expect(scenario.nextDeadline == 301)
        #expect(scenario.expire(at: 301) == ["terminate 1"])
        #expect(scenario.invoke("b", at: 301) == ["launch 2"])
        #expect(scenario.expire(at: 301.6) == ["kill 1"])
        #expect(scenario.exit(1, at: 302) == [])
        #expect(scenario.scheduler.environmentCount == 1)
    }

    @Test("a program that changed on disk is what the next invocation runs")
    func hotReload() throws {
        var scenario = Scenario()
        let folder = try TemporaryFolder()
        let before = try folder.script("function", "exit 0")
        let old = try #require(ExecutableFingerprint(path: before.path))
        try Data("#!/bin/sh\nexit 1\n".utf8).write(to: before)
        let new = try #require(ExecutableFingerprint(path: before.path))

        func observe(_ fingerprint: ExecutableFingerprint?) -> [String] {
            scenario.texts(scenario.scheduler.observe(fingerprint, now: scenario.moment(0)))
        }
        #expect(observe(old) == [])
        _ = (scenario.invoke("a"), scenario.invoke("b"), scenario.next(1), scenario.next(2))
        _ = (scenario.respond(1, "a"), scenario.next(1))
        #expect(observe(nil) == [], "a file that is missing for a moment changes nothing")
        #expect(observe(new) == ["terminate 1"])
        #expect(scenario.invoke("c") == ["launch 3"])
        #expect(scenario.respond(2, "b").1 == ["complete b of 2: success"])
        #expect(scenario.next(2) == ["terminate 2"])
        #expect(scenario.next(3) == ["deliver c to 3"])
        #expect(observe(new) == [])
    }

    @Test("a stop refuses what waits and what runs, and terminates every environment")
    func stop() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1), scenario.invoke("b"), scenario.invoke("c"))
        let actions = scenario.texts(scenario.scheduler.stop())
        #expect(
            actions == [
                "refuse b: shuttingDown", "refuse c: shuttingDown", "refuse a: shuttingDown", "terminate 1", "terminate 2",
            ])
        #expect(scenario.invoke("d") == ["refuse d: shuttingDown"])
        #expect(scenario.exit(1) == [])
        #expect(scenario.exit(2) == [])
    }
}

@Suite struct EnvironmentStateTests {
    @Test("a second answer to one invocation is refused")
    func secondAnswer() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1), scenario.respond(1, "a"))
        let (answer, actions) = scenario.respond(1, "a")
        #expect(answer == .refused(RefusedTransition(from: "RuntimeResponseSentState", to: "InvocationResponse")))
        #expect(actions == [])
    }

    @Test("an answer to another invocation is an invalid request id and leaves the invocation as it is")
    func wrongID() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1))
        #expect(scenario.respond(1, "b").0 == .invalidRequestID)
        #expect(scenario.respond(1, "a").0 == .accepted)
    }

    @Test("an answer before any invocation is refused in the emulator's words")
    func answerBeforeNext() {
        var scenario = Scenario()
        _ = scenario.invoke("a")
        let refusal = RefusedTransition(from: "Started", to: "InvocationResponse")
        #expect(scenario.respond(1, "a").0 == .refused(refusal))
        #expect(
            refusal.message
                == "State transition from Started to InvocationResponse failed for runtime. Error: State transition is not allowed"
        )
    }

    @Test("a runtime that asks again without having answered gets the same invocation")
    func nextTwice() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1))
        #expect(scenario.next(1) == ["repeat a to 1"])
    }

    @Test("an idle runtime that asks on a new connection displaces its old one")
    func nextOnNewConnection() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1), scenario.respond(1, "a"), scenario.next(1))
        #expect(scenario.next(1) == ["refuse next"])
        #expect(scenario.refusedNext.count == 1)
        #expect(scenario.invoke("b") == ["deliver b to 1"])
    }

    @Test("an init error after the init is refused")
    func lateInitError() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1))
        #expect(scenario.initError(1).0 == .refused(RefusedTransition(from: "Running", to: "InitError")))
    }

    @Test("a runtime that answered and never asks again is killed at the deadline, its answer kept")
    func answeredButBusy() {
        var scenario = Scenario()
        _ = (scenario.invoke("a"), scenario.next(1), scenario.respond(1, "a"))
        #expect(scenario.expire(at: 3) == ["kill 1"])
    }
}
