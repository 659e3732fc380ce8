import AWSClients
import Foundation
import Testing

@Suite("SES v2 by its wire texts")
struct SESClientTests {
    @Test("a simple message with text, HTML and headers")
    func simple() async throws {
        let transport = ScriptedTransport(json: #"{"MessageId":"m"}"#)
        let output = try await SESClient(transport: transport).sendEmail(
            .init(
                fromEmailAddress: "a@example.com", destination: .init(toAddresses: ["b@example.com"]),
                content: .simple(
                    .init(
                        subject: .init(data: "Hällo"), body: .init(text: .init(data: "t"), html: .init(data: "<p>")),
                        headers: [.init(name: "X-Delivery", value: "d")])),
                emailTags: [.init(name: "k", value: "v")]))
        #expect(output.messageID == "m")
        let request = transport.requests[0]
        #expect(request.service == .ses && request.method == "POST" && request.path == "/v2/email/outbound-emails")
        #expect(
            try request.sortedJSON
                == #"{"Content":{"Simple":{"Body":{"Html":{"Charset":"UTF-8","Data":"<p>"},"Text":{"Charset":"UTF-8","Data":"t"}},"#
                + #""Headers":[{"Name":"X-Delivery","Value":"d"}],"Subject":{"Charset":"UTF-8","Data":"Hällo"}}},"#
                + #""Destination":{"ToAddresses":["b@example.com"]},"EmailTags":[{"Name":"k","Value":"v"}],"FromEmailAddress":"a@example.com"}"#
        )
    }

    @Test("a raw message travels as base64, and a refusal keeps its name")
    func raw() async throws {
        let transport = ScriptedTransport(
            .json(
                #"{"message":"Email address is not verified."}"#, status: 400, headers: [("x-amzn-ErrorType", "MessageRejected")])
        )
        let error = await #expect(throws: AWSServiceError.self) {
            try await SESClient(transport: transport).sendEmail(.init(content: .raw(Data("From: a\r\n\r\n".utf8))))
        }
        #expect(error?.code == "MessageRejected" && error?.message == "Email address is not verified.")
        #expect(try transport.requests[0].sortedJSON == #"{"Content":{"Raw":{"Data":"RnJvbTogYQ0KDQo="}}}"#)
    }
}
