import Foundation
import FunctionPool
import RoostHTTPServer
import Synchronization
import Testing

@testable import RuntimeAPI

@Suite("The Extensions API", .timeLimit(.minutes(1)))
struct ExtensionsAPITests {
    private let api = ExtensionsAPI(function: FunctionMetadata(name: "hello", version: "$LATEST", handler: "hello.handler"))

    /// nil where there is no answer yet.
    private func answer(
        _ method: String, _ path: String, _ headers: HTTPHeaders = [:], body: String = #"{"events":[]}"#
    ) -> HTTPResponse? {
        let answers = Mutex<[HTTPResponse]>([])
        let request = HTTPRequest(
            method: method, target: ExtensionsAPI.prefix + path, headers: headers, body: Data(body.utf8))
        api.handle(request) { answer in answers.withLock { $0.append(answer) } }
        return answers.withLock(\.first)
    }

    private func register(_ name: String, body: String = #"{"events":[]}"#) throws -> HTTPResponse {
        try #require(answer("POST", "register", ["Lambda-Extension-Name": name], body: body))
    }

    /// The status and the error's type.
    private func refusal(_ response: HTTPResponse?) throws -> String {
        let response = try #require(response)
        let object = try JSONSerialization.jsonObject(with: response.body) as? [String: String]
        return "\(response.status) \(object?["errorType"] ?? "none")"
    }

    @Test("a registration for no event gets an identifier and what there is to know of the function")
    func registration() throws {
        let response = try register("shutdown")
        #expect(response.status == 200)
        #expect(
            try JSONSerialization.jsonObject(with: response.body) as? [String: String]
                == ["functionName": "hello", "functionVersion": "$LATEST", "handler": "hello.handler"])
        let identifier = try #require(response.headers["Lambda-Extension-Identifier"])
        #expect(UUID(uuidString: identifier) != nil)
        #expect(answer("GET", "event/next", ["Lambda-Extension-Identifier": identifier]) == nil)
    }

    @Test(
        "what an internal extension cannot have is refused by name",
        arguments: [
            (#"{"events":["SHUTDOWN"]}"#, "403 Extension.InvalidEventType"),
            (#"{"events":["INVOKE"]}"#, "501 Extension.InvalidEventType"),
            (#"{"events":["RESTART"]}"#, "403 Extension.InvalidEventType"), ("[]", "403 InvalidRequestFormat"),
            ("", "403 InvalidRequestFormat"), (#"{"configurationKeys":["a"]}"#, "403 InvalidRequestFormat"),
        ])
    func refused(body: String, refusal: String) throws {
        #expect(try self.refusal(register("shutdown", body: body)) == refusal)
    }

    @Test("a name is needed, is taken once, and there are ten at most")
    func names() throws {
        #expect(try refusal(answer("POST", "register")) == "403 Extension.InvalidExtensionName")
        #expect(try register("1").status == 200)
        #expect(try refusal(register("1")) == "403 Extension.InvalidExtensionState")
        for number in 2...10 { #expect(try register("\(number)").status == 200) }
        #expect(try refusal(register("11")) == "403 Extension.TooManyExtensions")
    }

    @Test("after the runtime's first next nobody registers any more")
    func closed() throws {
        api.closeRegistration()
        #expect(try refusal(register("shutdown")) == "403 Extension.RegistrationClosed")
    }

    @Test("next needs an identifier that was given out")
    func identifiers() throws {
        #expect(try refusal(answer("GET", "event/next")) == "403 Extension.MissingExtensionIdentifier")
        let invalid: HTTPHeaders = ["Lambda-Extension-Identifier": "shutdown"]
        #expect(try refusal(answer("GET", "event/next", invalid)) == "403 Extension.InvalidExtensionIdentifier")
        let unknown: HTTPHeaders = ["Lambda-Extension-Identifier": UUID().uuidString]
        #expect(try refusal(answer("GET", "event/next", unknown)) == "403 Extension.UnknownExtensionIdentifier")
    }

    @Test(
        "what is not built or not there is said",
        arguments: [
            ("POST", "init/error", "501 Extension.NotSupported"), ("POST", "exit/error", "501 Extension.NotSupported"),
            ("GET", "register", "405 MethodNotAllowed"), ("POST", "event/next", "405 MethodNotAllowed"),
            ("GET", "logs", "404 NotFound"),
        ])
    func missing(method: String, path: String, refusal: String) throws {
        #expect(try self.refusal(answer(method, path)) == refusal)
    }

    /// A script in place of a runtime: registers, leaves its extension waiting, serves, and tells when SIGTERM comes.
    @Test("a function registers, serves, and hears of its end")
    func function() async throws {
        let test = try PoolUnderTest(
            script: PoolUnderTest.loop(
                #"respond -d "$code" > /dev/null"#,
                setUp: #"""
                    extensions="http://$AWS_LAMBDA_RUNTIME_API/2020-01-01/extension"
                    trap 'echo "was told"; exit 0' TERM
                    code=$(curl -sS -D "$fields" -o /dev/null -w '%{http_code}' -H 'Lambda-Extension-Name: shutdown' -d '{"events":[]}' "$extensions/register")
                    identifier=$(tr -d '\r' < "$fields" | sed -n 's/^Lambda-Extension-Identifier: //p')
                    curl -sS -o /dev/null -H "Lambda-Extension-Identifier: $identifier" "$extensions/event/next" &
                    """#))
        #expect(await test.invoke().text == "ok 200")
        #expect(await test.invoke().text == "ok 200")
        test.pool.stop()
        await test.waitForLine("was told")
    }
}
