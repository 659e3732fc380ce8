import APIGateway
import AccessControl
import CloudServices
import DeploymentTemplate
import DynamoDBEndpoint
import EmulatorClock
import EventSources
import Foundation
import FunctionPool
import Inbox
import Journal
import QueueEngine
import RoostHTTPServer
import RuntimeAPI
import StoreEngine

/// Everything that serves a template, started bottom up and stopped top down.
///
/// ```
/// endpoint's port ▶ template ▶ engines ▶ tables, queues, secrets ▶ pool ▶ fronts ▶ event sources
/// ```
final class Emulator: Sendable {
    let addresses: EmulatorAddresses
    private let parts: StopList

    private init(addresses: EmulatorAddresses, parts: StopList) {
        self.addresses = addresses
        self.parts = parts
    }

    /// - Throws: ``Failure`` with one clear line; what was started by then is stopped.
    static func start(_ options: EmulatorOptions) async throws -> Emulator {
        let parts = StopList()
        do {
            return try await start(options, parts)
        } catch {
            await parts.stopAll()
            throw error
        }
    }

    /// Stops in order, within two seconds; no child process is left.
    func stop() async {
        await parts.stopAll()
    }

    private static func start(_ options: EmulatorOptions, _ parts: StopList) async throws -> Emulator {
        // The port comes first: the template's resources carry the endpoint's address.
        let router = EndpointRouter()
        let endpointServer = HTTPServer(.awsEndpoint(host: options.host, port: options.port)) { router.handle($0, $1) }
        let endpoint = "http://\(options.host):\(try endpointServer.startNaming("--port"))"
        parts.add { await offPool { endpointServer.stop() } }

        let deployment = try Deployment.load(options, endpoint: endpoint)
        let functions = deployment.functions.map { FunctionConfiguration($0, options, endpoint: endpoint) }
        if !options.quiet { deployment.uncheckedFunctions.forEach(Console.print) }
        let engines = try Engines(options.data, durability: options.durability, parts)
        try await engines.provision(deployment)
        if !options.quiet { engines.inbox.printArrivals() }

        let pool = try makePool(functions, engines, options)
        parts.add { await offPool { pool.stop() } }
        let authentication = try authentication(options, engines.clock, pool)
        let fronts = try Fronts(deployment, pool: pool, engines: engines, options: options, parts: parts)
        router.open(
            EndpointRouter.Services(
                dynamoDB: DynamoDBFront(engines.dynamoDB, authentication: authentication),
                snapshots: SnapshotEndpoint(store: engines.store),
                cloud: engines.services(deployment, functions: functions, pool: pool),
                webSocket: fronts.webSocket, journal: JournalEndpoint(journal: engines.journal),
                access: AccessGate(deployment, record: options.accessRecord),
                accessRecord: AccessRecordEndpoint(record: options.accessRecord),
                caller: { pool.functionName(forAccessKey: $0) },
                cause: { pool.cause(forAccessKey: $0) }))
        let sources = try EventSources(
            deployment: deployment, store: engines.store, queues: engines.queues, invoker: pool, clock: engines.clock,
            journal: engines.journal, directory: options.data.folder)
        try sources.start()
        parts.add { await offPool { sources.stop() } }

        try RunningEmulator.leaveNote(endpoint: endpoint, in: options.data)
        parts.add { RunningEmulator.removeNote(in: options.data) }
        return Emulator(
            addresses: EmulatorAddresses(
                deployment: deployment, endpoint: endpoint, http: fronts.httpAddress, webSocket: fronts.webSocketAddress),
            parts: parts)
    }

    private static func authentication(
        _ options: EmulatorOptions, _ clock: any EmulatorClock, _ pool: FunctionPool
    ) throws(Failure) -> Authentication {
        guard options.verifiesSignatures else { return .anySignature }
        return try SignatureKeys().authentication(clock) { accessKeyID in
            pool.secrets(forAccessKey: accessKeyID).map {
                SignatureVerifier.Key(secretAccessKey: $0.secretAccessKey, sessionToken: $0.sessionToken)
            }
        }
    }

    private static func makePool(
        _ functions: [FunctionConfiguration], _ engines: Engines, _ options: EmulatorOptions
    ) throws(Failure) -> FunctionPool {
        let isQuiet = options.quiet
        let print: FunctionLogSink = { line in
            // A carriage return stands for a line break within one record, as in CloudWatch.
            if !isQuiet { Console.print("[\(line.functionName)] \(line.text.replacing("\r", with: "\n    "))") }
        }
        let pool = FunctionPool(
            functions: functions, clock: engines.clock, journal: engines.journal, runtimeAPI: RuntimeAPI(),
            log: print)
        if let missing = pool.functionsWithoutProgram.first {
            throw Failure(
                "\(missing.name): no program at \(missing.executable.path); build it with 'swift build -c release', or name the folder with --functions-dir"
            )
        }
        pool.start()
        return pool
    }
}

extension FunctionConfiguration {
    /// - Parameter endpoint: what the AWS SDKs call in place of the cloud; a template's own `AWS_ENDPOINT_URL` wins.
    fileprivate init(_ function: Deployment.Function, _ options: EmulatorOptions, endpoint: String) {
        self.init(
            name: function.name, arn: function.arn,
            executable: options.functionsDirectory.appendingPathComponent(function.handler), handler: function.handler,
            memoryMegabytes: function.memoryMegabytes, timeoutSeconds: function.timeoutSeconds,
            environment: function.environment.merging(["AWS_ENDPOINT_URL": endpoint]) { own, _ in own },
            reservedConcurrency: function.reservedConcurrency)
    }
}

extension Inbox {
    /// Prints each message that a function sends.
    fileprivate func printArrivals() {
        _ = observe { entry in
            let message = entry.message
            let text = message.subject ?? message.text ?? ""
            Console.print("[inbox] \(message.channel.rawValue) to \(message.to.joined(separator: ", ")): \(text)")
        }
    }
}
