import Foundation
import FunctionPool
import Synchronization

/// The caller of `InvokeWithResponseStream`: gets the function's bytes as `PayloadChunk`s while it makes them, and an
/// `InvokeComplete` at the end.
///
/// Source: Lambda API Reference, "InvokeWithResponseStream". How errors are told in `InvokeComplete` is not documented
/// further than their being forwarded: one that the function streamed has its own type as `ErrorCode`, any other has
/// `Unhandled`, as `X-Amz-Function-Error` has it; `ErrorDetails` is the error's JSON.
final class StreamingCaller: ResponseReader {
    /// What one `PayloadChunk` holds at most.
    private static let chunkBytes = 64 * 1024

    private let stream = ServiceStream()
    private let wantsLog: Bool
    private let requestID = UUID().uuidString.lowercased()
    private let completion: Mutex<(@Sendable (ServiceReply) -> Void)?>

    init(wantsLog: Bool, completion: @escaping @Sendable (ServiceReply) -> Void) {
        self.wantsLog = wantsLog
        self.completion = Mutex(completion)
    }

    func begin(contentType: String?) {
        reply(
            ServiceReply(
                status: 200,
                headers: [
                    (name: "Content-Type", value: "application/vnd.amazon.eventstream"),
                    (name: "x-amzn-RequestId", value: requestID), (name: "X-Amz-Executed-Version", value: "$LATEST"),
                ], stream: stream))
    }

    func receive(_ bytes: Data, resume: @escaping @Sendable () -> Void) -> Int {
        var rest = bytes
        while !rest.isEmpty {
            let chunk = rest.prefix(Self.chunkBytes)
            guard stream.write(payloadChunk(chunk), resume: resume) else { break }
            rest = rest.dropFirst(chunk.count)
        }
        return bytes.count - rest.count
    }

    /// - Parameter refused: what to answer where the function was not invoked.
    func complete(_ result: InvocationResult, refused: (InvocationRefusal) -> ServiceReply) {
        switch result.outcome {
        case .refused(let refusal):
            reply(refused(refusal))
            stream.end(invokeComplete(errorCode: "ServiceException", details: "\(refusal)", log: result.log))
        case .functionError(let payload):
            begin(contentType: nil)
            stream.end(
                invokeComplete(
                    errorCode: "Unhandled", details: String(decoding: payload, as: UTF8.self), log: result.log))
        case .success(let body):
            begin(contentType: nil)
            let error = result.streamError
            let details = error?.body.map { String(decoding: $0, as: UTF8.self) }
            let last = invokeComplete(
                errorCode: error.map { $0.type ?? "Unhandled" }, details: details, log: result.log)
            // The body is that of an answer which was not streamed.
            stream.end((body.isEmpty ? Data() : payloadChunk(body)) + last)
        }
    }

    /// Once: what comes later is in the stream.
    private func reply(_ reply: ServiceReply) {
        let completion = completion.withLock { completion in
            defer { completion = nil }
            return completion
        }
        completion?(reply)
    }

    private func payloadChunk(_ bytes: Data) -> Data {
        EventStreamMessage(eventType: "PayloadChunk", contentType: "application/octet-stream", payload: bytes).bytes
    }

    private func invokeComplete(errorCode: String?, details: String?, log: Data) -> Data {
        var members: [String: String] = [:]
        members["ErrorCode"] = errorCode
        members["ErrorDetails"] = details
        if wantsLog { members["LogResult"] = log.base64EncodedString() }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings always encode; the event alone still says that it is over.
        let payload = (try? encoder.encode(members)) ?? Data("{}".utf8)
        return EventStreamMessage(eventType: "InvokeComplete", contentType: "application/json", payload: payload).bytes
    }
}
