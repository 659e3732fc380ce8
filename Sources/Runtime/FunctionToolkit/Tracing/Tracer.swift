#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

public import LambdaRuntime
internal import RoostHTTPClient

/// Records invocations and the calls that they make with AWS X-Ray, through its daemon.
///
/// ```swift
/// try await tracer.trace(context) {
///     let order = try await orders.load(event.id)      // a subsegment for each request of AWSClients and HTTPClient
///     return try await Tracer.capture("price") { subsegment in
///         subsegment.annotate("customer", .string(order.customer))
///         return try price(order)
///     }
/// }
/// ```
///
/// Each subsegment goes out when it ends, as a document of its own: nothing is gathered, nothing is waited for, and nothing of
/// it fails an invocation. Subsegments hang under Lambda's own segment of the invocation. Whether they are recorded is what
/// the invocation's trace header says:
///
/// | header | |
/// |---|---|
/// | `Sampled=1` | recorded |
/// | `Sampled=0` | not recorded; requests hand it on |
/// | `Sampled=?`, or no such part | decided here: the first of each second and 5 % of the others |
/// | no `Parent`, or no header, on Lambda | not recorded: Lambda has made no segment to hang under; handed on as it came |
/// | no header, outside of Lambda | a trace of its own, decided here; the work is a segment |
///
/// Source: AWS X-Ray Developer Guide, "AWS X-Ray segment documents", "Sending trace data to AWS X-Ray", "Tracing header".
public struct Tracer: Sendable {
    private let daemon: XRayDaemon?
    private let service: String
    private let handler: String
    private let isLambda: Bool
    private let sampling: LocalSampling
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - service: the annotation `Service`, and the segment's name outside of Lambda; `POWERTOOLS_SERVICE_NAME`, else the
    ///     function's name, where it is nil.
    ///   - environment: `AWS_XRAY_DAEMON_ADDRESS`, which Lambda sets; without it nothing is recorded, nor with
    ///     `POWERTOOLS_TRACE_DISABLED` or `AWS_XRAY_SDK_ENABLED=false`.
    public init(service: String? = nil, environment: LambdaEnvironment = .current) {
        self.init(service: service, environment: environment, now: { Date() }, random: { .random(in: 0..<1) })
    }

    init(
        service: String?, environment: LambdaEnvironment, now: @escaping @Sendable () -> Date,
        random: @escaping @Sendable () -> Double
    ) {
        let isOff =
            ["true", "1"].contains(environment["POWERTOOLS_TRACE_DISABLED"]?.lowercased())
            || environment["AWS_XRAY_SDK_ENABLED"]?.lowercased() == "false"
        daemon = isOff ? nil : environment["AWS_XRAY_DAEMON_ADDRESS"].flatMap { XRayDaemon(address: $0) }
        self.service = service ?? environment["POWERTOOLS_SERVICE_NAME"] ?? environment.functionName ?? "service_undefined"
        handler = environment.handlerName ?? "handler"
        isLambda = environment["LAMBDA_TASK_ROOT"] != nil
        sampling = LocalSampling(random: random)
        self.now = now
    }

    /// Documents that could not be sent since the start.
    public var lostDocuments: Int { daemon?.lostDocuments ?? 0 }

    /// Runs an invocation's work as the subsegment `## {handler}`, with the annotations `ColdStart` and `Service`.
    public func trace<Result>(
        _ context: LambdaContext, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async rethrows -> Result {
        guard let daemon else { return try await body() }
        let header = context.traceID.map { TraceHeader($0) } ?? TraceHeader()
        guard let scope = scope(for: header, daemon) else { return try await body() }
        let isSegment = header.root == nil
        return try await HTTPClientObservation.$observer.withValue(RequestTracing()) {
            try await TraceScope.record(isSegment ? .segment : .local, isSegment ? service : "## \(handler)", in: scope) {
                subsegment in
                subsegment.annotate("ColdStart", .bool(context.isColdStart))
                subsegment.annotate("Service", .string(service))
                return try await body()
            }
        }
    }

    /// Runs a piece of a traced invocation's work as a subsegment; without a trace, just runs it.
    public static func capture<Result>(
        _ name: String, isolation: isolated (any Actor)? = #isolation, _ body: (Subsegment) async throws -> Result
    ) async rethrows -> Result {
        guard let scope = TraceScope.current else { return try await body(Subsegment(nil)) }
        return try await TraceScope.record(.local, name, in: scope, body)
    }

    /// Nil where there is neither anything to record nor a trace to hand on.
    private func scope(for header: TraceHeader, _ daemon: XRayDaemon) -> TraceScope? {
        let start = now()
        guard let root = header.root else {
            guard !isLambda else { return nil }
            let isRecorded = sampling.decide(at: start)
            return TraceScope(
                daemon: daemon, isRecorded: isRecorded, sampling: isRecorded ? .sampled : .notSampled,
                traceID: TraceIdentifiers.trace(at: start), parentID: nil, others: [], now: now)
        }
        let isRecorded: Bool
        switch header.sampling {
        case _ where header.parent == nil: isRecorded = false
        case .sampled: isRecorded = true
        case .notSampled: isRecorded = false
        case .asked, nil: isRecorded = sampling.decide(at: start)
        }
        let handedOn = header.parent == nil ? header.sampling : isRecorded ? .sampled : .notSampled
        return TraceScope(
            daemon: daemon, isRecorded: isRecorded, sampling: handedOn, traceID: root, parentID: header.parent,
            others: header.others, now: now)
    }
}
