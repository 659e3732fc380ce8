import Foundation
import FunctionPool
import LambdaEvents
import Testing

/// Python's `websockets`, where some Python here has it.
enum PythonWebSockets {
    static let python: String? = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let environments = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/.build")) ?? []  // none: no build
        let candidates = environments.map { "\(root.path)/.build/\($0)/bin/python" } + ["/usr/bin/python3"]
        let found = candidates.first { candidate in
            FileManager.default.isExecutableFile(atPath: candidate)
                && run(candidate, "import websockets.sync.client", [])?.status == 0
        }
        if found == nil { print("skipped: no Python with the package websockets, in .build/*/bin or installed") }
        return found
    }()

    static func run(_ python: String, _ script: String, _ arguments: [String]) -> (status: Int32, output: String)? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", script] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        guard (try? process.run()) != nil else { return nil }  // no such program
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}

@Suite struct ThirdPartyClientTests {
    static let script = """
        import sys, json, http.client, websockets
        from urllib.parse import quote
        from websockets.sync.client import connect
        port = sys.argv[1]
        with connect(f"ws://127.0.0.1:{port}/dev?token=1", subprotocols=["roost.bearer", "t"], compression="deflate") as ws:
            assert ws.subprotocol == "roost.bearer", ws.subprotocol
            pong = ws.ping(b"x")
            assert pong.wait(10)
            ws.send(json.dumps({"event": "fail", "text": "gr\\u00fc\\u00dfe"}))
            error = json.loads(ws.recv(10))
            assert error["message"] == "Internal server error", error
            call = http.client.HTTPConnection("127.0.0.1", int(port))
            path = "/dev/@connections/" + quote(error["connectionId"], safe="")
            headers = {"Authorization": "AWS4-HMAC-SHA256 Credential=x"}
            call.request("POST", path, b"a" * 100000, headers)
            answer = call.getresponse()
            assert answer.status == 200 and answer.read() == b""
            assert ws.recv(10) == "a" * 100000
            call.request("DELETE", path, headers=headers)
            assert call.getresponse().status == 204
            try:
                ws.recv(10)
                raise AssertionError("still open")
            except websockets.ConnectionClosedOK as closed:
                assert closed.rcvd.code == 1000, closed
        try:
            connect(f"ws://127.0.0.1:{port}/dev")
            raise AssertionError("let in")
        except websockets.InvalidStatus as refused:
            assert refused.response.status_code == 401, refused
        print("fine")
        """

    @Test("Python's websockets connects with a subprotocol, talks, and is closed", .enabled(if: PythonWebSockets.python != nil))
    func pythonClient() throws {
        let answers: @Sendable (String, JSONValue) -> InvocationResult.Outcome? = { _, event in
            switch event["requestContext"]?["eventType"] {
            case "CONNECT" where event["queryStringParameters"]?["token"] != "1": .json(#"{"statusCode":401}"#)
            case "CONNECT": .json(#"{"statusCode":200,"headers":{"Sec-WebSocket-Protocol":"roost.bearer"}}"#)
            case "MESSAGE": .functionError(payload: Data("{}".utf8))
            default: WebSocketHarness.ok
            }
        }
        try WebSocketHarness.serving(answer: answers) { (harness: WebSocketHarness) throws in
            let python = try #require(PythonWebSockets.python)
            let result = try #require(PythonWebSockets.run(python, Self.script, ["\(harness.port)"]))
            #expect(result.output == "fine\n")
            #expect(result.status == 0)
        }
    }
}
