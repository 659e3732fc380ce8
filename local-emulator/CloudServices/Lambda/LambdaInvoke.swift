import Foundation
import FunctionPool
import Journal

/// `POST /2015-03-31/functions/{name}/invocations`, and `POST /2021-11-15/functions/{name}/response-streaming-invocations`.
///
/// Checked in this order, as far as clients can see: the name's form, invocation type and log type, what is not built, the
/// qualifier, the function, the payload's size, the payload, the client context.
struct LambdaInvoke: Sendable {
    enum Operation: String, Sendable {
        case invoke = "Invoke"
        case invokeWithResponseStream = "InvokeWithResponseStream"

        init?(version: String, call: String) {
            switch (version, call) {
            case ("2015-03-31", "invocations"): self = .invoke
            case ("2021-11-15", "response-streaming-invocations"): self = .invokeWithResponseStream
            default: return nil
            }
        }

        var invocationTypes: [String] {
            self == .invoke ? ["Event", "RequestResponse", "DryRun"] : ["RequestResponse", "DryRun"]
        }
    }

    let service: LambdaService
    let request: ServiceRequest
    let operation: Operation
    let functionName: String

    func run(_ completion: @escaping @Sendable (ServiceReply) -> Void) {
        do throws(LambdaError) {
            let reference = try reference()
            let type = try oneOf(operation.invocationTypes, "X-Amz-Invocation-Type", "invocationType")
            let wantsLog = try oneOf(["None", "Tail"], "X-Amz-Log-Type", "logType") == "Tail"
            try refuseWhatIsNotBuilt(type)
            let function = try function(reference)
            var invocation = try invocation(of: function)
            if type == "DryRun" {
                return completion(ServiceReply(status: 204, headers: [(name: "x-amzn-RequestId", value: newRequestID())]))
            }
            switch operation {
            case .invoke:
                service.invoker.invoke(invocation) { completion(reply($0, wantsLog: wantsLog)) }
            case .invokeWithResponseStream:
                let caller = StreamingCaller(wantsLog: wantsLog, completion: completion)
                invocation.reader = caller
                service.invoker.invoke(invocation) { result in
                    caller.complete(result) { error($0).reply(requestID: result.requestID) }
                }
            }
        } catch {
            completion(error.reply(requestID: newRequestID()))
        }
    }

    private func newRequestID() -> String { UUID().uuidString.lowercased() }
}

// MARK: Checks

extension LambdaInvoke {
    private func reference() throws(LambdaError) -> FunctionReference {
        guard var reference = FunctionReference(functionName) else {
            throw .constraint(
                functionName, of: "functionName",
                "Member must satisfy regular expression pattern: \(FunctionReference.documentedPattern)")
        }
        guard let qualifier = try queryQualifier() else { return reference }
        guard reference.qualifier == nil || reference.qualifier == qualifier else {
            throw .invalidParameter("The derived qualifier from the function name does not match the specified qualifier.")
        }
        reference.qualifier = qualifier
        return reference
    }

    private func queryQualifier() throws(LambdaError) -> String? {
        for field in request.rawQuery.split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts[0] == "Qualifier" else { continue }
            let value = (parts.count > 1 ? String(parts[1]) : "").removingPercentEncoding ?? ""
            guard value.wholeMatch(of: #/\$LATEST|[a-zA-Z0-9$_\-]{1,128}/#) != nil else {
                throw .constraint(
                    value, of: "qualifier", #"Member must satisfy regular expression pattern: (|[a-zA-Z0-9$_-]+)"#)
            }
            return value
        }
        return nil
    }

    /// The header's value, or what Lambda takes without one.
    private func oneOf(_ allowed: [String], _ header: String, _ field: String) throws(LambdaError) -> String {
        guard let value = request.header(header) else { return field == "logType" ? "None" : "RequestResponse" }
        guard allowed.contains(value) else {
            throw .constraint(value, of: field, "Member must satisfy enum value set: [\(allowed.joined(separator: ", "))]")
        }
        return value
    }

    /// An event that was accepted would have to survive a crash, as everything does that the emulator acknowledges.
    private func refuseWhatIsNotBuilt(_ type: String) throws(LambdaError) {
        if type == "Event" { throw .notBuilt("Asynchronous invocation (X-Amz-Invocation-Type: Event)") }
        if request.header("X-Amz-Durable-Execution-Name") != nil { throw .notBuilt("Durable execution") }
    }

    private func function(_ reference: FunctionReference) throws(LambdaError) -> FunctionConfiguration {
        let region = reference.region ?? service.region
        let account = reference.accountID ?? service.accountID
        let arn = "arn:aws:lambda:\(region):\(account):function:\(reference.name)"
        guard region == service.region, account == service.accountID, let function = service.functions[reference.name] else {
            throw .functionNotFound(arn + (reference.qualifier.map { ":\($0)" } ?? ""))
        }
        // There are no versions and aliases here, only what is being worked on.
        if let qualifier = reference.qualifier, qualifier != "$LATEST" { throw .functionNotFound("\(arn):\(qualifier)") }
        return function
    }

    private func invocation(of function: FunctionConfiguration) throws(LambdaError) -> InvocationRequest {
        let limit = FunctionPool.maximumPayloadBytes
        guard request.body.count <= limit else { throw .payloadTooLarge(bytes: request.body.count, limit: limit) }
        // Without a payload the event is an empty object.
        let payload = request.body.isEmpty ? Data("{}".utf8) : request.body
        do {
            _ = try JSONSerialization.jsonObject(with: payload, options: .fragmentsAllowed)
        } catch {
            let detail = (error as NSError).userInfo["NSDebugDescription"] ?? "it is not JSON"
            throw .invalidContent("Could not parse request body into json: \(detail)")
        }
        let clientContext = try clientContext()
        let key = request.accessKeyID.flatMap(service.cause)
        let entry = service.journal.record(
            "service", "lambda \(operation.rawValue) \(function.name)", cause: key,
            details: ["service": "lambda", "operation": operation.rawValue])
        return InvocationRequest(
            functionName: function.name, payload: payload, cause: entry, clientContext: clientContext,
            traceID: request.header("X-Amzn-Trace-Id"), tenantID: request.header("X-Amz-Tenant-Id"))
    }

    private func clientContext() throws(LambdaError) -> String? {
        guard let encoded = request.header("X-Amz-Client-Context"), !encoded.isEmpty else { return nil }
        guard let data = Data(base64Encoded: encoded), let text = String(data: data, encoding: .utf8),
            (try? JSONSerialization.jsonObject(with: data)) is [String: Any]
        else { throw .invalidContent("Client context must be a valid Base64-encoded JSON object.") }
        // Lambda API Reference, Invoke: "Up to 3,583 bytes of base64-encoded data".
        guard encoded.utf8.count <= 3583 else {
            throw .invalidContent("Client context must be no more than 3583 bytes, got \(encoded.utf8.count)")
        }
        return text
    }
}

// MARK: The answer

extension LambdaInvoke {
    private func reply(_ result: InvocationResult, wantsLog: Bool) -> ServiceReply {
        switch result.outcome {
        case .success(let body): success(result, body, wantsLog: wantsLog, failed: false)
        case .functionError(let payload): success(result, payload, wantsLog: wantsLog, failed: true)
        case .refused(let refusal): error(refusal).reply(requestID: result.requestID)
        }
    }

    /// A function's error is a successful call of Lambda's API.
    private func success(_ result: InvocationResult, _ body: Data, wantsLog: Bool, failed: Bool) -> ServiceReply {
        var headers = [
            (name: "Content-Type", value: "application/json"), (name: "x-amzn-RequestId", value: result.requestID),
            (name: "X-Amz-Executed-Version", value: "$LATEST"),
        ]
        if failed { headers.append((name: "X-Amz-Function-Error", value: "Unhandled")) }
        if wantsLog { headers.append((name: "X-Amz-Log-Result", value: result.log.base64EncodedString())) }
        return ServiceReply(status: 200, headers: headers, body: body)
    }

    private func error(_ refusal: InvocationRefusal) -> LambdaError {
        switch refusal {
        case .unknownFunction(let name):
            .functionNotFound("arn:aws:lambda:\(service.region):\(service.accountID):function:\(name)")
        case .throttled: .throttled
        case .payloadTooLarge(let bytes): .payloadTooLarge(bytes: bytes, limit: FunctionPool.maximumPayloadBytes)
        case .shuttingDown: .shuttingDown
        }
    }
}
