import LambdaEvents

/// One step of a state or scenario, as events/README.md describes it.
struct Step: Decodable {
    enum Action {
        case invoke(function: String, event: JSONValue)
        case http(HTTPCall)
        case connect(Connect)
        case send(socket: String, json: JSONValue)
        case receive(socket: String)
        case close(socket: String)
        case inbox(channel: String, recipient: String?)
        case dynamodb(operation: String, request: JSONValue)
    }

    struct HTTPCall: Decodable {
        var method: String
        var path: String
        var headers: [String: String]?
        var json: JSONValue?
        var text: String?
    }

    struct Connect: Decodable {
        var socket: String
        var query: [String: String]?
        var headers: [String: String]?
        var protocols: [String]?

        private enum CodingKeys: String, CodingKey {
            case socket = "as"
            case query, headers, protocols
        }
    }

    var name: String
    /// Whose work the step looks at, where the step itself does not say.
    var function: String?
    var action: Action
    var expect: [String: JSONValue]
    var capture: [String: Capture]
    var withinSeconds: Double

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, function, expect, capture
        case withinSeconds = "within_seconds"
        case invoke, http, connect, send, receive, close, inbox, dynamodb

        static let actions: [CodingKeys] = [.invoke, .http, .connect, .send, .receive, .close, .inbox, .dynamodb]
    }

    private struct Invoke: Decodable {
        var function: String
        var event: JSONValue
    }

    private struct Socket: Decodable {
        var name: String
        var json: JSONValue?

        private enum CodingKeys: String, CodingKey {
            case name = "as"
            case json
        }
    }

    private struct Inbox: Decodable {
        var channel: String
        var to: String?
    }

    private struct DynamoDB: Decodable {
        var operation: String
        var request: JSONValue
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try AnyKey.refuseOthers(in: decoder, than: CodingKeys.allCases.map(\.rawValue))
        name = try container.decode(String.self, forKey: .name)
        function = try container.decodeIfPresent(String.self, forKey: .function)
        expect = try container.decodeIfPresent([String: JSONValue].self, forKey: .expect) ?? [:]
        capture = try container.decodeIfPresent([String: Capture].self, forKey: .capture) ?? [:]
        withinSeconds = try container.decodeIfPresent(Double.self, forKey: .withinSeconds) ?? 10
        let present = CodingKeys.actions.filter(container.contains)
        guard present.count == 1, let kind = present.first else {
            let names = CodingKeys.actions.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "step '\(name)' needs exactly one of \(names)"))
        }
        action = try Self.action(kind, container)
    }

    private static func action(_ kind: CodingKeys, _ container: KeyedDecodingContainer<CodingKeys>) throws -> Action {
        switch kind {
        case .invoke:
            let invoke = try container.decode(Invoke.self, forKey: kind)
            return .invoke(function: invoke.function, event: invoke.event)
        case .http: return .http(try container.decode(HTTPCall.self, forKey: kind))
        case .connect: return .connect(try container.decode(Connect.self, forKey: kind))
        case .send:
            let socket = try container.decode(Socket.self, forKey: kind)
            return .send(socket: socket.name, json: socket.json ?? .null)
        case .receive: return .receive(socket: try container.decode(Socket.self, forKey: kind).name)
        case .close: return .close(socket: try container.decode(Socket.self, forKey: kind).name)
        case .inbox:
            let inbox = try container.decode(Inbox.self, forKey: kind)
            return .inbox(channel: inbox.channel, recipient: inbox.to)
        default:
            let call = try container.decode(DynamoDB.self, forKey: kind)
            return .dynamodb(operation: call.operation, request: call.request)
        }
    }
}

/// A list of steps with what they are for: `events/scenarios/<name>.json`, `events/states/<state>.json`.
struct StepList: Decodable {
    var description: String
    var steps: [Step]
    /// Items to put first, by the table's logical id.
    var items: [String: [JSONValue]]

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case description, steps, items
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try AnyKey.refuseOthers(in: decoder, than: CodingKeys.allCases.map(\.rawValue))
        description = try container.decode(String.self, forKey: .description)
        steps = try container.decodeIfPresent([Step].self, forKey: .steps) ?? []
        items = try container.decodeIfPresent([String: [JSONValue]].self, forKey: .items) ?? [:]
    }
}

/// `<case>.expected.json`.
struct Expectation: Decodable {
    var description: String
    var state: String?
    /// Patterns by what they look at: `status`, `body`, `answer`, `error`.
    var patterns: [String: JSONValue]

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case description, state, status, body, answer, error
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try AnyKey.refuseOthers(in: decoder, than: CodingKeys.allCases.map(\.rawValue))
        description = try container.decode(String.self, forKey: .description)
        state = try container.decodeIfPresent(String.self, forKey: .state)
        patterns = [:]
        for key in [CodingKeys.status, .body, .answer, .error] where container.contains(key) {
            patterns[key.rawValue] = try container.decode(JSONValue.self, forKey: key)
        }
        guard !patterns.isEmpty else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "one of status, body, answer, error must be expected"))
        }
    }
}

/// Any key of an object: a misspelt one must not be passed over in silence.
private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }

    static func refuseOthers(in decoder: any Decoder, than known: [String]) throws {
        let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        guard let other = keys.first(where: { !known.contains($0) }) else { return }
        throw DecodingError.dataCorrupted(
            .init(
                codingPath: decoder.codingPath,
                debugDescription: "unknown key '\(other)'; known: \(known.joined(separator: ", "))"))
    }
}
