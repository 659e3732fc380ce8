#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import LambdaEvents

/// The JSON object in a request's body.
package enum RequestBody {
    /// A message of 16,000 characters, with all of them escaped, fits in.
    package static let maximumBytes = 128 * 1024

    /// In this order: 415 for another type, 413 for too much, 400 for what is no JSON object.
    package static func object(of request: HTTPAPIRequest) throws(PlatformError) -> [String: JSONValue] {
        let type = request.header("content-type") ?? ""
        let mediaType = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard mediaType == "application/json" else {
            throw PlatformError(.unsupportedMediaType, "The body must be JSON, with Content-Type: application/json")
        }
        let data = request.bodyData ?? Data()
        guard data.count <= maximumBytes else {
            throw PlatformError(.payloadTooLarge, "The body is larger than \(maximumBytes) bytes")
        }
        return try object(from: data)
    }

    package static func object(from data: Data) throws(PlatformError) -> [String: JSONValue] {
        let value: JSONValue
        do {
            value = try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            throw PlatformError(.invalidJSON, "The body is not valid JSON")
        }
        guard let members = value.objectValue else { throw PlatformError(.invalidJSON, "The body must be a JSON object") }
        return members
    }
}
