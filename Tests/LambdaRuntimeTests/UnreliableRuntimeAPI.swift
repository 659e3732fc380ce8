import Foundation
import Synchronization

/// A Runtime API whose connections break as told: Python's sockets, since an HTTP server would not do it. Each step is for one
/// request, on whatever connection it comes:
///
/// - `event ID`: answers with an event; `event ID bye`: and closes then;
/// - `202`: accepts; `202 bye`: and closes then; `403`: refuses;
/// - `hang up`: closes in place of an answer; `half`: closes in the middle of it.
final class UnreliableRuntimeAPI {
    let port: Int
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()

    init(_ steps: [String]) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program] + steps
        // The program ends with its standard input, so it cannot outlive the tests.
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        port = try Self.line(of: output).flatMap { Int($0) } ?? 0
    }

    private static func line(of pipe: Pipe) throws -> String? {
        var line = Data()
        while let byte = try pipe.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
            if byte == Data("\n".utf8) { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    /// Ends it; returns what it was asked, each with the number of its connection.
    func stop() throws -> [String] {
        try input.fileHandleForWriting.close()
        let rest = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: rest, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

private let program = #"""
    import os, socket, sys, threading
    steps = sys.argv[1:]
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    count = 0
    def serve(connection, number):
        file = connection.makefile("rb")
        while True:
            line = file.readline().decode()
            if not line: return
            length = 0
            while (field := file.readline().decode().strip()):
                name, _, value = field.partition(":")
                if name.lower() == "content-length": length = int(value)
            file.read(length)
            print(number, line.split()[1].removeprefix("/2018-06-01/runtime"), flush=True)
            step = steps.pop(0).split() if steps else ["wait"]
            if step == ["wait"]: threading.Event().wait()
            if step == ["hang", "up"]: break
            if step[0] == "event":
                head, body = f"200 OK\r\nLambda-Runtime-Aws-Request-Id: {step[1]}", b"1"
            else:
                head, body = step[0] + " Said", b"{}"
            if step[0] == "half": head, body = "200 OK\r\nLambda-Runtime-Aws-Request-Id: half", b"12345"
            answer = f"HTTP/1.1 {head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            connection.sendall(answer[:-2] if step[0] == "half" else answer)
            if step[-1] in ("bye", "half"): break
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()
    while True:
        connection, _ = listener.accept()
        count += 1
        threading.Thread(target=serve, args=(connection, count), daemon=True).start()
    """#
