import Foundation
import Journal
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One execution environment's process, output and Runtime API. What state it is in is its function group's to know.
final class ExecutionEnvironment: Sendable {
    private struct State {
        var spawned: ContinuousClock.Instant?
        var initDuration: Duration?
        var initReported = false
        var peakKilobytes = 0
        var entry: Journal.EntryID?
    }

    let id: FunctionScheduler.EnvironmentID
    let credentials = SessionCredentials.random()
    let output: FunctionOutput
    private let configuration: FunctionConfiguration
    private let process = ChildProcess()
    private let state = Mutex(State())

    init(
        id: FunctionScheduler.EnvironmentID, configuration: FunctionConfiguration, entry: Journal.EntryID?,
        sink: @escaping FunctionLogSink
    ) {
        self.id = id
        self.configuration = configuration
        output = FunctionOutput(functionName: configuration.name, sink: sink)
        state.withLock { $0.entry = entry }
    }

    var functionName: String { configuration.name }

    /// The journal's entry of what it works on, or worked on last, or was launched for.
    var entry: Journal.EntryID? {
        get { state.withLock { $0.entry } }
        set { state.withLock { $0.entry = newValue } }
    }

    /// Opens the Runtime API, runs the process to its end and closes, on the calling thread.
    ///
    /// - Parameter ended: is told how it ended, before the Runtime API closes.
    func run(
        on runtimeAPI: any RuntimeAPIServing, runtime: any RuntimeInterface, logStream: String,
        ended: (ProcessEnding) -> Void
    ) {
        do {
            let session = try runtimeAPI.open(runtime)
            defer { session.close() }
            let pipe = try OutputPipe()
            output.read(from: pipe.readEnd)
            defer { output.finish() }
            let ending = run(runtimeAPI: session.address, logStream: logStream, output: pipe)
            output.drain()
            ended(ending)
        } catch {
            ended(.notPrepared("The execution environment could not be made: \(error)"))
        }
    }

    private func run(runtimeAPI: String, logStream: String, output pipe: OutputPipe) -> ProcessEnding {
        let variables = LambdaVariables.make(
            configuration, runtimeAPI: runtimeAPI, credentials: credentials, logStream: logStream,
            inherited: ProcessInfo.processInfo.environment)
        let path = configuration.executable.path
        let launch = ChildProcess.Launch(
            path: path, arguments: [path], environment: variables,
            directory: configuration.executable.deletingLastPathComponent().path, output: pipe.writeEnd)
        let ownPeak = PeakMemory.kilobytes(ofProcess: getpid()) ?? 0
        state.withLock { $0.spawned = .now }
        var isStarted = false
        let outcome = process.run(launch) { id in
            isStarted = true
            close(pipe.writeEnd)
            note(peak: PeakMemory.kilobytes(ofProcess: id) ?? 0)
        }
        // Also where it was stopped before there was a process.
        if !isStarted { close(pipe.writeEnd) }
        // Larger than the emulator ever was means that it is the child's own; see PeakMemory.
        if outcome.maximumResidentKilobytes > ownPeak { note(peak: outcome.maximumResidentKilobytes) }
        return outcome.ending
    }

    func terminate() {
        process.signal(SIGTERM)
    }

    /// Its memory is looked at before, since afterwards there is nothing to look at.
    func kill() {
        _ = peakMemoryKilobytes()
        process.signal(SIGKILL)
    }

    /// The most memory that the process was seen to use.
    func peakMemoryKilobytes() -> Int {
        if let id = process.processID, let peak = PeakMemory.kilobytes(ofProcess: id) { note(peak: peak) }
        return state.withLock { $0.peakKilobytes }
    }

    private func note(peak: Int) {
        state.withLock { $0.peakKilobytes = max($0.peakKilobytes, peak) }
    }

    /// The runtime asked for its first invocation.
    func initFinished() {
        state.withLock { state in
            guard let spawned = state.spawned, state.initDuration == nil else { return }
            state.initDuration = spawned.duration(to: .now)
        }
    }

    /// Since the process was launched.
    var age: Duration { state.withLock { $0.spawned?.duration(to: .now) ?? .zero } }

    /// How long the init took, the first time that it is asked: the invocation that comes first reports it.
    func takeInitDuration() -> Duration? {
        state.withLock { state in
            defer { state.initReported = true }
            return state.initReported ? nil : state.initDuration
        }
    }
}
