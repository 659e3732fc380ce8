import Foundation
import RoostHTTPServer

/// The answers that API Gateway itself gives, with its texts.
enum GatewayAnswer {
    static let unauthorized = message(401, "Unauthorized")
    static let forbidden = message(403, "Forbidden")
    static let notFound = message(404, "Not Found")
    static let requestTooLarge = message(413, "Request Entity Too Large")
    static let headersTooLarge = message(431, "Request Header Fields Too Large")
    static let internalServerError = message(500, "Internal Server Error")
    static let serviceUnavailable = message(503, "Service Unavailable")

    static func message(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(#"{"message":"\#(text)"}"#.utf8))
    }
}
