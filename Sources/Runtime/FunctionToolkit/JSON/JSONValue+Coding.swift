#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

public import LambdaEvents
internal import RoostJSON

extension JSONValue {
    /// The document that a value encodes to.
    ///
    /// - Throws: `EncodingError`.
    public init(encoding value: some Encodable) throws {
        if let document = value as? JSONValue {
            self = document
        } else {
            self = try LeanJSONDecoder().decode(JSONValue.self, from: try LeanJSONEncoder().encode(value))
        }
    }

    /// A value of a type from the document.
    ///
    /// - Throws: `DecodingError`.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try LeanJSONDecoder().decode(type, from: try LeanJSONEncoder().encode(self))
    }
}
