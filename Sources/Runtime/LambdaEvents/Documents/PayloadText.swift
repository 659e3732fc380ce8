import RoostJSON

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Decodes a JSON document that an event carries as text or as bytes.
func decodePayload<Value: Decodable>(_ type: Value.Type, _ bytes: Data) throws -> Value {
    try LeanJSONDecoder().decode(type, from: bytes)
}

extension JSONValue {
    /// A value of a type of yours from the document.
    ///
    /// - Throws: `DecodingError`.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try decodePayload(type, LeanJSONEncoder().encode(self))
    }

    /// The document that a value encodes to.
    ///
    /// - Throws: `EncodingError`.
    public init(encoding value: some Encodable) throws {
        if let document = value as? JSONValue {
            self = document
        } else {
            self = try LeanJSONDecoder().decode(JSONValue.self, from: LeanJSONEncoder().encode(value))
        }
    }
}
