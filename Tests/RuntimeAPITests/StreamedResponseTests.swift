import Foundation
import FunctionPool
import Synchronization
import Testing

/// Keeps what a streamed answer brings, and takes it only while it is awake.
private final class Reader: ResponseReader {
    struct State {
        var contentType: String?
        var bytes = Data()
        var isAsleep = false
        var resume: (@Sendable () -> Void)?
    }

    private let state: Mutex<State>
    /// One element for each call.
    let calls: AsyncStream<Void>
    private let called: AsyncStream<Void>.Continuation

    init(isAsleep: Bool = false) {
        state = Mutex(State(isAsleep: isAsleep))
        (calls, called) = AsyncStream.makeStream()
    }

    var contentType: String? { state.withLock(\.contentType) }
    var bytes: Data { state.withLock(\.bytes) }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func begin(contentType: String?) {
        state.withLock { $0.contentType = contentType }
    }

    func receive(_ bytes: Data, resume: @escaping @Sendable () -> Void) -> Int {
        defer { called.yield() }
        return state.withLock { state in
            if state.isAsleep {
                state.resume = resume
                return 0
            }
            state.bytes.append(bytes)
            return bytes.count
        }
    }

    func wake() {
        let resume = state.withLock { state in
            state.isAsleep = false
            return state.resume
        }
        resume?()
    }
}

/// Against a runtime in Python that writes its chunks and trailers to the socket by hand.
@Suite("A streamed response", .timeLimit(.minutes(1))) struct StreamedResponseTests {
    /// `handler` finds the event in `event` and answers with `Stream(…)`, `.write(bytes)` and `.end(trailers)`.
    private func pool(_ handler: String) throws -> PoolUnderTest {
        try PoolUnderTest(
            script: """
                exec python3 - <<'PYTHON'
                import base64, http.client, os, socket, sys, time
                host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
                base = "/2018-06-01/runtime/invocation/"
                def call(method, path, body=None, headers={}):
                    connection = http.client.HTTPConnection(host, int(port))
                    connection.request(method, base + path, body, headers)
                    answer = connection.getresponse()
                    return answer.status, answer.headers, answer.read()
                class Stream:
                    def __init__(self, content_type="application/octet-stream", request=None):
                        self.socket = socket.create_connection((host, int(port)))
                        self.send(f"POST {base}{request or id}/response HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\n")
                        self.send(f"Content-Type: {content_type}\\r\\nLambda-Runtime-Function-Response-Mode: streaming\\r\\n")
                        self.send("Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\\r\\n\\r\\n")
                    def send(self, text): self.socket.sendall(text.encode())
                    def write(self, data):
                        self.socket.sendall(b"%x\\r\\n" % len(data) + data + b"\\r\\n")
                    def end(self, trailers=""):
                        self.send("0\\r\\n" + trailers + "\\r\\n")
                        return self.answer()
                    def answer(self):
                        answer = http.client.HTTPResponse(self.socket)
                        answer.begin()
                        return answer.status
                while True:
                    _, fields, event = call("GET", "next")
                    id = fields["Lambda-Runtime-Aws-Request-Id"]
                \(handler.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
                PYTHON
                """)
    }

    private func invoke(_ test: PoolUnderTest, _ payload: String = "{}", reader: Reader) async -> InvocationResult {
        await test.pool.invoke(InvocationRequest(functionName: "hello", payload: Data(payload.utf8), reader: reader))
    }

    private static let failing = #"""
        stream = Stream()
        stream.write(b"half")
        body = base64.b64encode(b'{"errorType":"Late","errorMessage":"too late"}').decode()
        status = stream.end(f"Lambda-Runtime-Function-Error-Type: Function.Late\r\nLambda-Runtime-Function-Error-Body: {body}\r\n")
        print("answered", status, flush=True)
        """#

    @Test("a caller without streaming gets the whole answer, the prelude's bytes too")
    func gathered() async throws {
        let test = try pool(
            #"""
            stream = Stream("application/vnd.awslambda.http-integration-response")
            stream.write(b'{"statusCode":201}' + bytes(8)); stream.write(b"body of "); stream.write(event)
            print("answered", stream.end(), flush=True)
            """#)
        for event in ["1", "2"] {
            let result = await test.invoke(event)
            #expect(result.text == "ok {\"statusCode\":201}" + String(repeating: "\0", count: 8) + "body of " + event)
        }
        await test.waitForLine("answered 202")
    }

    @Test("a caller who streams gets the bytes while the function still makes more")
    func streamed() async throws {
        let test = try pool(
            #"""
            stream = Stream("text/plain")
            stream.write(b"first ")
            while not os.path.exists("go"): time.sleep(0.005)
            stream.write(b"second")
            stream.end()
            """#)
        let reader = Reader()
        async let pending = invoke(test, reader: reader)
        for await _ in reader.calls { break }
        #expect(reader.contentType == "text/plain")
        #expect(reader.text == "first ")
        try Data().write(to: test.folder.appending(path: "go"))
        let result = await pending
        #expect(result.text == "ok ")
        #expect(result.streamError == nil)
        #expect(reader.text == "first second")
        #expect(result.logText.contains("REPORT RequestId: \(result.requestID)\t"))
    }

    @Test("a caller who does not read holds the function up")
    func backPressure() async throws {
        let test = try pool(
            #"""
            stream = Stream()
            for _ in range(40): stream.write(bytes(1 << 20))
            print("written", flush=True)
            stream.end()
            """#)
        let reader = Reader(isAsleep: true)
        async let pending = invoke(test, reader: reader)
        for await _ in reader.calls { break }
        #expect(reader.bytes.isEmpty)
        reader.wake()
        _ = await pending
        #expect(reader.bytes.count == 40 << 20)
        await test.waitForLine("written")
    }

    @Test("an error in mid-stream is the answer of a caller without streaming")
    func lateErrorGathered() async throws {
        let test = try pool(Self.failing)
        let result = await test.invoke()
        #expect(result.text == #"error {"errorType":"Late","errorMessage":"too late"}"#)
        #expect(result.logText.contains("\tStatus: error\tError Type: Function.Late"))
        await test.waitForLine("answered 202")
    }

    @Test("an error in mid-stream follows the bytes to a caller who streams")
    func lateErrorStreamed() async throws {
        let test = try pool(Self.failing)
        let reader = Reader()
        let result = await invoke(test, reader: reader)
        #expect(reader.text == "half")
        #expect(result.text == "ok ")
        #expect(
            result.streamError
                == StreamError(type: "Function.Late", body: Data(#"{"errorType":"Late","errorMessage":"too late"}"#.utf8)))
    }

    @Test("what a caller without streaming cannot be given is refused at 6 MB, and the environment goes on")
    func tooLarge() async throws {
        let test = try pool(
            #"""
            stream = Stream()
            try:
                for _ in range(int(event)): stream.write(bytes(1 << 20))
                status = stream.end()
            except OSError:
                status = stream.answer()
            print("answered", status, flush=True)
            """#)
        let result = await test.invoke("8")
        #expect(
            result.text
                == #"error {"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}"#
        )
        await test.waitForLine("answered 413")
        #expect(await test.invoke("1").text.utf8.count == 3 + (1 << 20))
    }

    @Test("once an answer has begun, an error of its own and another answer are refused, and a wrong id is")
    func refusals() async throws {
        let test = try pool(
            #"""
            stream = Stream()
            stream.write(b"begun")
            error, _, message = call("POST", id + "/error", b"{}")
            again = Stream().answer()
            whole, _, _ = call("POST", id + "/response", b"{}")
            print("refused", error, again, whole, message.decode(), flush=True)
            print("ended", stream.end(), Stream(request="another").answer(), flush=True)
            """#)
        #expect(await test.invoke().text == "ok begun")
        await test.waitForLine(
            #"refused 403 403 403 {"errorMessage":"State transition from InvocationResponse to InvocationErrorResponse failed"#)
        await test.waitForLine("ended 202 403")
    }

    @Test("a process that dies in mid-stream is told as its end, a connection that it gives up as a truncated response")
    func lost() async throws {
        let test = try pool(
            #"""
            stream = Stream()
            stream.write(b"half")
            if event == b'"die"': os._exit(3)
            while event == b'"hold"' and not os.path.exists("go"): time.sleep(0.005)
            stream.socket.close()
            if event == b'"hold"': time.sleep(300)
            """#)
        let died = await test.invoke(#""die""#)
        #expect(died.text.contains("Runtime exited with error: exit status 3"))
        #expect(died.text.contains("Runtime.ExitError"))
        // Noticed by the next call, and by the connection's end alone.
        let truncated =
            #"error {"errorMessage":"The connection was lost before the end of the streamed response.","errorType":"Runtime.TruncatedResponse"}"#
        #expect(await test.invoke(#""drop""#).text == truncated)
        let reader = Reader()
        async let held = invoke(test, #""hold""#, reader: reader)
        for await _ in reader.calls { break }
        try Data().write(to: test.folder.appending(path: "go"))
        #expect(await held.text == truncated)
        #expect(reader.text == "half")
    }

    @Test("a stream that is not over at the time-out ends with it")
    func timedOut() async throws {
        let test = try pool(
            #"""
            stream = Stream()
            stream.write(b"half")
            time.sleep(300)
            """#)
        let reader = Reader()
        async let pending = invoke(test, reader: reader)
        for await _ in reader.calls { break }
        test.clock.advance(bySeconds: 3)
        let result = await pending
        #expect(result.text.contains("Task timed out after 3.00 seconds"))
        #expect(reader.text == "half")
    }
}
