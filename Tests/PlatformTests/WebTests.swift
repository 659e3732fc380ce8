import AWSClients
import Foundation
import LambdaEvents
import Testing

@testable import Platform

private func decoded(_ text: String?) throws -> NSDictionary {
    try #require(try JSONSerialization.jsonObject(with: Data((text ?? "").utf8)) as? NSDictionary)
}

@Suite struct EnvelopeTests {
    @Test("a success has the seed's form and headers")
    func success() throws {
        let response = Envelope.success(["id": "1"], status: 201, meta: ["page": 1])
        #expect(response.statusCode == 201)
        #expect(try decoded(response.body) == ["success": true, "data": ["id": "1"], "meta": ["page": 1], "error": NSNull()])
        #expect(response.headers?["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains")
        #expect(response.headers?["Content-Security-Policy"] == "default-src 'self'")
        #expect(response.headers?["X-Frame-Options"] == "DENY")
        #expect(response.headers?["X-Content-Type-Options"] == "nosniff")
        #expect(response.headers?["Referrer-Policy"] == "strict-origin-when-cross-origin")
    }

    @Test("a failure has the seed's form, its fields, and when to come again")
    func failure() throws {
        let error = PlatformError(
            .rateLimited, "Slow down", fields: ["phone_number": ["This field is required"]], retryAfterSeconds: 12)
        let response = Envelope.failure(error, requestID: "r", at: Date(timeIntervalSince1970: 0))
        #expect(response.statusCode == 429)
        #expect(response.headers?["Retry-After"] == "12")
        #expect(
            try decoded(response.body) == [
                "success": false, "data": NSNull(),
                "error": [
                    "code": "RATE_LIMITED", "message": "Slow down", "fields": ["phone_number": ["This field is required"]],
                    "request_id": "r", "timestamp": "1970-01-01T00:00:00.000Z",
                ],
            ])
    }

    @Test("what we did not foresee tells nothing about itself")
    func unforeseen() {
        struct Secret: Error {}
        let error = ErrorCatalogue.publicError(for: Secret())
        #expect(error.code == .internalError && error.message == "Something went wrong on our side")
        #expect(ErrorCatalogue.isDefect(error))
    }
}

@Suite struct ErrorLogTests {
    private func refusal(_ service: AWSService, _ operation: String, _ message: String, status: Int = 400) -> AWSServiceError {
        AWSServiceError(service: service, operation: operation, code: "Refused", message: message, status: status)
    }

    @Test("what SNS and SES say of a number or an address stays out of the log; what DynamoDB says of a table does not")
    func contacts() {
        // As SNS words it.
        let phone = refusal(.sns, "Publish", "Invalid parameter: PhoneNumber Reason: +41790000001 is not valid to publish to")
        let address = refusal(.ses, "SendEmail", "Email address is not verified: ada@example.com")
        #expect(ErrorCatalogue.logText(for: phone) == "sns Publish: Refused")
        #expect(ErrorCatalogue.logText(for: address) == "ses SendEmail: Refused")
        #expect(ErrorCatalogue.logText(for: refusal(.dynamoDB, "GetItem", "no table")).hasSuffix("no table"))
    }
}

@Suite struct PassingErrorTests {
    @Test(
        "what passes is told as such, whichever service it came from",
        arguments: [
            (AWSService.dynamoDB, "TransactionConflictException", 400), (.dynamoDB, "ThrottlingException", 400),
            (.dynamoDB, "InternalServerError", 500), (.sns, "Throttling", 400), (.sqs, "ServiceUnavailable", 503),
        ])
    func passing(service: AWSService, code: String, status: Int) {
        let error = AWSServiceError(service: service, operation: "Call", code: code, message: "", status: status)
        #expect(ErrorCatalogue.publicError(for: error).code == .unavailable)
    }

    @Test("what will fail again is our fault")
    func lasting() {
        let error = AWSServiceError(
            service: .dynamoDB, operation: "GetItem", code: "AccessDeniedException", message: "", status: 400)
        #expect(ErrorCatalogue.publicError(for: error).code == .internalError)
    }
}

@Suite struct RequestTests {
    private func request(_ body: String?, type: String? = "application/json") -> HTTPAPIRequest {
        HTTPAPIRequest(
            rawPath: "/", headers: type.map { ["content-type": $0] } ?? [:],
            requestContext: .init(http: .init(method: "POST", path: "/"), requestId: "r", time: "", timeEpoch: 0), body: body)
    }

    private func code(_ body: () throws -> Void) -> PlatformError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? PlatformError)?.code
        }
    }

    @Test("a body is checked for its type, its size and its form, in this order")
    func bodies() throws {
        #expect(code { _ = try RequestBody.object(of: request("{", type: nil)) } == .unsupportedMediaType)
        #expect(code { _ = try RequestBody.object(of: request("{", type: "text/plain")) } == .unsupportedMediaType)
        let large = "{" + String(repeating: " ", count: RequestBody.maximumBytes)
        #expect(code { _ = try RequestBody.object(of: request(large)) } == .payloadTooLarge)
        for text in ["{", "", "[1]", "1"] { #expect(code { _ = try RequestBody.object(of: request(text)) } == .invalidJSON) }
        #expect(code { _ = try RequestBody.object(of: request(nil)) } == .invalidJSON)
        #expect(try RequestBody.object(of: request("{\"a\":1}", type: "Application/JSON; charset=utf-8")) == ["a": 1])
    }

    @Test("every problem of every field is told, and members that nobody knows")
    func fields() throws {
        var reader = InputReader(["name": "", "age": 7.5, "kind": "x", "extra": 1, "note": "a\u{1}b", "list": ["a", 1]])
        _ = reader.text("name", length: 1...3)
        _ = reader.integer("age", in: 1...9)
        _ = reader.choice("kind", of: Channel.self)
        _ = reader.text("note")
        _ = reader.texts("list", count: 2, length: 1...2)
        _ = reader.phone("phone_number")
        let error = try #require(throws: PlatformError.self) { try reader.finish() }
        #expect(
            error.fields == [
                "name": ["This must not be empty"], "age": ["This must be a whole number from 1 to 9"],
                "kind": ["This must be one of app, whatsapp, email, sms"], "extra": ["This field is not known"],
                "note": ["This must not hold control characters or line breaks"], "list": ["This must be a list of texts"],
                "phone_number": ["This field is required"],
            ])
    }

    @Test(
        "a name is one line, since it stands before what others read as its message; a text has as many as it likes",
        arguments: ["Ada\nYour code is 123456", "Ada\r\nB", "Ada\tB", "Ada\u{85}B", "Ada\u{2028}B"])
    func lines(text: String) throws {
        var reader = InputReader(["name": .string(text), "content": .string(text)])
        #expect(reader.text("content", lines: true) == text)
        #expect(reader.text("name") == nil)
        let error = try #require(throws: PlatformError.self) { try reader.finish() }
        #expect(error.fields == ["name": ["This must not hold control characters or line breaks"]])
    }

    @Test("what draws nothing may stand in no text", arguments: ["a\u{0}b", "a\u{1b}[0m", "a\u{7f}", "a\u{9b}31m"])
    func controls(text: String) {
        var reader = InputReader(["content": .string(text)])
        #expect(reader.text("content", lines: true) == nil)
    }

    @Test("the length of a text is counted in Unicode scalars, as a database counts it")
    func lengths() throws {
        var reader = InputReader(["four": "👍🏽é", "five": "abcde"])
        #expect(reader.text("four", length: 1...4) != nil)
        #expect(reader.text("five", length: 1...4) == nil)
    }

    @Test("pages have defaults, bounds, and an end where a cursor goes on")
    func paging() throws {
        let page = try PageRequest(query: [:], sorts: ["created_at"], ascending: false)
        #expect(
            page
                == (try PageRequest(
                    query: ["page": "1", "per_page": "20", "order": "desc"], sorts: ["created_at"], ascending: true)))
        #expect(try PageRequest(query: ["page": "3", "per_page": "7"], sorts: ["a"], ascending: true).offset == 14)
        for query in [
            ["page": "0"], ["per_page": "101"], ["sort": "name"], ["order": "up"], ["page": "51"], ["cursor": "%"],
            ["other": "1"],
            ["cursor": "YQ", "page": "2"],
        ] {
            let error = try #require(throws: PlatformError.self) {
                try PageRequest(query: query, sorts: ["created_at"], ascending: false)
            }
            #expect(query.keys.contains { error.fields[$0] != nil })
        }
        #expect(try PageRequest(query: ["cursor": "YQ"], sorts: ["created_at"], ascending: false).cursor == "a")
    }
}

@Suite struct FrameTests {
    private let now = Date(timeIntervalSince1970: 1_699_999_999.5)

    @Test("the seed's frame is read, and written in its form")
    func seedFrame() throws {
        let text = """
            {"event": "send_message", "data": {"recipient_id": "uuid", "content": "Hello!", "content_type": "text"},
             "timestamp": 1699999999}
            """
        let frame = try Frame(client: text, at: now)
        #expect(frame.event == "send_message" && frame.data["content"] == "Hello!")
        #expect(try decoded(frame.text) == (try decoded(text)))
    }

    @Test(
        "what is no frame is refused",
        arguments: ["", "x", "[]", "{}", #"{"event": 1}"#, #"{"event": "a", "data": 1}"#, #"{"event": "a", "timestamp": "now"}"#])
    func invalid(text: String) {
        #expect(throws: PlatformError.self) { try Frame(client: text, at: now) }
    }

    @Test("an error frame names the event that failed")
    func errors() throws {
        let frame = Frame.error(.invalid("content", "This field is required"), event: "send_message", at: now)
        #expect(
            try decoded(frame.text) == [
                "event": "error", "timestamp": 1_699_999_999,
                "data": [
                    "code": "INVALID_INPUT", "message": "The input is not valid", "event": "send_message",
                    "fields": ["content": ["This field is required"]],
                ],
            ])
    }
}
