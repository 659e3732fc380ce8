#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

public import LambdaEvents

/// What is wrong with a request's body before anybody looks at its content.
public enum HTTPBodyError: Error, Sendable, Equatable {
    /// 415 (RFC 9110, 15.5.16). `actual` is the `Content-Type` header, nil if there is none.
    case unsupportedMediaType(expected: String, actual: String?)
    /// 400: there is no body.
    case missing
    /// 400: the event says base64 and the body is none.
    case invalidBase64
    /// 400: no JSON document.
    case malformedJSON

    /// The status that fits.
    public var status: Int {
        if case .unsupportedMediaType = self { 415 } else { 400 }
    }
}

extension HTTPAPIRequest {
    /// Checks the body's media type; parameters such as `charset` and the case of letters play no part.
    ///
    /// - Throws: ``HTTPBodyError/unsupportedMediaType(expected:actual:)``.
    public func requireContentType(_ mediaType: String) throws(HTTPBodyError) {
        let header = header("content-type")
        let actual = header?.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
        guard actual == mediaType.lowercased() else {
            throw .unsupportedMediaType(expected: mediaType, actual: header)
        }
    }

    /// Decodes a JSON body whose media type is `application/json`.
    ///
    /// - Throws: ``HTTPBodyError``, or ``FieldErrors`` where it is JSON of another shape: the first field that does not
    ///   fit, as `JSONDecoder` stops there.
    public func decodeJSONBody<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try requireContentType("application/json")
        guard let data = bodyData else { throw HTTPBodyError.invalidBase64 }
        guard !data.isEmpty else { throw HTTPBodyError.missing }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            guard let errors = FieldErrors(error) else { throw HTTPBodyError.malformedJSON }
            throw errors
        }
    }
}
