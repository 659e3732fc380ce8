internal import AWSClients
internal import DynamoDBEndpoint

/// Hands a client's call to the service's own dispatch, and its answer back, as they would be on the wire.
struct InProcessTransport: AWSTransport {
    let dynamoDB: DynamoDBEndpoint

    func send(_ request: AWSRequest) async throws -> AWSResponse {
        switch request.service {
        case .dynamoDB: return await sendToDynamoDB(request)
        default: throw InProcessCloudError.notServed(request.service)
        }
    }

    private func sendToDynamoDB(_ request: AWSRequest) async -> AWSResponse {
        let target = request.headers.first { $0.name.lowercased() == "x-amz-target" }?.value ?? ""
        let reply = await withCheckedContinuation { continuation in
            dynamoDB.handle(target: target, body: request.body) { continuation.resume(returning: $0) }
        }
        return AWSResponse(status: reply.status, headers: reply.headers, body: reply.body)
    }
}
