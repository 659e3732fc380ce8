#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

internal import LambdaEvents

/// The AWS JSON protocols 1.0 and 1.1: one path, the operation in `X-Amz-Target`, JSON both ways.
///
/// Source: Smithy documentation, "AWS JSON 1.0 protocol".
struct JSONCaller: Sendable {
    let caller: ServiceCaller
    let targetPrefix: String
    let contentType: String

    func call<Output: Decodable>(_ operation: String, _ input: some Encodable, isRepeatable: Bool) async throws -> Output {
        let response = try await send(operation, input, isRepeatable: isRepeatable)
        return try decode(Output.self, from: response, of: caller.service, operation: operation)
    }

    /// For an operation that answers nothing.
    func call(_ operation: String, _ input: some Encodable, isRepeatable: Bool) async throws {
        _ = try await send(operation, input, isRepeatable: isRepeatable)
    }

    private func send(_ operation: String, _ input: some Encodable, isRepeatable: Bool) async throws -> AWSResponse {
        let request = AWSRequest(
            service: caller.service, operation: operation,
            headers: [("Content-Type", contentType), ("X-Amz-Target", "\(targetPrefix).\(operation)")],
            body: try JSONEncoder().encode(input))
        return try await caller.send(request, isRepeatable: isRepeatable) { response in
            AWSServiceError(jsonAnswer: response, service: caller.service, operation: operation)
        }
    }
}

/// - Throws: ``AWSUnreadableAnswer``.
func decode<Output: Decodable>(
    _ type: Output.Type, from response: AWSResponse, of service: AWSService, operation: String
) throws -> Output {
    do {
        return try JSONDecoder().decode(type, from: response.body)
    } catch {
        throw AWSUnreadableAnswer(
            service: service, operation: operation, status: response.status, reason: decodingFailure(error))
    }
}

/// What is wrong, and where, without any of the document's values.
private func decodingFailure(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(type(of: error))" }
    func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "the document" : path.map(\.stringValue).joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context): "\(place(context.codingPath)) has no \(key.stringValue)"
    case .typeMismatch(let type, let context): "\(place(context.codingPath)) is no \(type)"
    case .valueNotFound(_, let context): "\(place(context.codingPath)) is null"
    case .dataCorrupted(let context): "\(place(context.codingPath)) is malformed"
    @unknown default: "it does not have the expected shape"
    }
}

extension AWSServiceError {
    /// Reads the error answer of the JSON and REST JSON protocols.
    ///
    /// The name comes from `x-amzn-ErrorType`, else `__type`, else `code`; what stands before `#` and after `:` is
    /// none of it. The message is `message` or `Message`. Source: Smithy documentation, "AWS JSON 1.0 protocol",
    /// operation error serialization; "AWS restJson1 protocol".
    init(jsonAnswer response: AWSResponse, service: AWSService, operation: String) {
        // A body that is no JSON (a proxy's page) leaves the status as all there is to say.
        let body = try? JSONDecoder().decode(ErrorBody.self, from: response.body)
        let name = response.header("x-amzn-ErrorType") ?? body?.type ?? body?.code
        self.init(
            service: service, operation: operation, code: name.map(Self.bareName) ?? "HTTP\(response.status)",
            message: body?.message ?? body?.capitalMessage ?? "", status: response.status,
            requestID: response.header("x-amzn-RequestId") ?? response.header("x-amz-request-id"),
            cancellationReasons: body?.cancellationReasons ?? [], item: body?.item)
    }

    private static func bareName(_ name: String) -> String {
        let withoutNamespace = name.split(separator: "#", omittingEmptySubsequences: false).last ?? ""
        return String(withoutNamespace.prefix { $0 != ":" })
    }

    private struct ErrorBody: Decodable {
        var type: String?
        var code: String?
        var message: String?
        var capitalMessage: String?
        var cancellationReasons: [DynamoDB.CancellationReason]?
        var item: DynamoDB.Item?

        enum CodingKeys: String, CodingKey {
            case type = "__type"
            case code
            case message
            case capitalMessage = "Message"
            case cancellationReasons = "CancellationReasons"
            case item = "Item"
        }
    }
}
