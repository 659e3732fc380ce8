#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

internal import LambdaEvents
internal import RoostCryptography

/// How a key becomes part of a record's id, and a payload its hash: hexadecimal digits over the canonical JSON text.
public enum IdempotencyHash: Sendable {
    /// Nobody can make two keys that count as one.
    case sha256
    /// Powertools' default. For a table that is shared with functions that use it; it keeps nobody from making two keys with
    /// one hash.
    case md5

    /// The text is that of Python's `json.dumps(document, sort_keys=True)`, which Powertools hashes. A whole number is
    /// hashed as one however it was written: `1.0` here is `1`, where Python keeps them apart.
    func hex(_ document: JSONValue) throws -> String {
        let text = Data(JSONText.write(document, .python).utf8)
        return switch self {
        case .sha256: SHA256.hex(text)
        case .md5: Hex.encode(try ProtocolDigest.md5(text))
        }
    }
}

extension JSONValue {
    /// Whether there is nothing to tell requests apart by: null, an empty text, or a list or object of nulls alone.
    ///
    /// Source: Powertools for AWS Lambda (Python), `BasePersistenceLayer.is_missing_idempotency_key`.
    var isMissingKey: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.allSatisfy(\.isNull)
        case .object(let members): members.values.allSatisfy(\.isNull)
        case .bool, .integer, .number: false
        }
    }
}
