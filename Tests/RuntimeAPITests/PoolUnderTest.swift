import EmulatorClock
import Foundation
import FunctionPool
import Journal
import RuntimeAPI
import Synchronization

/// A pool of functions that are shell scripts speaking the Runtime API through curl; its clock stands still.
final class PoolUnderTest: Sendable {
    let folder: URL
    let clock = ManualClock()
    let journal: Journal
    let pool: FunctionPool
    private let lines: Lines

    final class Lines: Sendable {
        private struct State {
            var all: [FunctionLogLine] = []
            var awaited: [(text: String, continuation: CheckedContinuation<Void, Never>)] = []
        }

        private let state = Mutex(State())

        var all: [FunctionLogLine] { state.withLock { $0.all } }

        func add(_ line: FunctionLogLine) {
            let resumed = state.withLock { state in
                state.all.append(line)
                let resumed = state.awaited.filter { line.text.contains($0.text) }
                state.awaited.removeAll { line.text.contains($0.text) }
                return resumed
            }
            resumed.forEach { $0.continuation.resume() }
        }

        func wait(for text: String) async {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if state.all.contains(where: { $0.text.contains(text) }) { return true }
                    state.awaited.append((text, continuation))
                    return false
                }
                if isThere { continuation.resume() }
            }
        }
    }

    /// - Parameters:
    ///   - script: what `function` does; nil leaves its program away.
    init(script: String?, environments: Int = 10, environment: [String: String] = [:], timeoutSeconds: Int = 3) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "roost-runtime-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let lines = Lines()
        self.lines = lines
        journal = Journal(clock: clock)
        var limits = FunctionPool.Limits()
        limits.environmentsPerFunction = environments
        pool = FunctionPool(
            functions: [
                FunctionConfiguration(
                    name: "hello", arn: "arn:aws:lambda:eu-west-1:000000000000:function:hello",
                    executable: folder.appending(path: "function"), handler: "hello", timeoutSeconds: timeoutSeconds,
                    environment: environment)
            ], clock: clock, journal: journal, runtimeAPI: RuntimeAPI(), limits: limits
        ) { lines.add($0) }
        if let script { try write(script) }
        pool.start()
    }

    deinit {
        pool.stop()
        try? FileManager.default.removeItem(at: folder)  // a leftover in the temporary folder harms nobody
    }

    /// In place of the program that is there, as a linker does it.
    func write(_ script: String) throws {
        let new = folder.appending(path: "new")
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: new)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: new.path)
        guard rename(new.path, folder.appending(path: "function").path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    func invoke(_ payload: String = "{}", function: String = "hello", cause: Journal.EntryID? = nil) async -> InvocationResult {
        await pool.invoke(InvocationRequest(functionName: function, payload: Data(payload.utf8), cause: cause))
    }

    var log: [FunctionLogLine] { lines.all }

    func waitForLine(_ text: String) async { await lines.wait(for: text) }

    /// A runtime's loop: `handler` finds the event in `$body`, the id in `$id` and the fields in the file `$fields`.
    static func loop(_ handler: String, setUp: String = ":") -> String {
        """
        api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        fields="$LAMBDA_TASK_ROOT/fields.$$"
        respond() { curl -sS -o "$LAMBDA_TASK_ROOT/answer.$$" -w '%{http_code}' "$@" "$api/invocation/$id/response"; }
        \(setUp)
        while true; do
          body=$(curl -sS -D "$fields" "$api/invocation/next") || exit 9
          id=$(tr -d '\\r' < "$fields" | sed -n 's/^Lambda-Runtime-Aws-Request-Id: //p')
          \(handler)
        done
        """
    }

    static let echo = loop(#"respond -d "$body" > /dev/null"#)
}

extension InvocationResult {
    /// `ok …`, `error …` or `refused …`.
    var text: String {
        switch outcome {
        case .success(let body): "ok " + String(decoding: body, as: UTF8.self)
        case .functionError(let payload): "error " + String(decoding: payload, as: UTF8.self)
        case .refused(let refusal): "refused \(refusal)"
        }
    }

    var logText: String { String(decoding: log, as: UTF8.self) }
}
