internal import AWSClients
internal import CloudServices
internal import DynamoDBEndpoint
internal import Foundation

/// Hands a client's call to the service's own dispatch, and its answer back, as they would be on the wire.
struct InProcessTransport: AWSTransport {
    let dynamoDB: DynamoDBEndpoint
    let services: CloudServices
    let connections: ConnectedClients

    func send(_ request: AWSRequest) async throws -> AWSResponse {
        switch request.service {
        case .dynamoDB: await sendToDynamoDB(request)
        case .apiGatewayManagement: connections.answer(request)
        // SSM and AppConfig are refused by name, as the emulator's endpoint refuses them.
        case .sqs, .sns, .ses, .secretsManager, .ssm, .appConfigData: await sendToServices(request)
        }
    }

    private func sendToDynamoDB(_ request: AWSRequest) async -> AWSResponse {
        let target = request.headers.first { $0.name.lowercased() == "x-amz-target" }?.value ?? ""
        let reply = await withCheckedContinuation { continuation in
            dynamoDB.handle(target: target, body: Array(request.body)) { continuation.resume(returning: $0) }
        }
        return AWSResponse(status: reply.status, headers: reply.headers, body: Data(reply.body))
    }

    private func sendToServices(_ request: AWSRequest) async -> AWSResponse {
        var query = URLComponents()
        query.queryItems = request.query.map { URLQueryItem(name: $0.name, value: $0.value) }
        let call = ServiceRequest(
            method: request.method, path: request.path, rawQuery: query.percentEncodedQuery ?? "", headers: request.headers,
            body: request.body)
        let reply = await withCheckedContinuation { continuation in
            services.handle(call) { continuation.resume(returning: $0) }
        }
        return AWSResponse(status: reply.status, headers: reply.headers, body: reply.body)
    }
}
