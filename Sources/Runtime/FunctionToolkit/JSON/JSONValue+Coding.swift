#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

public import LambdaEvents

extension JSONValue {
    /// The document that a value encodes to.
    ///
    /// - Throws: `EncodingError`.
    public init(encoding value: some Encodable) throws {
        if let document = value as? JSONValue {
            self = document
        } else {
            self = try JSONDecoder().decode(JSONValue.self, from: try JSONEncoder().encode(value))
        }
    }

    /// A value of a type from the document.
    ///
    /// - Throws: `DecodingError`.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: try JSONEncoder().encode(self))
    }
}
