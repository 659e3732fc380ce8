import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Synchronization
import Testing

struct MetricsTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }

        /// The lines as documents, each checked against the format's rules.
        func documents() throws -> [JSONValue] {
            try all.map { line in
                let document = try JSONDecoder().decode(JSONValue.self, from: Data(line.utf8))
                #expect(EMFRules.violations(in: document) == [])
                #expect(!line.contains("\n"))
                return document
            }
        }
    }

    private struct Failed: Error {}

    private let lines = Lines()
    private let warnings = Lines()

    private func context(coldStart: Bool = false) -> LambdaContext {
        .test(isColdStart: coldStart, log: LambdaLog { [warnings] in warnings.add($0) })
    }

    private func metrics(
        service: String? = "payment", _ dimensions: [String: String] = [:], variables: [String: String] = [:]
    ) throws -> Metrics {
        try Metrics(
            namespace: "Shop", service: service, environment: LambdaEnvironment(variables: variables),
            defaultDimensions: dimensions, now: { Date(timeIntervalSince1970: 1_700_000_000.5) },
            sink: { [lines] in lines.add($0) })
    }

    private func directive(_ document: JSONValue?) -> JSONValue? { document?["_aws"]?["CloudWatchMetrics"]?[0] }

    @Test("an invocation's metrics are one line, written when it ends")
    func oneLine() async throws {
        let result = try await metrics().record(context()) { metrics in
            metrics.add("Orders", 1)
            metrics.add("Latency", 12.5, unit: .milliseconds, resolution: .high)
            metrics.add("Latency", 30, unit: .milliseconds, resolution: .high)
            metrics.addDimension("environment", "prod")
            metrics.addMetadata("orderID", ["ids": ["o-1", 2]])
            #expect(lines.all.isEmpty)
            return 7
        }
        #expect(result == 7 && lines.all.count == 1)
        let directive: JSONValue = [
            "Namespace": "Shop", "Dimensions": [["environment", "service"]],
            "Metrics": [
                ["Name": "Orders", "Unit": "Count"],
                ["Name": "Latency", "Unit": "Milliseconds", "StorageResolution": 1],
            ],
        ]
        let expected: JSONValue = [
            "_aws": ["Timestamp": 1_700_000_000_500, "CloudWatchMetrics": [directive]],
            "service": "payment", "environment": "prod", "Orders": 1, "Latency": [12.5, 30], "orderID": ["ids": ["o-1", 2]],
        ]
        #expect(try lines.documents() == [expected])
    }

    @Test("they are written when the work throws, and the error goes on")
    func failure() async throws {
        let metrics = try metrics()
        await #expect(throws: Failed.self) {
            try await metrics.record(context()) { metrics in
                metrics.add("Orders", 1)
                throw Failed()
            }
        }
        #expect(try lines.documents().count == 1)
    }

    @Test("without metrics nothing is written, and invocations at one time do not see each other's")
    func apart() async throws {
        let metrics = try metrics()
        await metrics.record(context()) { $0.addMetadata("a", 1) }
        #expect(lines.all.isEmpty)
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<8 {
                group.addTask {
                    await metrics.record(context()) { metrics in
                        metrics.addDimension("index", "\(index)")
                        metrics.add("Value", Double(index))
                    }
                }
            }
        }
        for document in try lines.documents() {
            #expect(document["index"]?.stringValue == document["Value"]?.intValue.map { "\($0)" })
        }
        #expect(lines.all.count == 8)
    }

    @Test("a cold start is counted once, in a document of its own, whatever else the invocation measured")
    func coldStart() async throws {
        let metrics = try metrics(["stage": "prod"], variables: ["AWS_LAMBDA_FUNCTION_NAME": "pay"])
        await metrics.record(context(coldStart: true)) { _ in }
        await metrics.record(context()) { _ in }
        let document = try #require(try lines.documents().first)
        #expect(lines.all.count == 1)
        #expect(directive(document)?["Dimensions"] == [["function_name", "service"]])
        #expect(directive(document)?["Metrics"] == [["Name": "ColdStart", "Unit": "Count"]])
        #expect(document["ColdStart"] == 1 && document["function_name"] == "pay" && document["service"] == "payment")
    }

    @Test("further dimension sets have the default dimensions in them")
    func dimensionSets() async throws {
        try await metrics(["stage": "prod"]).record(context()) { metrics in
            metrics.add("Orders", 1)
            metrics.addDimension("tenant", "a")
            metrics.addDimensionSet(["region": "eu"])
            metrics.addDimensionSet([:])
            metrics.addDimension("stage", "test")
        }
        #expect(try lines.documents().first?["stage"] == "test")
        let sets: JSONValue = [["service", "stage", "tenant"], ["region", "service", "stage"]]
        #expect(directive(try lines.documents().first)?["Dimensions"] == sets)
    }

    @Test("more than 100 metrics, 100 values of one, or two units of one go out in further documents")
    func limits() async throws {
        try await metrics().record(context()) { metrics in
            for index in 0..<150 { metrics.add("M\(index)", 1) }
            for value in 0..<250 { metrics.add("Many", Double(value)) }
            metrics.add("M0", 5, unit: .seconds)
        }
        let documents = try lines.documents()
        let counts = documents.map { directive($0)?["Metrics"]?.arrayValue?.count ?? 0 }
        #expect(counts == [100, 52, 1, 1])
        let many = documents.compactMap { $0["Many"]?.arrayValue }.flatMap { $0 }.compactMap(\.intValue)
        #expect(many == Array(0..<250))
        #expect(documents.compactMap { $0["M0"]?.intValue } == [1, 5])
    }

    @Test("what can be no metric is left out and told in a warning, and the rest goes out")
    func refusals() async throws {
        try await metrics().record(context()) { metrics in
            metrics.add("", 1)
            metrics.add(String(repeating: "n", count: 256), 1)
            metrics.add("_aws", 1)
            metrics.add("Endless", .infinity)
            metrics.add("NoNumber", .nan)
            metrics.add("service", 1)
            metrics.addDimension("empty", "  ")
            metrics.addDimensionSet(["service": "other"])
            for index in 0..<40 { metrics.addDimension("d\(index)", "x") }
            metrics.add("Good", 1)
            metrics.addDimension("Good", "x")
        }
        let document = try #require(try lines.documents().first)
        #expect(document["Good"] == 1 && lines.all.count == 1)
        #expect(directive(document)?["Dimensions"]?[0]?.arrayValue?.count == 30)
        let warning = try #require(warnings.all.first)
        #expect(warnings.all.count == 1)
        for name in ["_aws", "Endless", "NoNumber", "service", "empty", "d29", "d39", "Good"] {
            #expect(warning.contains("\(name): "))
        }
        #expect(!warning.contains("d28: "))
    }

    @Test("Powertools' variables name namespace and service; without a namespace there are no metrics")
    func environment() async throws {
        let environment = LambdaEnvironment(
            variables: ["POWERTOOLS_METRICS_NAMESPACE": "N", "POWERTOOLS_SERVICE_NAME": "s"])
        let metrics = try Metrics(environment: environment, sink: { [lines] in lines.add($0) })
        await metrics.record(context()) { $0.add("A", 1) }
        let document = try #require(try lines.documents().first)
        #expect(document["service"] == "s" && directive(document)?["Namespace"] == "N")
        try await self.metrics(variables: ["POWERTOOLS_METRICS_DISABLED": "true"]).record(context()) { $0.add("A", 1) }
        #expect(lines.all.count == 1)
        #expect(throws: MetricsError.noNamespace) { try Metrics(environment: LambdaEnvironment(variables: [:])) }
    }

    @Test("without a sink a line goes to the log as it is, whatever its level and format")
    func log() async throws {
        let log = LambdaLog(requestID: "r", minimum: .fatal) { [lines] in lines.add($0) }
        let metrics = try Metrics(namespace: "N", environment: LambdaEnvironment(variables: [:]))
        await metrics.record(.test(log: log)) { metrics in
            metrics.add("A", 1)
            metrics.addMetadata("phone", "+4917612345678")
        }
        #expect(try lines.documents().first?["phone"] == "+4917612345678")
    }
}
