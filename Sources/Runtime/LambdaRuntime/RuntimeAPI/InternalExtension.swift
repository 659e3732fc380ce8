#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostHTTPClient

/// The registration that makes Lambda send SIGTERM before it takes an environment down; without any extension it sends SIGKILL.
///
/// It asks for no events: those of the shutdown are for external extensions only ("ShutdownEventNotSupportedForInternalExtension").
/// It still has to ask for its next event, since the init phase lasts until each extension did; no event ever comes.
/// Source: AWS Lambda Developer Guide, "Using the Lambda Extensions API to create extensions"; aws/aws-lambda-go registers
/// the same way for its `WithEnableSIGTERM`.
struct InternalExtension: Sendable {
    private let address: String
    private let log: LambdaLog
    private let interruption = HTTPInterruption()

    static let name = "roost-shutdown"
    /// Of the registration, which has a place where the function waits for it.
    private static let timeout = Duration.seconds(1)

    init(address: String, log: LambdaLog) {
        self.address = address
        self.log = log
    }

    /// Registers on a thread of its own, which then waits in vain until ``end()``. A Runtime API without the Extensions API
    /// is none to fail over: it may send SIGTERM all the same.
    nonisolated(nonsending) func register() async {
        await withCheckedContinuation { continuation in
            do {
                try startThread(named: "lambda-extension") {
                    let identifier = registered()
                    continuation.resume()
                    if let identifier { wait(as: identifier) }
                }
            } catch {
                log.warn("the internal extension is not registered: \(error)")
                continuation.resume()
            }
        }
    }

    func end() {
        interruption.interrupt()
    }

    private func registered() -> String? {
        let request = HTTPClientRequest(
            method: "POST", url: base + "register",
            headers: [("Lambda-Extension-Name", Self.name), ("Content-Type", "application/json")],
            body: Data(#"{"events":[]}"#.utf8), timeout: Self.timeout)
        do {
            let connection = try HTTPConnection(configuration: RuntimeAPIClient.configuration, interruption: interruption)
            let response = try connection.send(request)
            if response.status == 200, let identifier = response.header(Self.identifier) { return identifier }
            log.debug("no internal extension: \(response.status) \(response.shortBody)")
        } catch {
            log.debug("no internal extension: \(error)")
        }
        return nil
    }

    private func wait(as identifier: String) {
        let request = HTTPClientRequest(url: base + "event/next", headers: [(Self.identifier, identifier)], timeout: nil)
        do {
            let connection = try HTTPConnection(configuration: RuntimeAPIClient.configuration, interruption: interruption)
            let response = try connection.send(request)
            log.debug("the internal extension got what it had not asked for: \(response.status)")
        } catch .cancelled {
            return
        } catch {
            log.debug("the internal extension's wait ended: \(error)")
        }
    }

    private static let identifier = "Lambda-Extension-Identifier"
    private var base: String { "http://\(address)/2020-01-01/extension/" }
}
