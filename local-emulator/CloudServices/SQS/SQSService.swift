internal import Foundation
internal import QueueEngine

/// Amazon SQS in AWS JSON 1.0: standard queues on the queue engine.
struct SQSService: Sendable {
    static let contentType = "application/x-amz-json-1.0"

    typealias Completion = @Sendable (ServiceReply) -> Void

    var context: ServiceContext
    var engine: QueueEngine

    func handle(_ operation: String, _ request: ServiceRequest, completion: @escaping Completion) {
        do throws(QueueError) {
            switch operation {
            case "SendMessage": try send(request, completion)
            case "SendMessageBatch": try sendBatch(request, completion)
            case "ReceiveMessage": try receive(request, completion)
            case "DeleteMessage": try delete(request, completion)
            case "DeleteMessageBatch": try deleteBatch(request, completion)
            case "ChangeMessageVisibility": try changeVisibility(request, completion)
            case "ChangeMessageVisibilityBatch": try changeVisibilityBatch(request, completion)
            case "GetQueueUrl": completion(Self.reply(try getQueueURL(request)))
            case "GetQueueAttributes": try getQueueAttributes(request, completion)
            case "ListQueues": completion(Self.reply(try listQueues(request)))
            case "PurgeQueue": try purge(request, completion)
            case "CreateQueue": try createQueue(request, completion)
            default:
                throw QueueError(
                    type: "UnsupportedOperation", code: "AWS.SimpleQueueService.UnsupportedOperation",
                    message: "The operation \(operation) of SQS is not supported by the emulator.")
            }
        } catch {
            completion(Self.reply(error))
        }
    }

    static func reply(_ value: some Encodable) -> ServiceReply {
        .json(value, contentType: contentType)
    }

    /// Clients that know the older codes find them in `x-amzn-query-error` (Smithy, "awsQueryCompatible trait").
    static func reply(_ error: QueueError) -> ServiceReply {
        let side = error.isSenderFault ? "Sender" : "Receiver"
        return .json(
            ErrorBody(__type: "com.amazonaws.sqs#\(error.type)", message: error.message), status: error.status,
            contentType: contentType, headers: [("x-amzn-query-error", "\(error.code);\(side)")])
    }

    static func reply<T: Sendable>(_ result: Result<T, QueueError>, _ body: (T) -> some Encodable) -> ServiceReply {
        switch result {
        case .success(let value): reply(body(value))
        case .failure(let error): reply(error)
        }
    }

    func read<T: ServiceInput>(_ request: ServiceRequest) throws(QueueError) -> T {
        do throws(ServiceError) {
            return try T.read(request.body)
        } catch {
            if error.code == "ValidationException" { throw .invalidParameter(error.message) }
            throw QueueError(type: error.code, message: error.message, status: error.status)
        }
    }

    /// The queue that a URL ends with: `http://host/account/name`.
    func queue(_ url: String) throws(QueueError) -> String {
        let parts = url.split(separator: "/")
        guard let name = parts.last, parts.count >= 2 || !url.contains("/") else {
            throw QueueError(type: "InvalidAddress", message: "The address \(url) is not valid for this endpoint.", status: 404)
        }
        if parts.count >= 2, parts[parts.count - 2].allSatisfy(\.isNumber), parts[parts.count - 2] != context.accountID {
            throw .queueDoesNotExist
        }
        guard engine.configuration(of: String(name)) != nil else { throw .queueDoesNotExist }
        return String(name)
    }

    /// The URL by the address that the client used, so that it can be used from where the client is.
    func url(of queue: String, _ request: ServiceRequest) -> String {
        "http://\(request.header("Host") ?? "127.0.0.1")/\(context.accountID)/\(queue)"
    }
}
