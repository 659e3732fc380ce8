import Foundation

@testable import LambdaRuntime

/// A Runtime API that is not ours: Python's server, which reads each streamed answer chunk by chunk and tells how it came.
///
/// What it does with an answer stands in the invocation's id: `read-1`, `refuse-2`, …
final class StreamingRuntimeAPI {
    struct Post: Decodable {
        var path: String
        var headers: [String: String]
        /// Names are lower-case.
        var trailers: [String: String]
        var length: Int
        var sha256: String
        /// The first 64 KB in base64.
        var start: Data
        /// The client closed the connection after the answer to its answer.
        var closed: Bool

        var text: String { String(decoding: start, as: UTF8.self) }

        func header(_ name: String) -> String? { headers[name.lowercased()] }
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    let port: Int

    /// - Parameter invocations: ids; each event is `{"id": …}`.
    init(_ invocations: [String]) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", pythonProgram] + invocations
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        port = Int(Self.line(output)) ?? 0
    }

    var environment: LambdaEnvironment {
        LambdaEnvironment(variables: ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(port)", "AWS_LAMBDA_LOG_FORMAT": "JSON"])
    }

    /// Ends it and returns what it was told.
    func stop() throws -> [Post] {
        try input.fileHandleForWriting.close()
        let posts = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try JSONDecoder().decode([Post].self, from: posts)
    }

    private static func line(_ pipe: Pipe) -> String {
        var line = Data()
        while let byte = try? pipe.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) {
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }
}

private let pythonProgram = #"""
    import base64, hashlib, json, os, socket, sys, threading, time
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    events, posts, lock, busy = sys.argv[1:], [], threading.Lock(), threading.Semaphore(0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        def log_message(self, *arguments): pass
        def answer(self, status, body=b"{}", headers=()):
            self.send_response_only(status)
            for name, value in headers: self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body); self.wfile.flush()
        def do_GET(self):
            with lock: event = events.pop(0) if events else None
            if event is None: threading.Event().wait()
            deadline = str(int(time.time() * 1000) + (1_000 if event.startswith("hurry") else 900_000))
            self.answer(200, json.dumps({"id": event}).encode(), [
                ("Lambda-Runtime-Aws-Request-Id", event), ("Lambda-Runtime-Deadline-Ms", deadline)])
        def pieces(self):                 # of the body, whichever way it is framed
            if "Transfer-Encoding" not in self.headers:
                yield self.rfile.read(int(self.headers["Content-Length"])); return
            assert self.headers["Transfer-Encoding"] == "chunked"
            while size := int(self.rfile.readline().split(b";")[0], 16):
                yield self.rfile.read(size)
                assert self.rfile.readline() == b"\r\n"
            for line in iter(self.rfile.readline, b"\r\n"):
                name, value = line.decode().rstrip("\r\n").split(": ", 1)
                self.trailers[name.lower()] = value
        def do_POST(self):
            name = self.path.split("/")[4]
            mode = name.split("-")[0]
            self.trailers, digest, length, start = {}, hashlib.sha256(), 0, b""
            if mode in ("refuse", "gone"):   # after the first bytes
                next(self.pieces())
                self.answer(413 if mode == "refuse" else 410, b'{"errorMessage": "said no"}', [("Connection", "close")])
                self.close_connection = True
                while self.rfile.read1(65536): pass
            elif mode == "drop":             # the connection, after the first bytes
                next(self.pieces())
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                self.close_connection = True
            else:
                for piece in self.pieces():
                    digest.update(piece); length += len(piece)
                    if len(start) < 65536: start += piece
                self.answer(202)
            closed = mode == "read" and "chunked" == self.headers.get("Transfer-Encoding") and self.rfile.read1(1) == b""
            with lock:
                posts.append({
                    "path": self.path.removeprefix("/2018-06-01/runtime"), "trailers": self.trailers, "length": length,
                    "headers": {name.lower(): value for name, value in self.headers.items()},
                    "sha256": digest.hexdigest(), "start": base64.b64encode(start).decode(), "closed": closed})
            busy.release()

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    count = len(events)
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    for _ in range(count): busy.acquire()
    print(json.dumps(sorted(posts, key=lambda post: post["path"])), flush=True)
    os._exit(0)
    """#
