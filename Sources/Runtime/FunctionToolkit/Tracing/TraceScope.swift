#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The trace that the running task is part of.
struct TraceScope: Sendable {
    @TaskLocal static var current: TraceScope?

    var daemon: XRayDaemon
    var isRecorded: Bool
    /// What requests hand on; nil where nobody has decided and nothing could be recorded anyway.
    var sampling: TraceHeader.Sampling?
    var traceID: String
    /// The segment or subsegment that the task works for; nil where a trace came without one and is not recorded.
    var parentID: String?
    /// Of the header that the invocation came with.
    var others: [String]
    var now: @Sendable () -> Date

    /// For a request that goes out.
    func header(parent: String?) -> String {
        TraceHeader(root: traceID, parent: parent, sampling: sampling, others: others).text
    }

    func document(_ kind: SegmentDocument.Kind, _ name: String) -> SegmentDocument {
        SegmentDocument(
            kind: kind, name: name, id: TraceIdentifiers.segment(), traceID: traceID, parentID: parentID, start: now())
    }

    /// Runs a piece of work as one (sub)segment, and sends it when it has ended.
    static func record<Result>(
        _ kind: SegmentDocument.Kind, _ name: String, in scope: TraceScope,
        isolation: isolated (any Actor)? = #isolation, _ body: (Subsegment) async throws -> Result
    ) async rethrows -> Result {
        guard scope.isRecorded else {
            let inert = Subsegment(nil)
            return try await $current.withValue(scope) { try await body(inert) }
        }
        let document = scope.document(kind, name)
        var inner = scope
        inner.parentID = document.id
        let subsegment = Subsegment(document)
        do {
            let result = try await $current.withValue(inner) { try await body(subsegment) }
            subsegment.end(at: scope.now(), error: nil)?.send(to: scope.daemon)
            return result
        } catch {
            subsegment.end(at: scope.now(), error: error)?.send(to: scope.daemon)
            throw error
        }
    }
}
