#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import LambdaEvents
internal import RoostJSON

/// JSON as bytes, and Swift values as JSON.
package enum JSONForm {
    /// The document in these bytes; nil if they are none.
    package static func parse(_ data: Data) -> JSONValue? {
        // All that the error knows is that it is no JSON.
        try? LeanJSONDecoder().decode(JSONValue.self, from: data)
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        try LeanJSONDecoder().decode(type, from: data)
    }

    /// The members of a document in the order of their names, so that equal ones have equal texts; those of other values in
    /// the order in which they encode them.
    package static func text(_ value: some Encodable) throws -> String {
        if let document = value as? JSONValue { return JSONText.write(document) }
        return String(decoding: try LeanJSONEncoder().encode(value), as: UTF8.self)
    }

    /// nil for a value that has no JSON form.
    static func of(_ value: some Any) -> JSONValue? {
        switch value {
        case let value as any RawRepresentable: of(value.rawValue)
        case let value as any Encodable: try? JSONValue(encoding: value)
        default: nil
        }
    }
}
