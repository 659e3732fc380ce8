import Foundation

/// Finds out which actions on which resources a request needs.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys" of each service.
package struct ServiceCallReader: Sendable {
    private let region: String
    private let accountID: String
    /// The id of the WebSocket API, whose connections functions write to.
    private let webSocketAPIID: String?
    /// A secret's ARN by its name, its ARN, or its ARN without the last letters.
    private let secretARN: @Sendable (String) -> String?

    package init(
        region: String, accountID: String, webSocketAPIID: String?, secretARN: @escaping @Sendable (String) -> String?
    ) {
        self.region = region
        self.accountID = accountID
        self.webSocketAPIID = webSocketAPIID
        self.secretARN = secretARN
    }

    /// nil for what is no call of a service that is known here. A request that the service itself will refuse, since it
    /// names no table for one, needs nothing.
    package func read(_ request: SignedRequest) -> (service: CalledService, calls: [ServiceCall])? {
        if let operation = request.target.operation(of: "DynamoDB_20120810.") {
            return (.dynamoDB, dynamoDB(operation, CallFields(request.body)))
        }
        if let operation = request.target.operation(of: "DynamoDBStreams_20120810.") {
            return (.dynamoDB, streams(operation, CallFields(request.body)))
        }
        if let operation = request.target.operation(of: "AmazonSQS.") {
            return (.sqs, queues(operation, CallFields(request.body)))
        }
        if let operation = request.target.operation(of: "secretsmanager.") {
            return (.secretsManager, secrets(operation, CallFields(request.body)))
        }
        return byPath(request)
    }

    private func byPath(_ request: SignedRequest) -> (service: CalledService, calls: [ServiceCall])? {
        let parts = request.path.split(separator: "/").map(String.init)
        if parts.starts(with: ["2015-03-31", "functions"]), parts.count >= 3 {
            return (
                .lambda, [ServiceCall("lambda:InvokeFunction", on: functionARN(parts[2].removingPercentEncoding ?? parts[2]))]
            )
        }
        if parts.starts(with: ["v2", "email", "outbound-emails"]) {
            return (.ses, [ServiceCall("ses:SendEmail", on: identityARN(CallFields(request.body)))])
        }
        if parts.count >= 3, parts[1] == "@connections", let webSocketAPIID {
            // The id is part of the ARN as the URL has it, decoded.
            let id = parts[2...].joined(separator: "/")
            let connection = "\(parts[0])/\(request.method)/@connections/\(id.removingPercentEncoding ?? id)"
            return (
                .connections,
                [ServiceCall("execute-api:ManageConnections", on: arn("execute-api", "\(webSocketAPIID)/\(connection)"))]
            )
        }
        let form = FormFields(request.body)
        guard form["Version"] == "2010-03-31", let action = form["Action"] else { return nil }
        // An SMS has no resource: only `*` covers it.
        return (.sns, [ServiceCall("sns:\(action)", on: form["TopicArn"] ?? form["TargetArn"] ?? "*")])
    }

    func arn(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service):\(region):\(accountID):\(resource)"
    }

    private func functionARN(_ reference: String) -> String {
        reference.hasPrefix("arn:") ? reference : arn("lambda", "function:\(reference)")
    }

    /// The identity is the sender's domain or, where only that is verified, the address; the domain is what is told.
    private func identityARN(_ body: CallFields) -> String {
        let sender = body.fromEmailAddress ?? ""
        let address = sender.split(separator: "<").last.map { $0.prefix { $0 != ">" } } ?? ""
        return arn("ses", "identity/\(address.split(separator: "@").last ?? "")")
    }

    private func queues(_ operation: String, _ body: CallFields) -> [ServiceCall] {
        // "There is no permission for batch actions: they are covered by that of the single one."
        // (Amazon SQS Developer Guide, "Amazon SQS API permissions: Actions and resource reference")
        let action = operation.hasSuffix("Batch") ? String(operation.dropLast("Batch".count)) : operation
        if operation == "ListQueues" { return [ServiceCall("sqs:ListQueues", on: "*")] }
        let name = body.queueUrl?.split(separator: "/").last.map(String.init) ?? body.queueName
        return name.map { [ServiceCall("sqs:\(action)", on: arn("sqs", $0))] } ?? []
    }

    private func secrets(_ operation: String, _ body: CallFields) -> [ServiceCall] {
        guard let id = body.secretId else { return [ServiceCall("secretsmanager:\(operation)", on: "*")] }
        // An unknown one is looked for under its own name, as the service does, so that it is not told who may see it.
        let resource = secretARN(id) ?? (id.hasPrefix("arn:") ? id : arn("secretsmanager", "secret:\(id)"))
        return [ServiceCall("secretsmanager:\(operation)", on: resource)]
    }
}

extension String {
    fileprivate func operation(of prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
