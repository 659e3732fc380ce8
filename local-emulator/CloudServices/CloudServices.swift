package import Inbox
package import QueueEngine
internal import Dispatch

/// The AWS-compatible endpoint beside DynamoDB: SQS, SNS, SES v2, Secrets Manager and Lambda's Invoke, the stand-in for
/// WhatsApp's Cloud API, and the emulator's own inbox.
///
/// Which service a request is for is told in this order: by path (Lambda's, `/_roost/inbox`, `/whatsapp/…`, `/v2/email/…`), by `X-Amz-Target`, by the version of a query-protocol form.
package final class CloudServices: ServiceHandling {
    private let queues: SQSService
    private let texts: SNSService
    private let mail: SESService
    private let secrets: SecretsManagerService
    private let whatsApp: WhatsAppService
    private let inbox: InboxEndpoint
    private let lambda: (any ServiceHandling)?
    /// What waits for a disk leaves the server's thread.
    private let blocking = DispatchQueue(label: "roost.services")

    /// - Parameter lambda: answers the paths of Lambda's API; without it they are refused.
    package init(
        context: ServiceContext, queues: QueueEngine, inbox: Inbox, secrets: SecretStore, lambda: (any ServiceHandling)? = nil
    ) {
        self.queues = SQSService(context: context, engine: queues)
        texts = SNSService(context: context, inbox: inbox)
        mail = SESService(context: context, inbox: inbox)
        self.secrets = SecretsManagerService(context: context, store: secrets)
        whatsApp = WhatsAppService(context: context, inbox: inbox, secrets: secrets)
        self.inbox = InboxEndpoint(inbox: inbox)
        self.lambda = lambda
    }

    package func handle(_ request: ServiceRequest, completion: @escaping @Sendable (ServiceReply) -> Void) {
        if LambdaService.owns(path: request.path), let lambda { return lambda.handle(request, completion: completion) }
        let target = request.header("X-Amz-Target") ?? ""
        if let operation = target.suffix(after: "AmazonSQS.") {
            return queues.handle(operation, request, completion: completion)
        }
        blocking.async {
            completion(self.answer(request, target: target))
        }
    }

    private func answer(_ request: ServiceRequest, target: String) -> ServiceReply {
        if request.path == "/_roost/inbox" { return inbox.handle(request) }
        if request.path.hasPrefix("/whatsapp/") { return whatsApp.handle(request) }
        if request.path.hasPrefix("/v2/email/") { return mail.handle(request) }
        if let operation = target.suffix(after: "secretsmanager.") { return secrets.handle(operation, request) }
        if request.header("Content-Type")?.hasPrefix("application/x-www-form-urlencoded") == true {
            return texts.handle(request)
        }
        let what = target.isEmpty ? "\(request.method) \(request.path)" : target
        return .json(
            ErrorBody(__type: "UnknownOperationException", message: "\(what) is not supported by the emulator."), status: 404,
            contentType: "application/x-amz-json-1.0", headers: [("x-amzn-ErrorType", "UnknownOperationException")])
    }
}

/// The error form of AWS's JSON protocols.
struct ErrorBody: Encodable {
    var __type: String
    var message: String
}

extension String {
    /// What follows a prefix; nil without it.
    func suffix(after prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
