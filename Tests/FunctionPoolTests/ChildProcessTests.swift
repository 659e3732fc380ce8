import Foundation
import Synchronization
import Testing

@testable import FunctionPool

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct ChildProcessTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs a script to its end on a thread of its own.
    private func run(
        _ path: String, _ process: ChildProcess = ChildProcess(), variables: [String: String] = [:],
        onLine: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> (ChildProcess.Outcome, output: [String]) {
        let lines = Mutexed<[String]>([])
        let output = FunctionOutput(functionName: "hello") { line in
            lines.change { $0.append(line.text) }
            onLine(line.text)
        }
        let pipe = try OutputPipe()
        output.read(from: pipe.readEnd)
        let launch = ChildProcess.Launch(
            path: path, arguments: [path], environment: ["PATH": "/usr/bin:/bin"].merging(variables) { $1 },
            directory: folder.url.path, output: pipe.writeEnd)
        let outcome = await withCheckedContinuation { continuation in
            Thread {
                let outcome = process.run(launch) { _ in }
                close(pipe.writeEnd)
                output.finish()
                continuation.resume(returning: outcome)
            }.start()
        }
        return (outcome, lines.value)
    }

    @Test("a process's lines and its exit status arrive, the last line without its end too")
    func exitStatus() async throws {
        let script = try folder.script("function", "echo out; echo err >&2; printf 'caf\\351 \\r\\n'; printf end; exit 3")
        let (outcome, output) = try await run(script.path)
        #expect(outcome.ending == .exited(code: 3))
        #expect(output == ["out", "err", "caf\u{FFFD} ", "end"])
        #expect(outcome.maximumResidentKilobytes > 0)
    }

    @Test("a process has the variables, the folder and the group that it was given, no input, and no other descriptor")
    func surroundings() async throws {
        let script = try folder.script(
            "function", "echo \"$GREETING\"; pwd; cat; ls /proc/self/fd | wc -l; ps -o pgid= -p $$ | tr -d ' '; echo $$")
        let (_, output) = try await run(script.path, variables: ["GREETING": "a=b c"])
        #expect(Array(output.prefix(2)) == ["a=b c", folder.url.path])
        // Input, output, error, and the folder that ls reads.
        #expect(output[2] == "4")
        #expect(output[3] == output[4])
    }

    @Test("what cannot be executed says why")
    func notStarted() async throws {
        let missing = folder.url.appending(path: "missing").path
        #expect(try await run(missing).0.ending == .notStarted(errno: ENOENT, path: missing))
        let text = folder.url.appending(path: "text")
        try Data("hello".utf8).write(to: text)
        #expect(try await run(text.path).0.ending == .notStarted(errno: EACCES, path: text.path))
    }

    @Test("a signal reaches the whole group")
    func signalToGroup() async throws {
        let script = try folder.script("function", "sleep 300 & echo $!; wait")
        let process = ChildProcess()
        let (outcome, output) = try await run(script.path, process) { _ in process.signal(SIGKILL) }
        #expect(outcome.ending == .killed(signal: SIGKILL, coreDumped: false))
        let id = try #require(output.first.flatMap(Int32.init))
        #expect(await isGone(id))
    }

    @Test("what a process leaves running in its group ends with it")
    func leftovers() async throws {
        let script = try folder.script("function", "sleep 300 >/dev/null 2>&1 & echo $!")
        let (outcome, output) = try await run(script.path)
        #expect(outcome.ending == .exited(code: 0))
        let id = try #require(output.first.flatMap(Int32.init))
        #expect(await isGone(id))
    }

    @Test("a signal before the start means that there is none")
    func cancelled() async throws {
        let process = ChildProcess()
        process.signal(SIGTERM)
        let script = try folder.script("function", "echo started")
        let (outcome, output) = try await run(script.path, process)
        #expect(outcome.ending == .killed(signal: SIGTERM, coreDumped: false))
        #expect(output == [])
    }

    #if os(Linux)
        @Test("a child dies with the thread that runs it, and so with the emulator")
        func parentDeath() async throws {
            let script = try folder.script("function", "exec sleep 300")
            let pipe = try OutputPipe()
            let launch = ChildProcess.Launch(
                path: script.path, arguments: [script.path], environment: ["PATH": "/usr/bin:/bin"],
                directory: folder.url.path, output: pipe.writeEnd)
            let process = ChildProcess()
            // The thread that starts it is left by pthread_exit, as the threads of a killed process are.
            let id: pid_t = await withCheckedContinuation { continuation in
                Thread {
                    _ = process.run(launch) { id in
                        continuation.resume(returning: id)
                        pthread_exit(nil)
                    }
                }.start()
            }
            let status = await Task.detached { () -> Int32 in
                var status: Int32 = 0
                waitpid(id, &status, 0)
                return status
            }.value
            close(pipe.readEnd)
            close(pipe.writeEnd)
            #expect(status & 0x7f == SIGKILL)
        }
    #endif

    /// Whether the process ends within two seconds; asked again and again, as a killed orphan is reaped by someone else.
    private func isGone(_ id: pid_t) async -> Bool {
        for _ in 0..<200 {
            if kill(id, 0) != 0 || isZombie(id) { return true }
            try? await Task.sleep(for: .milliseconds(10))  // cut short only when the test itself is
        }
        return false
    }

    private func isZombie(_ id: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? "State:\tZ"
        return status.contains("State:\tZ")
    }
}

/// A value behind a lock that closures can share.
final class Mutexed<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) {
        mutex = Mutex(value)
    }

    var value: Value { mutex.withLock { $0 } }

    func change(_ body: (inout Value) -> Void) {
        mutex.withLock { body(&$0) }
    }
}
