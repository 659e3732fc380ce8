import AccessControl
import Foundation
import RoostHTTPServer

/// `GET /_roost/permissions`: what each function called, and what its policies allow that it has not called.
///
/// The answer is `{"<function>": {"notEvaluated"?, "used": [{"action", "resource"}], "unused": ["<Sid> <action>"]}}`.
struct AccessRecordEndpoint {
    static let path = "/_roost/permissions"

    var record: AccessRecord

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard request.method == "GET" else {
            return HTTPResponse(
                status: 405, headers: ["Content-Type": "application/json"],
                body: Data("{\"message\":\"only GET is supported here\"}".utf8))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Texts always encode.
        let body = (try? encoder.encode(record.entries)) ?? Data()
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
    }
}
