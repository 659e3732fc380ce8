/// The endpoint as HTTP sees it: what is no operation, packed bodies both ways, CORS, and who may ask.
///
/// A request is checked in the service's order: its method and content type, whether its body is JSON, its target, its
/// signature; then the operation checks what it says.
package struct DynamoDBFront: Sendable {
    package let endpoint: DynamoDBEndpoint
    private let authentication: Authentication

    package init(_ endpoint: DynamoDBEndpoint, authentication: Authentication = .anySignature) {
        self.endpoint = endpoint
        self.authentication = authentication
    }

    /// Answers one request; `completion` is called once, within the call or from the store's writer.
    package func respond(to request: DynamoDBRequest, completion: @escaping @Sendable (DynamoDBReply) -> Void) {
        let contentType = ContentType(request)
        let answerForm = AnswerForm(request, contentType)
        if let reply = HTTPAnswers.answer(request, contentType) { return completion(answerForm.applied(to: reply)) }
        let body: [UInt8]
        switch unpacked(request) {
        case .body(let unpacked): body = unpacked
        case .refused(let reply): return completion(answerForm.applied(to: reply))
        }
        let formed: @Sendable (DynamoDBReply) -> Void = { completion(answerForm.applied(to: $0)) }
        let authenticate = { () throws(Refusal) in try authentication.check(request) }
        endpoint.handle(
            target: request.header("X-Amz-Target") ?? "", body: body, host: request.header("Host"), authenticate: authenticate,
            completion: answerForm.isPlain ? completion : formed)
    }

    private enum Unpacked {
        case body([UInt8])
        case refused(DynamoDBReply)
    }

    /// The service answers 500 to a coding that it does not know and to a body that is not in it.
    private func unpacked(_ request: DynamoDBRequest) -> Unpacked {
        guard let coding = request.header("Content-Encoding"), coding.lowercased() != "identity" else {
            return .body(request.body)
        }
        guard coding.lowercased() == ContentCoding.gzip.rawValue else { return .refused(.internalFailure) }
        do throws(PackedBody.Failure) {
            return .body(try PackedBody.unpack(request.body, limit: HTTPAnswers.maximumBodyBytes))
        } catch {
            return .refused(error == .tooLarge ? HTTPAnswers.tooLarge : .internalFailure)
        }
    }
}

/// What a request says about the form of its answer.
private struct AnswerForm: Sendable {
    private let isCrossOrigin: Bool
    private let coding: ContentCoding?
    /// The type to answer in where it is not the usual one.
    private let contentType: ContentType?

    init(_ request: DynamoDBRequest, _ type: ContentType?) {
        isCrossOrigin = request.header("Origin") != nil
        coding = request.header("Accept-Encoding").flatMap(AcceptedCoding.preferred)
        contentType = type == .amzJSON ? nil : .json
    }

    /// Whether the answer goes out as it was made.
    var isPlain: Bool { !isCrossOrigin && coding == nil && contentType == nil }

    func applied(to reply: DynamoDBReply) -> DynamoDBReply {
        var reply = reply
        if let contentType { reply.replaceContentType(contentType) }
        if isCrossOrigin { CrossOrigin.allow(&reply) }
        if let coding, reply.body.count >= ContentCoding.minimumBytes, let packed = coding.pack(reply.body) {
            // The checksum is the packed body's, as an SDK compares it before it unpacks.
            reply.replaceBody(packed)
            reply.headers.append(("Content-Encoding", coding.rawValue))
        }
        return reply
    }
}
