import AWSClients
import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Testing

@testable import Platform

private func decoded(_ text: String?) throws -> NSDictionary {
    try #require(try JSONSerialization.jsonObject(with: Data((text ?? "").utf8)) as? NSDictionary)
}

private func text(of response: HTTPResponse) -> String? {
    if case .text(let text) = response.body { text } else { nil }
}

@Suite struct EnvelopeTests {
    @Test("a success has the seed's form and headers")
    func success() throws {
        let response = Envelope.success(["id": "1"], status: 201, meta: ["page": 1])
        #expect(response.status == 201)
        #expect(
            try decoded(text(of: response)) == ["success": true, "data": ["id": "1"], "meta": ["page": 1], "error": NSNull()])
        #expect(response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains")
        #expect(response.headers["Content-Security-Policy"] == "default-src 'self'")
        #expect(response.headers["X-Frame-Options"] == "DENY")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
        #expect(response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin")
    }

    @Test("a failure has the seed's form, its fields, and when to come again")
    func failure() throws {
        let error = PlatformError(
            .rateLimited, "Slow down", fields: ["phone_number": ["This field is required"]], retryAfterSeconds: 12)
        let response = Envelope.failure(error, requestID: "r", at: Date(timeIntervalSince1970: 0))
        #expect(response.status == 429)
        #expect(response.headers["Retry-After"] == "12")
        #expect(
            try decoded(text(of: response)) == [
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
    private func answer(_ body: String?, type: String? = "application/json", path: String = "/things") async throws -> (
        status: Int, error: NSDictionary?
    ) {
        let router = try HTTPRouter { routes in
            routes.usePlatform(time: TimeSource { Date(timeIntervalSince1970: 0) })
            routes.post("/things", .input(.object(.required("a", .integer(in: 1...9))))) { _, a in
                Envelope.success(.integer(Int64(a)))
            }
        }
        let request = HTTPAPIRequest(
            rawPath: path, headers: type.map { ["content-type": $0] } ?? [:],
            requestContext: .init(http: .init(method: "POST", path: path), requestId: "gateway-1", time: "", timeEpoch: 0),
            body: body)
        let response = await router.respond(to: request, context: .test())
        return (response.statusCode, try decoded(response.body)["error"] as? NSDictionary)
    }

    @Test(
        "a body is checked for its type, its size and its form, in this order, and refused in the envelope",
        arguments: [
            ("{", nil, 415, "UNSUPPORTED_MEDIA_TYPE"), ("{", "text/plain", 415, "UNSUPPORTED_MEDIA_TYPE"),
            ("{" + String(repeating: " ", count: 128 * 1024), "application/json", 413, "PAYLOAD_TOO_LARGE"),
            ("{", "application/json", 400, "INVALID_JSON"), ("", "application/json", 400, "INVALID_JSON"),
            ("[1]", "application/json", 400, "INVALID_JSON"), ("1", "application/json", 400, "INVALID_JSON"),
            (nil, "application/json", 400, "INVALID_JSON"), (#"{"a":10}"#, "application/json", 400, "INVALID_INPUT"),
        ] as [(String?, String?, Int, String)])
    func bodies(body: String?, type: String?, status: Int, code: String) async throws {
        let answer = try await answer(body, type: type)
        #expect(answer.status == status && answer.error?["code"] as? String == code)
        #expect(answer.error?["request_id"] as? String == "gateway-1")
    }

    @Test("the seed's base path counts with and without its version, and what is unknown is in the envelope too")
    func paths() async throws {
        for path in ["/things", "/v1/things"] {
            #expect(try await answer(#"{"a":1}"#, type: "Application/JSON; charset=utf-8", path: path).status == 200)
        }
        #expect(try await answer(nil, path: "/nothing").error?["code"] as? String == "NOT_FOUND")
    }

    @Test("one problem is told in the message too")
    func single() {
        #expect(PlatformError(FieldErrors(["a": ["This must be b"]])).message == "a: This must be b")
        #expect(PlatformError(FieldErrors(["a": ["x"], "b": ["y"]])).message == "The input is not valid")
    }

    @Test("ids, phone numbers, addresses and times of day are what they must be")
    func domain() {
        var reader = FieldReader([
            "id": "x", "phone": "12", "email": "a", "time": "24:00", "url": "http://a.b/c", "quoted": "https://a.b/\"",
        ])
        _ = reader.read("id", .identifier)
        _ = reader.read("phone", .phone)
        _ = reader.read("email", .email)
        _ = reader.read("time", .timeOfDay)
        _ = reader.read("url", .webAddress(maximumLength: 50))
        _ = reader.read("quoted", .webAddress(maximumLength: 50))
        #expect(reader.errors.fields.keys.sorted() == ["email", "id", "phone", "quoted", "time", "url"])
        var right = FieldReader(["time": "22:30", "url": "https://a.b/c?d=e", "phone": "+41790000001"])
        #expect(right.read("time", .timeOfDay)?.text == "22:30" && right.read("url", .webAddress(maximumLength: 50)) != nil)
        #expect(right.read("phone", .phone)?.text == "+41790000001" && right.errors.isEmpty)
    }

    @Test("pages have defaults, bounds, and an end where a cursor goes on")
    func paging() throws {
        #expect(try page([:]) == (try page(["page": "1", "per_page": "20", "order": "desc"], ascending: true)))
        #expect(try page(["page": "3", "per_page": "7"]).offset == 14)
        for query in [
            ["page": "0"], ["per_page": "101"], ["sort": "name"], ["order": "up"], ["page": "51"], ["cursor": "%"],
            ["cursor": "YQ", "page": "2"],
        ] {
            let error = try #require(throws: FieldErrors.self) { try page(query) }
            #expect(query.keys.contains { error.fields[$0] != nil })
        }
        #expect(try page(["cursor": "YQ"]).cursor == "a")
    }
}

@Suite struct FrameTests {
    private let now = Date(timeIntervalSince1970: 1_699_999_999.5)

    @Test("a frame is written in the seed's form")
    func seedFrame() throws {
        let frame = Frame("send_message", ["recipient_id": "uuid", "content": "Hello!", "content_type": "text"], at: now)
        let text = """
            {"event": "send_message", "data": {"recipient_id": "uuid", "content": "Hello!", "content_type": "text"},
             "timestamp": 1699999999}
            """
        #expect(try decoded(frame.text) == (try decoded(text)))
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
