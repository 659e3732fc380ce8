import DeploymentTemplate
import EventSources
import Foundation
import Testing

@Suite("Schedules")
struct ScheduleRunnerTests {
    private func bench(_ expression: String, input: String? = nil) async throws -> SourceBench {
        var bench = try await SourceBench()
        bench.deployment.schedules = [
            Deployment.Schedule(
                id: "Handler.Tick", name: "HandlerTick", functionLogicalID: "Handler", expression: expression, input: input)
        ]
        return bench
    }

    @Test("a rate fires at whole periods from its first start, with EventBridge's event")
    func rate() async throws {
        let bench = try await bench("rate(1 minute)")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        bench.clock.advance(bySeconds: 59)
        sources.settle()
        #expect(bench.invoker.pending == 0)
        bench.clock.advance(bySeconds: 1)
        let call = await bench.invoker.next()
        var event = try #require(try JSONSerialization.jsonObject(with: call.request.payload) as? [String: Any])
        #expect((event.removeValue(forKey: "id") as? String)?.count == 36)
        let expected = """
            {"version":"0","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012",
            "time":"2023-11-14T22:14:20Z","region":"us-east-1",
            "resources":["arn:aws:events:us-east-1:123456789012:rule/HandlerTick"],"detail":{}}
            """
        #expect(event as NSDictionary == (try JSONSerialization.jsonObject(with: Data(expected.utf8)) as? NSDictionary))
        call.answer()
        bench.clock.advance(bySeconds: 60)
        #expect(await bench.invoker.next().event.contains("22:15:20Z"))
    }

    @Test("cron fires in UTC, and Input takes the event's place")
    func cron() async throws {
        let bench = try await bench("cron(30 22 * * ? *)", input: "{\"sweep\":true}")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        bench.clock.advance(bySeconds: 16 * 60 + 40)
        #expect(await bench.invoker.next().event == "{\"sweep\":true}")
    }

    @Test("a restart keeps a rate's phase, repeats no finished firing and repeats an interrupted one")
    func restart() async throws {
        let bench = try await bench("rate(10 minutes)")
        let first = try bench.sources()
        bench.clock.advance(bySeconds: 600)
        await bench.invoker.next().answer()
        first.settle()
        bench.clock.advance(bySeconds: 600)
        let interrupted = await bench.invoker.next()
        first.stop()
        bench.clock.advance(bySeconds: 130)
        let second = try bench.sources()
        defer { bench.close(first, second) }
        let again = await bench.invoker.next()
        #expect(again.event == interrupted.event)
        again.answer()
        second.settle()
        // The phase is that of the first start: 470 seconds are left.
        bench.clock.advance(bySeconds: 469)
        second.settle()
        #expect(bench.invoker.pending == 0)
        bench.clock.advance(bySeconds: 1)
        #expect(await bench.invoker.next().event != interrupted.event)
        second.stop()
        let third = try bench.sources()
        defer { third.stop() }
        // The last one was interrupted too; the two before are not repeated.
        _ = await bench.invoker.next()
        third.settle()
        #expect(bench.invoker.pending == 0)
    }

    @Test("a failed call is tried twice more, with the same event, and then given up")
    func retries() async throws {
        let bench = try await bench("rate(1 day)")
        let sources = try bench.sources()
        defer { bench.close(sources) }
        bench.clock.advance(bySeconds: 86_400)
        var events: Set<String> = []
        for seconds in [60.0, 120, 600] {
            let call = await bench.invoker.next()
            events.insert(call.event)
            call.fail()
            sources.settle()
            bench.clock.advance(bySeconds: seconds)
            sources.settle()
        }
        #expect(events.count == 1)
        #expect(bench.invoker.pending == 0)
        #expect(bench.journal.entries().last?.message.contains("given up") == true)
    }

    @Test("a disabled schedule does not fire")
    func disabled() async throws {
        var bench = try await bench("rate(1 minute)")
        bench.deployment.schedules[0].enabled = false
        let sources = try bench.sources()
        defer { bench.close(sources) }
        bench.clock.advance(bySeconds: 120)
        sources.settle()
        #expect(bench.invoker.pending == 0)
    }

    @Test("what the deployment names and has not is refused at the start")
    func refused() async throws {
        var bench = try await bench("every minute")
        defer { bench.close() }
        #expect(throws: EventSourceError.self) { try bench.sources() }
        bench.deployment.schedules = []
        bench.queue { $0.queueName = "none" }
        #expect(throws: EventSourceError.noQueue("none", source: "Handler.Work")) { try bench.sources() }
        bench.deployment.queueSources = []
        bench.stream { $0.functionLogicalID = "None" }
        #expect(throws: EventSourceError.noFunction("None", source: "Handler.Changes")) { try bench.sources() }
    }
}
