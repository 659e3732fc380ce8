import Foundation
import LambdaEvents
import RoostHTTPClient
import RoostHTTPServer

/// Runs the steps of a state or scenario against a running emulator, as a client that knows only its addresses.
struct StepRunner {
    /// What a step did, for the report.
    struct Outcome {
        /// Which function did the work; empty where none did.
        var function: String
        var status: String
    }

    private let addresses: EmulatorAddresses
    private let http: HTTPClient
    private var variables: Variables
    private var sockets: [String: WebSocketClient] = [:]

    init(addresses: EmulatorAddresses, http: HTTPClient) {
        self.addresses = addresses
        self.http = http
        variables = Variables(tables: addresses.tables)
    }

    /// Puts a state's items, each of which must be accepted.
    func put(items: [String: [JSONValue]]) async throws {
        for (table, items) in items.sorted(by: { $0.key < $1.key }) {
            guard let name = addresses.tables[table] else { throw StepError("no table \(table) in the template") }
            for item in items {
                let request: JSONValue = ["TableName": .string(name), "Item": try variables.substitute(item)]
                let answer = try await dynamoDB("PutItem", request)
                if let error = answer["error"] { throw StepError("an item of \(table) was refused: \(Pattern.brief(error))") }
            }
        }
    }

    /// Runs one step, compares and captures.
    mutating func run(_ step: Step) async throws -> Outcome {
        let expected = try substitute(step.expect)
        let (visible, outcome) = try await perform(step, expected: expected)
        if let difference = Pattern.mismatch(expected, visible, at: "") { throw StepError(difference) }
        for (name, capture) in step.capture { variables.set(name, try capture.value(in: visible)) }
        return outcome
    }

    func substitute(_ patterns: [String: JSONValue]) throws(StepError) -> JSONValue {
        try variables.substitute(.object(patterns))
    }

    /// Closes what is still open.
    func finish() {
        for socket in sockets.values { socket.close() }
    }

    private mutating func perform(_ step: Step, expected: JSONValue) async throws -> (JSONValue, Outcome) {
        switch step.action {
        case .invoke(let function, let event):
            let payload = try JSONEncoder().encode(try variables.substitute(event))
            let answer = try await addresses.invoke(function, payload: payload, http: http)
            return (answer.visible, Outcome(function: function, status: answer.failed ? "error" : "ok"))
        case .http(let call):
            let response = try await send(call)
            return (Self.visible(response), Outcome(function: addresses.handler(of: call.path), status: String(response.status)))
        case .connect(let connect):
            let status = try await open(connect)
            return (["status": .integer(Int64(status))], Outcome(function: "websocket-connect", status: String(status)))
        case .send(let name, let json):
            let text = String(decoding: try JSONEncoder().encode(try variables.substitute(json)), as: UTF8.self)
            try socket(name).send(text)
            return ([:], Outcome(function: "websocket-connect", status: "sent"))
        case .receive(let name):
            let text = try await socket(name).receive(within: step.withinSeconds) { text in
                Pattern.mismatch(expected, ["message": Self.json(Data(text.utf8))], at: "") == nil
            }
            return (["message": Self.json(Data(text.utf8))], Outcome(function: step.function ?? "", status: "received"))
        case .close(let name):
            try socket(name).close()
            sockets[name] = nil
            return ([:], Outcome(function: "websocket-connect", status: "closed"))
        case .inbox(let channel, let recipient):
            let recipient = try recipient.map { try variables.substitute($0) }
            let visible = try await retry(step, expected) { try await inbox(channel: channel, recipient: recipient) }
            return (visible, Outcome(function: step.function ?? "", status: "\(visible["count"]?.intValue ?? 0) \(channel)"))
        case .dynamodb(let operation, let request):
            let request = try variables.substitute(request)
            let visible = try await retry(step, expected) { try await dynamoDB(operation, request) }
            return (visible, Outcome(function: step.function ?? "", status: visible["error"] == nil ? "ok" : "error"))
        }
    }

    /// Looks again until what is seen matches or the time is over; a step that expects nothing looks once.
    private func retry(_ step: Step, _ expected: JSONValue, _ look: () async throws -> JSONValue) async throws -> JSONValue {
        let end = ContinuousClock.now + .seconds(step.withinSeconds)
        while true {
            let visible = try await look()
            if Pattern.mismatch(expected, visible, at: "") == nil || ContinuousClock.now >= end { return visible }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func send(_ call: Step.HTTPCall) async throws -> HTTPClientResponse {
        var headers: [(name: String, value: String)] = []
        for (name, value) in call.headers ?? [:] { headers.append((name, try variables.substitute(value))) }
        var body = Data()
        if let json = call.json {
            body = try JSONEncoder().encode(try variables.substitute(json))
            if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
                headers.append(("Content-Type", "application/json"))
            }
        } else if let text = call.text {
            body = Data(try variables.substitute(text).utf8)
        }
        return try await http.send(
            HTTPClientRequest(
                method: call.method, url: addresses.http + (try variables.substitute(call.path)), headers: headers, body: body,
                timeout: .seconds(30)))
    }

    private mutating func open(_ connect: Step.Connect) async throws -> Int {
        var query: [String] = []
        for (name, value) in (connect.query ?? [:]).sorted(by: { $0.key < $1.key }) {
            query.append("\(name)=\(try variables.substitute(value))")
        }
        var headers: [(String, String)] = []
        for (name, value) in connect.headers ?? [:] { headers.append((name, try variables.substitute(value))) }
        if let protocols = connect.protocols {
            headers.append(("Sec-WebSocket-Protocol", try variables.substitute(protocols.joined(separator: ", "))))
        }
        let url = addresses.webSocket + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        switch try await WebSocketClient.connect(url: url, headers: headers) {
        case .open(let socket):
            sockets[connect.socket] = socket
            return 101
        case .refused(let status): return status
        }
    }

    private func socket(_ name: String) throws(StepError) -> WebSocketClient {
        guard let socket = sockets[name] else { throw StepError("no WebSocket is open as '\(name)'") }
        return socket
    }

    private func inbox(channel: String, recipient: String?) async throws -> JSONValue {
        var query = "?channel=\(channel)"
        if let recipient {
            query += "&to=" + (recipient.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? recipient)
        }
        let response = try await http.send(
            HTTPClientRequest(method: "GET", url: addresses.endpoint + "/_roost/inbox" + query, timeout: .seconds(10)))
        guard response.status == 200 else { throw StepError("the inbox answered \(response.status)") }
        let messages = try JSONDecoder().decode(JSONValue.self, from: response.body)["messages"]?.arrayValue ?? []
        var visible: [String: JSONValue] = ["count": .integer(Int64(messages.count))]
        // The inbox lists the oldest first.
        visible["message"] = messages.last
        return .object(visible)
    }

    private func dynamoDB(_ operation: String, _ request: JSONValue) async throws -> JSONValue {
        let response = try await http.send(
            HTTPClientRequest(
                method: "POST", url: addresses.endpoint,
                headers: [
                    ("X-Amz-Target", "DynamoDB_20120810.\(operation)"), ("Content-Type", "application/x-amz-json-1.0"),
                    // Any signature will do; none at all would be refused.
                    (
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=demo/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
                    ),
                ],
                body: try JSONEncoder().encode(request), timeout: .seconds(10)))
        let body = try JSONDecoder().decode(JSONValue.self, from: response.body)
        return response.status == 200 ? ["answer": body] : ["error": body]
    }

    /// An HTTP answer as patterns see it.
    static func visible(_ response: HTTPClientResponse) -> JSONValue {
        var headers: [String: JSONValue] = [:]
        for field in response.headers { headers[field.name.lowercased()] = .string(field.value) }
        return ["status": .integer(Int64(response.status)), "headers": .object(headers), "body": json(response.body)]
    }

    /// A document as patterns see it: what is no JSON is a text.
    static func json(_ data: Data) -> JSONValue {
        (try? JSONDecoder().decode(JSONValue.self, from: data)) ?? .string(String(decoding: data, as: UTF8.self))
    }
}
