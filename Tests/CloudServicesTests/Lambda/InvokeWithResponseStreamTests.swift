import CloudServices
import EmulatorClock
import Foundation
import FunctionPool
import Journal
import RoostHTTPServer
import Synchronization
import Testing

/// A function that does what the payload's text says.
private final class StreamingFunction: FunctionInvoker {
    /// Signalled by the client when it has seen the first chunk.
    let go = DispatchSemaphore(value: 0)
    private let left = Mutex(false)

    /// Whether a caller who went away was noticed: what is written for him is taken and dropped.
    var finished: Bool { left.withLock { $0 } }

    func invoke(_ request: InvocationRequest, completion: @escaping @Sendable (InvocationResult) -> Void) {
        let text = String(decoding: request.payload, as: UTF8.self)
        Thread.detachNewThread { [self] in
            var result = InvocationResult(outcome: .success(Data()), requestID: "8f1c", log: Data("END\n".utf8))
            switch text {
            case #""stream""#:
                request.reader?.begin(contentType: "text/plain")
                write(Data("first ".utf8), to: request)
                go.wait()
                write(Data("second".utf8), to: request)
            case #""large""#:
                request.reader?.begin(contentType: nil)
                for index in 0..<100 { write(Data(repeating: UInt8(index), count: 200_000), to: request) }
            case #""late""#:
                request.reader?.begin(contentType: nil)
                write(Data("half".utf8), to: request)
                result.streamError = StreamError(type: "Function.Late", body: Data(#"{"errorType":"Late"}"#.utf8))
            case #""early""#: result.outcome = .functionError(payload: Data(#"{"errorType":"Early"}"#.utf8))
            case #""whole""#: result.outcome = .success(Data("whole".utf8))
            default: result.outcome = .refused(.throttled)
            }
            left.withLock { $0 = true }
            completion(result)
        }
    }

    /// Waits while there is no room.
    private func write(_ bytes: Data, to request: InvocationRequest) {
        var rest = bytes
        while !rest.isEmpty {
            let room = DispatchSemaphore(value: 0)
            let taken = request.reader?.receive(rest, resume: { room.signal() }) ?? rest.count
            rest = rest.dropFirst(taken)
            if !rest.isEmpty { room.wait() }
        }
    }
}

private final class Source: HTTPBodySource {
    private let stream: ServiceStream

    init(_ stream: ServiceStream) { self.stream = stream }

    func read(into buffer: UnsafeMutableRawBufferPointer, ready: @escaping @Sendable () -> Void) -> HTTPBodyPiece {
        switch stream.read(into: buffer, ready: ready) {
        case .bytes(let count): .bytes(count)
        case .later: .later
        case .end: .end
        }
    }

    func close() { stream.close() }
}

/// botocore checks the lengths and both checksums of each message itself.
@Suite("InvokeWithResponseStream") struct InvokeWithResponseStreamTests {
    @Test("boto3 gets chunks while the function makes them, errors where they belong", .enabled(if: Boto3Tests.isPresent))
    func boto3() async throws {
        let invoker = StreamingFunction()
        let service = service(invoker)
        let server = HTTPServer(.init()) { request, exchange in
            if request.path == "/go" {
                invoker.go.signal()
                exchange.respond(HTTPResponse(status: 200))
                return
            }
            service.handle(
                ServiceRequest(
                    method: request.method, path: request.path, rawQuery: request.rawQuery, headers: request.headers.fields,
                    body: request.body)
            ) { reply in
                let head = HTTPResponse(status: reply.status, headers: HTTPHeaders(reply.headers), body: reply.body)
                if let stream = reply.stream {
                    exchange.respond(head, streaming: Source(stream))
                } else {
                    exchange.respond(head)
                }
            }
        }
        let port = try server.start()
        defer { server.stop() }
        let result = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Boto3Tests.run(Self.script, port: port) })
            }
        }
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.hasSuffix("done\n"))
    }

    @Test("an asynchronous invocation is none of its types, a dry run is")
    func types() async {
        let event = await invoke(headers: [("X-Amz-Invocation-Type", "Event")])
        #expect(event.status == 400)
        #expect(event.stream == nil)
        #expect(String(decoding: event.body, as: UTF8.self).contains("enum value set: [RequestResponse, DryRun]"))
        #expect(await invoke(headers: [("X-Amz-Invocation-Type", "DryRun")]).status == 204)
        #expect(await invoke("none").status == 404)
    }

    @Test("a caller who leaves does not hold the function up")
    func leaves() async {
        let invoker = StreamingFunction()
        let reply = await invoke(payload: #""large""#, by: invoker)
        reply.stream?.close()
        while !invoker.finished { await Task.yield() }
    }

    private func service(_ invoker: StreamingFunction) -> LambdaService {
        let function = FunctionConfiguration(
            name: "hello", arn: "arn:aws:lambda:us-east-1:000000000000:function:hello", executable: URL(filePath: "/hello"),
            handler: "hello")
        return LambdaService(
            functions: [function], region: "us-east-1", accountID: "000000000000", invoker: invoker,
            journal: Journal(clock: ManualClock()))
    }

    private func invoke(
        _ name: String = "hello", payload: String = "{}", headers: [(name: String, value: String)] = [],
        by invoker: StreamingFunction = StreamingFunction()
    ) async -> ServiceReply {
        await service(invoker).handle(
            ServiceRequest(
                method: "POST", path: "/2021-11-15/functions/\(name)/response-streaming-invocations", headers: headers,
                body: Data(payload.utf8)))
    }

    private static let script = """
        import base64, json, sys, urllib.request, boto3
        from botocore.config import Config
        from botocore.exceptions import ClientError
        endpoint = 'http://127.0.0.1:' + sys.argv[1]
        client = boto3.client('lambda', endpoint_url=endpoint, region_name='us-east-1',
            aws_access_key_id='AKIATEST', aws_secret_access_key='secret', config=Config(retries={'max_attempts': 0}))
        def invoke(what, **options):
            return client.invoke_with_response_stream(FunctionName='hello', Payload=json.dumps(what), **options)
        answer = invoke('stream', LogType='Tail')
        assert answer['StatusCode'] == 200 and answer['ExecutedVersion'] == '$LATEST', answer
        assert answer['ResponseStreamContentType'] == 'application/vnd.amazon.eventstream', answer
        events = iter(answer['EventStream'])
        assert next(events) == {'PayloadChunk': {'Payload': b'first '}}
        urllib.request.urlopen(endpoint + '/go').read()  # The function waits for this before it goes on.
        assert next(events) == {'PayloadChunk': {'Payload': b'second'}}
        assert next(events) == {'InvokeComplete': {'LogResult': base64.b64encode(b'END\\n').decode()}}
        assert list(events) == []
        size = 0
        events = list(invoke('large')['EventStream'])
        data = b''.join(event['PayloadChunk']['Payload'] for event in events[:-1])
        assert data == b''.join(bytes([index]) * 200_000 for index in range(100)), len(data)
        assert events[-1] == {'InvokeComplete': {}}, events[-1]
        assert list(invoke('whole')['EventStream']) == [{'PayloadChunk': {'Payload': b'whole'}}, {'InvokeComplete': {}}]
        assert list(invoke('late')['EventStream']) == [{'PayloadChunk': {'Payload': b'half'}},
            {'InvokeComplete': {'ErrorCode': 'Function.Late', 'ErrorDetails': '{"errorType":"Late"}'}}]
        assert list(invoke('early')['EventStream']) == [
            {'InvokeComplete': {'ErrorCode': 'Unhandled', 'ErrorDetails': '{"errorType":"Early"}'}}]
        try:
            invoke('refused')
            assert False
        except ClientError as error:
            assert error.response['Error']['Code'] == 'TooManyRequestsException', error.response
        print('done')
        """
}
