import DeploymentTemplate
import Foundation
import LambdaEvents
import RoostHTTPClient

/// `roost invoke`: one event, by a running emulator or one that is started for this call.
struct InvokeCommand {
    var options: InvokeOptions

    /// - Returns: 0, or 1 where the function ended with an error, whose JSON is printed all the same.
    func run() async throws -> Int32 {
        let payload = try event()
        let http = try HTTPClient()
        if let endpoint = options.endpointURL ?? RunningEmulator.endpoint(in: options.emulator.data) {
            let deployment = try Deployment.load(options.emulator, endpoint: endpoint)
            let addresses = EmulatorAddresses(deployment: deployment, endpoint: endpoint)
            return show(
                try await addresses.invoke(options.function, payload: payload, withLog: options.showLog, http: http))
        }
        var settings = options.emulator
        (settings.port, settings.httpPort, settings.webSocketPort) = (0, 0, 0)
        settings.quiet = true
        let emulator = try await Emulator.start(settings)
        let result: Result<InvocationAnswer, any Error>
        do {
            result = .success(
                try await emulator.addresses.invoke(options.function, payload: payload, withLog: options.showLog, http: http))
        } catch {
            result = .failure(error)
        }
        await emulator.stop()
        return show(try result.get())
    }

    private func event() throws(Failure) -> Data {
        let data: Data
        do {
            data = try options.event.map { try Data(contentsOf: $0) } ?? FileHandle.standardInput.readToEnd() ?? Data()
        } catch {
            throw Failure("the event \(options.event?.relativePath ?? "on standard input") cannot be read")
        }
        guard (try? JSONDecoder().decode(JSONValue.self, from: data)) != nil else {  // the error's place would be a guess
            throw Failure("the event \(options.event?.relativePath ?? "on standard input") is not JSON")
        }
        return data
    }

    private func show(_ answer: InvocationAnswer) -> Int32 {
        if let log = answer.log { Console.error(log) }
        Console.print(String(decoding: answer.payload, as: UTF8.self))
        return answer.failed ? 1 : 0
    }
}
