import Foundation
import LambdaEvents
import Testing

struct CognitoTriggerTests {
    private func event(_ trigger: String, version: String = "1", request: String = "{}", response: String = "{}") -> Data {
        Data(
            #"""
            {"version":"\#(version)","triggerSource":"\#(trigger)","region":"r","userPoolId":"p","userName":"u",
             "callerContext":{"awsSdkVersion":"s","clientId":"c"},"request":\#(request),"response":\#(response)}
            """#.utf8)
    }

    @Test("a handler answers with the event and its response filled; the rest goes back as it came")
    func answer() throws {
        let data = event("PreSignUp_SignUp", request: #"{"userAttributes":{"email":"a@example.com"}}"#)
        var preSignUp = try JSONDecoder().decode(CognitoPreSignUpEvent.self, from: data)
        #expect(preSignUp.request.userAttributes["email"] == "a@example.com")
        preSignUp.response.autoConfirmUser = true
        let answer = try JSONSerialization.jsonObject(with: JSONEncoder().encode(preSignUp)) as? [String: Any]
        #expect(answer?["response"] as? [String: Bool] == ["autoConfirmUser": true])
        #expect(answer?["userName"] as? String == "u")
    }

    @Test("a user's attribute is text, whether Cognito or a sample wrote it")
    func attributes() throws {
        let text = #"{"email_verified":"true","phone_number_verified":false,"custom:level":3,"gone":null}"#
        let attributes = try JSONDecoder().decode(CognitoUserAttributes.self, from: Data(text.utf8))
        #expect(attributes["email_verified"] == "true")
        #expect(attributes["phone_number_verified"] == "false")
        #expect(attributes["custom:level"] == "3")
        #expect(attributes["gone"] == nil && attributes["missing"] == nil)
    }

    @Test("one function takes several triggers, and one of a later day as it is")
    func severalTriggers() throws {
        let request = #"{"userAttributes":{}}"#
        func decode(_ data: Data) throws -> CognitoTriggerEvent {
            try JSONDecoder().decode(CognitoTriggerEvent.self, from: data)
        }
        guard case .preTokenGeneration = try decode(event("TokenGeneration_HostedAuth", request: request)) else {
            Issue.record("version 1 is another trigger")
            return
        }
        guard case .preTokenGenerationV2 = try decode(event("TokenGeneration_HostedAuth", version: "3", request: request)) else {
            Issue.record("version 3 is another trigger")
            return
        }
        let data = event("NewTrigger_Anything", request: #"{"a":1}"#)
        guard case .other(let raw) = try decode(data) else {
            Issue.record("an unknown trigger is a known one")
            return
        }
        #expect(raw.document["request"]?["a"] == 1)
        let back = try JSONSerialization.jsonObject(with: JSONEncoder().encode(decode(data))) as? NSDictionary
        #expect(back == (try JSONSerialization.jsonObject(with: data) as? NSDictionary))
    }

    @Test("each sample of a user pool's trigger is one of the triggers", .enabled(if: SampleEvents.arePresent))
    func samples() throws {
        for kind in sampleKinds where kind.kind == .cognitoUserPool {
            for sample in kind.samples {
                // `PreTokenGen` stands in one sample for `TokenGeneration_…`.
                let text = String(decoding: try SampleEvents.data(sample), as: UTF8.self)
                    .replacingOccurrences(of: "\"PreTokenGen\"", with: "\"TokenGeneration_HostedAuth\"")
                let event = try JSONDecoder().decode(CognitoTriggerEvent.self, from: Data(text.utf8))
                if case .other = event { Issue.record("\(sample) is no known trigger") }
            }
        }
    }
}
