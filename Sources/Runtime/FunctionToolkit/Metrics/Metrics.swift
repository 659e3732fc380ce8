#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

public import LambdaRuntime

/// A function's CloudWatch metrics, written to its log in the embedded metric format: CloudWatch reads them out of the lines,
/// so that a metric costs no call.
///
/// ```swift
/// try await metrics.record(context) { metrics in
///     metrics.add("OrdersPlaced", 1)
/// }
/// ```
///
/// Each invocation has its own ``InvocationMetrics``, also where several run in one process at a time.
///
/// Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format".
public struct Metrics: Sendable {
    let namespace: String
    /// The first dimension set of every document.
    let dimensions: [String: String]
    private let service: String?
    private let functionName: String?
    private let capturesColdStart: Bool
    private let isOff: Bool
    private let now: @Sendable () -> Date
    private let sink: (@Sendable (String) -> Void)?

    /// - Parameters:
    ///   - namespace: 1 to 255 characters; `POWERTOOLS_METRICS_NAMESPACE` of the environment where it is nil.
    ///   - service: the dimension `service`; `POWERTOOLS_SERVICE_NAME` where it is nil, and no such dimension where that is
    ///     missing too.
    ///   - environment: with `POWERTOOLS_METRICS_DISABLED` nothing is written.
    ///   - defaultDimensions: stand in every dimension set.
    ///   - capturesColdStart: the first invocation of an execution environment is counted as `ColdStart`, with the
    ///     dimensions `function_name` and `service`, in a document of its own.
    ///   - sink: takes each line; standard output, which is the function's log, where it is nil.
    /// - Throws: ``MetricsError``.
    public init(
        namespace: String? = nil, service: String? = nil, environment: LambdaEnvironment = .current,
        defaultDimensions: [String: String] = [:], capturesColdStart: Bool = true,
        now: @escaping @Sendable () -> Date = { Date() }, sink: (@Sendable (String) -> Void)? = nil
    ) throws(MetricsError) {
        guard let namespace = namespace ?? environment["POWERTOOLS_METRICS_NAMESPACE"],
            (1...255).contains(namespace.unicodeScalars.count)
        else { throw .noNamespace }
        self.namespace = namespace
        self.service = service ?? environment["POWERTOOLS_SERVICE_NAME"]
        dimensions = (self.service.map { ["service": $0] } ?? [:]).merging(defaultDimensions) { $1 }
        guard dimensions.count <= MetricLimits.dimensions else { throw .tooManyDimensions(dimensions.count) }
        functionName = environment.functionName
        isOff = ["true", "1"].contains(environment["POWERTOOLS_METRICS_DISABLED"]?.lowercased())
        self.capturesColdStart = capturesColdStart
        self.now = now
        self.sink = sink
    }

    /// Runs `body` and then writes what it added, also when it throws.
    ///
    /// What cannot be a metric (a name of 256 characters, an endless value, more than 30 dimensions) is left out and named in
    /// a warning of the context's log: it never fails the invocation.
    public func record<Result>(
        _ context: LambdaContext, isolation: isolated (any Actor)? = #isolation,
        _ body: (InvocationMetrics) async throws -> Result
    ) async rethrows -> Result {
        let metrics = InvocationMetrics(dimensions: dimensions)
        defer { write(metrics, context) }
        return try await body(metrics)
    }

    private func write(_ metrics: InvocationMetrics, _ context: LambdaContext) {
        let contents = metrics.take()
        if isOff { return }
        let timestamp = now()
        var documents = contents.documents(namespace: namespace, timestamp: timestamp)
        if capturesColdStart, context.isColdStart {
            var coldStart = MetricSet(dimensions: service.map { ["service": $0] } ?? [:])
            coldStart.addDimension("function_name", functionName ?? context.functionName)
            coldStart.add("ColdStart", 1, .count, .standard)
            documents += coldStart.documents(namespace: namespace, timestamp: timestamp)
        }
        for document in documents {
            if let sink { sink(document) } else { context.log.writeLine(document) }
        }
        if !contents.refused.isEmpty {
            context.log.warn("metrics were left out", ["reasons": contents.refused.joined(separator: "; ")])
        }
    }
}

public enum MetricsError: Error, Sendable, Equatable, CustomStringConvertible {
    case noNamespace
    case tooManyDimensions(Int)

    public var description: String {
        switch self {
        case .noNamespace: "metrics need a namespace of 1 to 255 characters (or POWERTOOLS_METRICS_NAMESPACE)"
        case .tooManyDimensions(let count): "\(count) default dimensions are more than the \(MetricLimits.dimensions) of a set"
        }
    }
}

extension LambdaContext {
    /// The name in `arn:aws:lambda:region:account:function:name[:alias]`.
    fileprivate var functionName: String {
        let parts = invokedFunctionARN.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 6 ? String(parts[6]) : "unknown"
    }
}
