import Foundation
import FunctionPool
import RoostHTTPServer
import Synchronization

/// The Extensions API (version 2020-01-01) of one execution environment, as far as a runtime's own extension needs it that
/// registers so as to be sent SIGTERM before its environment ends.
///
/// Such an internal extension registers for no event and then waits for its next one, which never comes. Events of invocations
/// are not built: an extension that registers for them is refused by name. SIGTERM comes with and without an extension; on
/// Lambda only with one. Lambda Developer Guide, "Using the Lambda Extensions API to create extensions"; the texts are those
/// of the Runtime Interface Emulator. What is checked, in this order:
///
/// 1. register: the name, the body, the events, whether the init phase is over, the name's uniqueness, the number;
/// 2. event/next: the identifier's presence, its form, whether it was given out.
final class ExtensionsAPI: Sendable {
    static let prefix = "/2020-01-01/extension/"
    /// As on Lambda.
    static let maximumExtensions = 10

    private struct State {
        var isOpen = true
        var identifiers: [String: UUID] = [:]
        /// Held until the environment is gone: let go of, they would be answered.
        var waiting: [@Sendable (HTTPResponse) -> Void] = []
    }

    private let function: FunctionMetadata
    private let state = Mutex(State())

    init(function: FunctionMetadata) {
        self.function = function
    }

    /// The runtime asked for its first invocation: the init phase is over.
    func closeRegistration() {
        state.withLock { $0.isOpen = false }
    }

    func handle(_ request: HTTPRequest, answer: @escaping @Sendable (HTTPResponse) -> Void) {
        switch (request.method, request.path.dropFirst(Self.prefix.count)) {
        case ("POST", "register"): answer(register(request))
        case ("GET", "event/next"):
            if let refusal = refusal(request["Lambda-Extension-Identifier"]) { return answer(refusal) }
            state.withLock { $0.waiting.append(answer) }
        case ("POST", "init/error"), ("POST", "exit/error"):
            answer(RuntimeAPIReply.error(501, "Extension.NotSupported", "\(request.path) is not built in this emulator"))
        case (_, "register"), (_, "event/next"), (_, "init/error"), (_, "exit/error"):
            answer(RuntimeAPIReply.error(405, "MethodNotAllowed", "\(request.method) is not allowed here"))
        default:
            answer(RuntimeAPIReply.error(404, "NotFound", "The Extensions API has no \(request.method) \(request.path)"))
        }
    }

    private struct Registration: Decodable {
        var events: [String]?
        var configurationKeys: [String]?
    }

    private func register(_ request: HTTPRequest) -> HTTPResponse {
        guard let name = request["Lambda-Extension-Name"] else {
            return Self.forbidden("Extension.InvalidExtensionName", "Empty extension name")
        }
        guard let registration = try? JSONDecoder().decode(Registration.self, from: request.body),
            registration.configurationKeys?.isEmpty ?? true
        else { return Self.forbidden("InvalidRequestFormat", "The body is no {\"events\":[…]}") }
        for event in registration.events ?? [] {
            if let refusal = Self.refusal(event: event) { return refusal }
        }
        return state.withLock { state in
            guard state.isOpen else {
                return Self.forbidden("Extension.RegistrationClosed", "Extension registration closed already")
            }
            guard state.identifiers[name] == nil else {
                return Self.forbidden("Extension.InvalidExtensionState", "Extension with this name already registered")
            }
            guard state.identifiers.count < Self.maximumExtensions else {
                return Self.forbidden("Extension.TooManyExtensions", "Extension limit (\(Self.maximumExtensions)) reached")
            }
            let identifier = UUID()
            state.identifiers[name] = identifier
            return RuntimeAPIReply.registered(function, identifier: identifier)
        }
    }

    private static func refusal(event: String) -> HTTPResponse? {
        switch event {
        case "INVOKE":
            RuntimeAPIReply.error(
                501, "Extension.InvalidEventType", "INVOKE: events of invocations are not built in this emulator")
        case "SHUTDOWN": forbidden("Extension.InvalidEventType", "SHUTDOWN: ShutdownEventNotSupportedForInternalExtension")
        default: forbidden("Extension.InvalidEventType", "\(event): ErrorInvalidEventType")
        }
    }

    private func refusal(_ identifier: String?) -> HTTPResponse? {
        guard let identifier else {
            return Self.forbidden("Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header")
        }
        guard let id = UUID(uuidString: identifier) else {
            return Self.forbidden("Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier")
        }
        guard state.withLock({ $0.identifiers.values.contains(id) }) else {
            return Self.forbidden("Extension.UnknownExtensionIdentifier", "Unknown extension \(identifier)")
        }
        return nil
    }

    private static func forbidden(_ type: String, _ message: String) -> HTTPResponse {
        RuntimeAPIReply.error(403, type, message)
    }
}

extension HTTPRequest {
    /// A field that is there and not empty.
    fileprivate subscript(field: String) -> String? {
        headers[field].flatMap { $0.isEmpty ? nil : $0 }
    }
}
