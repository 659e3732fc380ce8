#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A Lambda custom runtime (`provided.al2023`) for one handler.
///
/// A function's `main.swift`:
/// ```swift
/// import LambdaRuntime
///
/// await LambdaRuntime.run { environment in try await OrderHandler(environment: environment) }
/// ```
public enum LambdaRuntime {
    /// Makes the handler once, then serves events until the environment is taken down.
    ///
    /// An error from `makeHandler` is told to the platform as the init phase's (`/runtime/init/error`) and ends the
    /// process with code 1; so does a Runtime API that cannot be reached. What an invocation throws is its answer, and
    /// the process goes on.
    ///
    /// Runs on the caller's executor, the main thread as a rule.
    ///
    /// - Parameter onShutdown: runs once before the environment is taken down. Lambda tells a function of it only when an
    ///   extension is registered, so its presence registers one.
    public nonisolated(nonsending) static func run<Handler: LambdaHandler>(
        options: LambdaRuntimeOptions = .init(), onShutdown: (@Sendable (Handler) async -> Void)? = nil,
        _ makeHandler: nonisolated(nonsending) @Sendable (LambdaEnvironment) async throws -> Handler
    ) async -> Never {
        await runProcess(options: options) { InvocationTarget(try await makeHandler($0), onShutdown: onShutdown) }
    }

    /// The process's whole life, for a handler of any kind.
    nonisolated(nonsending) static func runProcess(
        options: LambdaRuntimeOptions,
        _ makeTarget: nonisolated(nonsending) @Sendable (LambdaEnvironment) async throws -> InvocationTarget
    ) async -> Never {
        // A peer that closes its end is an error of that one write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let environment = LambdaEnvironment.current
        if let address = environment.runtimeAPI {
            CrashReporter.install(address: address, format: environment.logFormat, output: .standard)
        }
        let code = await serve(
            environment: environment, options: options, log: nil, limit: nil, handlesSIGTERM: true, makeTarget: makeTarget)
        ProcessEnd.exit(code)
    }

    /// A run without the process: returns its exit code. A cancelled task ends it as SIGTERM does.
    ///
    /// - Parameters:
    ///   - sink: takes the log's lines in place of the process's output.
    ///   - limit: invocations to serve before it returns 0; nil for no end.
    ///   - backOff: when calls of the Runtime API are tried again.
    ///   - grace: how long it waits for invocations when it is to end.
    ///   - handlesSIGTERM: from the end of the init phase; before, the signal ends the process at once.
    nonisolated(nonsending) static func serve(
        environment: LambdaEnvironment, options: LambdaRuntimeOptions = .init(), log sink: (@Sendable (String) -> Void)?,
        limit: Int?, backOff: BackOff = .standard, grace: LoopGroup.Grace = .init(), handlesSIGTERM: Bool = false,
        makeTarget: nonisolated(nonsending) @Sendable (LambdaEnvironment) async throws -> InvocationTarget
    ) async -> Int32 {
        let log = LambdaLog(environment: environment, redaction: options.redaction, sink: sink)
        do {
            let address = try environment.require("AWS_LAMBDA_RUNTIME_API")
            let target: InvocationTarget
            do {
                CrashReporter.prepareThread()
                target = try await LambdaLog.$ofTask.withValue(log) { try await makeTarget(environment) }
                CrashReporter.initialized()
            } catch {
                return await InitFailure(address: address, backOff: backOff, log: log).report(InvocationFailure(error))
            }
            let loops = try LoopGroup(
                address: address, target: target, environment: environment, options: options, log: log, limit: limit,
                backOff: backOff, grace: grace)
            return await run(loops, target, InternalExtension(address: address, log: log), log, handlesSIGTERM)
        } catch {
            log.log(.fatal, String(describing: error))
            return 1
        }
    }

    private nonisolated(nonsending) static func run(
        _ loops: LoopGroup, _ target: InvocationTarget, _ shutdownExtension: InternalExtension, _ log: LambdaLog,
        _ handlesSIGTERM: Bool
    ) async -> Int32 {
        guard let hook = target.shutdown else { return await loops.run(handlesSIGTERM: handlesSIGTERM) }
        await shutdownExtension.register()
        let code = await loops.run(handlesSIGTERM: handlesSIGTERM)
        if await !ShutdownHook.run(hook) { log.warn("the shutdown hook took too long") }
        shutdownExtension.end()
        return code
    }
}
