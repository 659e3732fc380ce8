import EmulatorClock
import Foundation
import FunctionPool
import Journal
import Synchronization
import Testing

@testable import CloudServices

/// Answers every invocation in the same way and remembers the last.
private final class ScriptedInvoker: FunctionInvoker {
    private let outcome: InvocationResult.Outcome
    private let requests = Mutex<[InvocationRequest]>([])

    init(_ outcome: InvocationResult.Outcome) {
        self.outcome = outcome
    }

    var last: InvocationRequest? { requests.withLock { $0.last } }

    func invoke(_ request: InvocationRequest, completion: @escaping @Sendable (InvocationResult) -> Void) {
        requests.withLock { $0.append(request) }
        completion(InvocationResult(outcome: outcome, requestID: "8f1c", log: Data("START\nEND\n".utf8)))
    }
}

@Suite struct LambdaServiceTests {
    private let journal = Journal(clock: ManualClock())

    private func service(_ invoker: ScriptedInvoker) -> LambdaService {
        let function = FunctionConfiguration(
            name: "hello", arn: "arn:aws:lambda:eu-west-1:000000000000:function:hello", executable: URL(filePath: "/hello"),
            handler: "hello")
        let journal = journal
        return LambdaService(
            functions: [function], region: "eu-west-1", accountID: "000000000000", invoker: invoker, journal: journal
        ) { key in key == "ASIACALLER" ? Journal.EntryID(number: 41) : nil }
    }

    private func invoke(
        _ name: String = "hello", query: String = "", headers: [(name: String, value: String)] = [], body: String = #"{"a":1}"#,
        by invoker: ScriptedInvoker = ScriptedInvoker(.success(Data("42".utf8))), key: String? = nil
    ) async -> ServiceReply {
        await service(invoker).handle(
            ServiceRequest(
                method: "POST", path: "/2015-03-31/functions/\(name)/invocations", rawQuery: query, headers: headers,
                body: Data(body.utf8), accessKeyID: key))
    }

    private func text(_ reply: ServiceReply) -> String { String(decoding: reply.body, as: UTF8.self) }

    private func header(_ name: String, _ reply: ServiceReply) -> String? {
        reply.headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    @Test("an answer passes as it is, with the version and the request id")
    func success() async {
        let invoker = ScriptedInvoker(.success(Data("42".utf8)))
        let reply = await invoke(by: invoker)
        #expect(reply.status == 200)
        #expect(text(reply) == "42")
        #expect(header("X-Amz-Executed-Version", reply) == "$LATEST")
        #expect(header("x-amzn-RequestId", reply) == "8f1c")
        #expect(header("X-Amz-Function-Error", reply) == nil)
        #expect(header("X-Amz-Log-Result", reply) == nil)
        #expect(invoker.last?.payload == Data(#"{"a":1}"#.utf8))
    }

    @Test("a function's error is a 200 that says Unhandled")
    func functionError() async {
        let reply = await invoke(by: ScriptedInvoker(.functionError(payload: Data(#"{"errorType":"X"}"#.utf8))))
        #expect(reply.status == 200)
        #expect(header("X-Amz-Function-Error", reply) == "Unhandled")
        #expect(text(reply) == #"{"errorType":"X"}"#)
    }

    @Test("the log's tail comes in base64 for those who ask")
    func logTail() async {
        let reply = await invoke(headers: [("X-Amz-Log-Type", "Tail")])
        #expect(header("X-Amz-Log-Result", reply) == "U1RBUlQKRU5ECg==")
    }

    @Test(
        "a function is known by name, partial ARN and ARN, with $LATEST or without",
        arguments: [
            "hello", "hello%3A%24LATEST", "hello:$LATEST", "function:hello", "000000000000%3Afunction%3Ahello",
            "arn%3Aaws%3Alambda%3Aeu-west-1%3A000000000000%3Afunction%3Ahello",
            "arn:aws:lambda:eu-west-1:000000000000:function:hello:$LATEST",
        ])
    func names(name: String) async {
        #expect(await invoke(name).status == 200)
    }

    @Test(
        "what is not there is a 404 in Lambda's words",
        arguments: [
            ("nobody", "", "arn:aws:lambda:eu-west-1:000000000000:function:nobody"),
            ("hello", "Qualifier=live", "arn:aws:lambda:eu-west-1:000000000000:function:hello:live"),
            ("hello:3", "", "arn:aws:lambda:eu-west-1:000000000000:function:hello:3"),
            ("111111111111:function:hello", "", "arn:aws:lambda:eu-west-1:111111111111:function:hello"),
            (
                "arn:aws:lambda:us-east-1:000000000000:function:hello", "",
                "arn:aws:lambda:us-east-1:000000000000:function:hello"
            ),
        ])
    func notFound(name: String, query: String, arn: String) async {
        let reply = await invoke(name, query: query)
        #expect(reply.status == 404)
        #expect(header("x-amzn-ErrorType", reply) == "ResourceNotFoundException")
        #expect(text(reply) == #"{"Message":"Function not found: \#(arn)","Type":"User"}"#)
    }

    @Test("a name that Lambda's pattern does not allow is a validation error")
    func malformedName() async {
        let reply = await invoke("he%20llo")
        #expect(reply.status == 400)
        #expect(header("x-amzn-ErrorType", reply) == "ValidationException")
        #expect(text(reply).contains("Value 'he llo' at 'functionName' failed to satisfy constraint"))
    }

    @Test("two qualifiers that differ are refused, two that agree are one")
    func qualifiers() async {
        #expect(await invoke("hello:$LATEST", query: "Qualifier=%24LATEST").status == 200)
        let reply = await invoke("hello:live", query: "Qualifier=%24LATEST")
        #expect(header("x-amzn-ErrorType", reply) == "InvalidParameterValueException")
        #expect(text(reply).contains("The derived qualifier from the function name does not match the specified qualifier."))
    }

    @Test("a payload that is not JSON is refused before the function sees it", arguments: ["{", "abc", "{\"a\":1}x", "\u{1}"])
    func malformedPayload(body: String) async {
        let invoker = ScriptedInvoker(.success(Data()))
        let reply = await invoke(body: body, by: invoker)
        #expect(reply.status == 400)
        #expect(header("x-amzn-ErrorType", reply) == "InvalidRequestContentException")
        #expect(text(reply).hasPrefix(#"{"Type":"User","message":"Could not parse request body into json: "#))
        #expect(invoker.last == nil)
    }

    @Test(
        "any JSON value is an event, and no payload is an empty object",
        arguments: [
            ("42", "42"), (#""text""#, #""text""#), ("null", "null"), ("[]", "[]"), ("", "{}"),
        ])
    func payloads(body: String, event: String) async {
        let invoker = ScriptedInvoker(.success(Data()))
        #expect(await invoke(body: body, by: invoker).status == 200)
        #expect(invoker.last.map { String(decoding: $0.payload, as: UTF8.self) } == event)
    }

    @Test("a payload over 6 MB is a 413 in Lambda's words")
    func payloadTooLarge() async {
        let reply = await invoke(body: "\"" + String(repeating: "x", count: 6_291_455) + "\"")
        #expect(reply.status == 413)
        #expect(header("x-amzn-ErrorType", reply) == "RequestEntityTooLargeException")
        #expect(
            text(reply).contains(
                "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)"))
    }

    @Test("the client context arrives decoded; anything but a JSON object in base64 is refused")
    func clientContext() async {
        let invoker = ScriptedInvoker(.success(Data()))
        // {"custom":{"a":"b"}}
        let good = await invoke(headers: [("x-amz-client-context", "eyJjdXN0b20iOnsiYSI6ImIifX0=")], by: invoker)
        #expect(good.status == 200)
        #expect(invoker.last?.clientContext == #"{"custom":{"a":"b"}}"#)
        for bad in ["string", "e30", "WzFd"] {
            let reply = await invoke(headers: [("X-Amz-Client-Context", bad)])
            #expect(header("x-amzn-ErrorType", reply) == "InvalidRequestContentException")
            #expect(text(reply).contains("Client context must be a valid Base64-encoded JSON object."))
        }
    }

    @Test(
        "refusals of the pool are Lambda's errors",
        arguments: [
            (
                InvocationRefusal.throttled, 429, "TooManyRequestsException",
                #"{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}"#
            ),
            (.shuttingDown, 500, "ServiceException", #"{"Message":"The emulator is shutting down","Type":"Service"}"#),
        ])
    func refusals(refusal: InvocationRefusal, status: Int, type: String, body: String) async {
        let reply = await invoke(by: ScriptedInvoker(.refused(refusal)))
        #expect(reply.status == status)
        #expect(header("x-amzn-ErrorType", reply) == type)
        #expect(text(reply) == body)
    }

    @Test("a dry run checks and does not run")
    func dryRun() async {
        let invoker = ScriptedInvoker(.success(Data()))
        #expect(await invoke(headers: [("X-Amz-Invocation-Type", "DryRun")], by: invoker).status == 204)
        #expect(await invoke("nobody", headers: [("X-Amz-Invocation-Type", "DryRun")], by: invoker).status == 404)
        #expect(invoker.last == nil)
    }

    @Test(
        "what is not built is refused by name",
        arguments: [
            ("X-Amz-Invocation-Type", "Event", "X-Amz-Invocation-Type: Event"),
            ("X-Amz-Durable-Execution-Name", "one", "Durable execution"),
        ])
    func notBuilt(name: String, value: String, named: String) async {
        let reply = await invoke(headers: [(name, value)])
        #expect(reply.status == 501)
        #expect(text(reply).contains(named))
    }

    @Test(
        "a type that Lambda does not know is a validation error",
        arguments: [
            ("X-Amz-Invocation-Type", "Sync", "invocationType"), ("X-Amz-Log-Type", "All", "logType"),
        ])
    func unknownTypes(name: String, value: String, field: String) async {
        let reply = await invoke(headers: [(name, value)])
        #expect(header("x-amzn-ErrorType", reply) == "ValidationException")
        #expect(text(reply).contains("Value '\(value)' at '\(field)'"))
    }

    @Test(
        "other operations are refused by name",
        arguments: [
            ("GET", "/2015-03-31/functions"), ("GET", "/2015-03-31/functions/hello"),
            ("POST", "/2014-11-13/functions/hello/invoke-async"),
        ])
    func otherOperations(method: String, path: String) async {
        let reply = await service(ScriptedInvoker(.success(Data()))).handle(ServiceRequest(method: method, path: path))
        #expect(reply.status == 501)
        #expect(header("x-amzn-ErrorType", reply) == "NotImplementedException")
        #expect(text(reply).contains("\(method) \(path) is not built in this emulator"))
        #expect(LambdaService.owns(path: path))
    }

    @Test("paths of other services are not Lambda's", arguments: ["/", "/v2/email/outbound-emails", "/whatsapp/1/messages"])
    func otherServices(path: String) {
        #expect(!LambdaService.owns(path: path))
    }

    @Test("a function's own call names its invocation as the cause")
    func cause() async {
        let invoker = ScriptedInvoker(.success(Data()))
        _ = await invoke(by: invoker, key: "ASIACALLER")
        let entry = journal.entries().last
        #expect(entry?.cause == Journal.EntryID(number: 41))
        #expect(invoker.last?.cause == entry?.id)
    }
}
