#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostJSON

/// What can be made of a parameter's text.
enum ParameterText {
    static func json<Value: Decodable>(_ type: Value.Type, from data: Data, name: String) throws -> Value {
        do {
            return try LeanJSONDecoder().decode(type, from: data)
        } catch {
            throw ParameterError.notJSON(name: name, reason: place(of: error))
        }
    }

    static func bytes(_ text: String, name: String) throws -> Data {
        guard let data = Data(base64Encoded: text) else { throw ParameterError.notBase64(name: name) }
        return data
    }

    /// Where, without what stands there.
    private static func place(of error: any Error) -> String {
        let path: [any CodingKey] =
            switch error as? DecodingError {
            case .keyNotFound(let key, let context): context.codingPath + [key]
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context.codingPath
            default: []
            }
        return path.isEmpty ? "the document" : path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
