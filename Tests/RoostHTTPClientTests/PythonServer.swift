import Foundation

/// A server that is not ours: Python's, started by a test and gone with it.
final class PythonServer {
    let port: Int
    private let process = Process()
    private let input = Pipe()

    enum Failure: Error {
        case noPort
    }

    /// - Parameter certificate: a PEM file with certificate and key; with it the server speaks TLS.
    init(certificate: URL? = nil) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", pythonProgram] + (certificate.map { [$0.path] } ?? [])
        // The program ends with its standard input, so it cannot outlive the tests.
        process.standardInput = input
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) {
            line.append(byte)
        }
        guard let port = Int(String(decoding: line, as: UTF8.self)) else { throw Failure.noPort }
        self.port = port
    }

    var address: String { "http://127.0.0.1:\(port)" }

    func stop() {
        try? input.fileHandleForWriting.close()  // It may have ended by itself.
        process.waitUntilExit()
    }
}

/// What each path does stands at its branch.
private let pythonProgram = #"""
    import hashlib, json, os, socket, ssl, sys, threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    hanging, release, first, go = [threading.Event() for _ in range(4)]

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        def log_message(self, *arguments): pass
        def answer(self, status, body, headers=()):
            self.send_response_only(status)
            for name, value in headers: self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD": self.wfile.write(body)
        def chunks(self):                # of a chunked body; what follows the last one goes into self.trailers
            while size := int(self.rfile.readline().split(b";")[0], 16):
                yield self.rfile.read(size)
                assert self.rfile.readline() == b"\r\n"
            self.trailers = [line.decode().rstrip("\r\n") for line in iter(self.rfile.readline, b"\r\n")]
        def upload(self):                # how the body came
            digest, count, length = hashlib.sha256(), 0, 0
            for chunk in self.chunks():
                first.set(); digest.update(chunk); count += 1; length += len(chunk)
            told = {"length": length, "chunks": count, "sha256": digest.hexdigest(), "trailers": self.trailers}
            self.answer(202, json.dumps(told).encode())
        def drain(self):                 # until the client closes
            self.close_connection = True
            while self.rfile.read1(65536): pass
        def any(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = self.path.split("?")[0]
            if path == "/echo":          # the request as it came, and the client's port
                text = self.requestline + "\n" + "".join(f"{n}: {v}\n" for n, v in self.headers.items()) + "\n"
                self.answer(200, text.encode() + body, [("X-Client-Port", str(self.client_address[1]))])
            elif path == "/duplicates":
                self.answer(404, b"", [("Set-Cookie", "a=1"), ("X-Empty", ""), ("Set-Cookie", "b=2"), ("X-Space", "  s p  ")])
            elif path == "/redirect":
                self.answer(302, b"moved", [("Location", "/echo")])
            elif path == "/interim":
                self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
                self.answer(200, b"final", [("X-Final", "yes")])
            elif path == "/trailers":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-First: 1\r\n\r\n3\r\nabc\r\n0\r\nX-Last: 2\r\n\r\n")
            elif path == "/zeros":       # as many as the query says
                self.answer(200, bytes(int(self.path.split("?")[1])))
            elif path == "/hang":        # until the server ends
                hanging.set(); release.wait()
            elif path == "/after-hang":
                hanging.wait(); self.answer(200, b"")
            elif path == "/break":       # half of an answer
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"); self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
            elif path == "/not-http":
                self.wfile.write(b"SSH-2.0-OpenSSH\r\n"); self.close_connection = True
            elif path == "/meet":        # answered when five are here
                meeting.wait(); self.answer(200, b"")
            elif path == "/wire":        # a chunked body as it came, up to the empty line at its end
                lines = iter(self.rfile.readline, b"\r\n")
                self.answer(200, b"".join(lines) + b"\r\n", [("X-Coding", self.headers.get("Transfer-Encoding", ""))])
            elif path == "/upload":
                self.upload()
            elif path == "/after-first": # answered when a chunk of an upload has come
                first.wait(); self.answer(200, b"")
            elif path == "/stall":       # an upload that is not read before /go
                go.wait(); self.upload()
            elif path == "/go":
                go.set(); self.answer(200, b"")
            elif path == "/refuse":      # before the body
                self.answer(413, b"too much"); self.wfile.flush(); self.drain()
            elif path == "/refuse-close":
                self.answer(413, b"too much", [("Connection", "close")]); self.wfile.flush(); self.drain()
            elif path == "/drop":        # the connection, after the first chunk
                next(self.chunks())
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                self.close_connection = True
            elif path == "/close":       # promises to keep the connection, then closes it
                self.answer(200, b""); self.close_connection = True
        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = any

    meeting = threading.Barrier(5)
    server = Server(("127.0.0.1", 0), Handler)
    if len(sys.argv) > 1:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    os._exit(0)
    """#

/// Runs `body` against a server of its own.
func withPythonServer<T>(_ body: (PythonServer) async throws -> T) async throws -> T {
    let server = try PythonServer()
    defer { server.stop() }
    return try await body(server)
}
