import Foundation
import LambdaEvents
import Testing

struct RawEventTests {
    private func raw(_ text: String) throws -> RawEvent {
        try JSONDecoder().decode(RawEvent.self, from: Data(text.utf8))
    }

    @Test(
        "a document of no known kind reaches the handler whole",
        arguments: [
            "{}", "[]", "null", "17", #""text""#, #"{"Records":[]}"#, #"{"Records":{}}"#,
            #"{"Records":[{"eventSource":"aws:new"}]}"#,
            #"{"Records":[17]}"#, #"{"requestContext":17}"#, #"{"requestContext":{"fieldOfTomorrow":{}}}"#,
            #"{"detail-type":17}"#, #"{"command":"create","arguments":{"a":[1,2.5,null,true]}}"#,
        ])
    func unknown(text: String) throws {
        let event = try raw(text)
        #expect(event.kind == nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let before = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as? NSObject
        let after = try JSONSerialization.jsonObject(with: encoder.encode(event), options: .fragmentsAllowed) as? NSObject
        #expect(before == after)
    }

    @Test("a raw event becomes the typed one of its kind")
    func typed() throws {
        let text = #"{"Step":"createSecret","SecretId":"arn","ClientRequestToken":"t"}"#
        let event = try raw(text)
        #expect(event.kind == .secretRotation)
        #expect(try event.decode(as: SecretRotationEvent.self).step == .createSecret)
        #expect(try RawEvent(document: ["Step": "x", "SecretId": "s"]).kind == .secretRotation)
        #expect(throws: DecodingError.self) { try event.decode(as: SQSEvent.self) }
    }

    @Test("every kind has a sample that is recognized")
    func everyKind() {
        let seen = Set(sampleKinds.compactMap(\.kind))
        #expect(seen == Set(LambdaEventKind.allCases))
    }
}
