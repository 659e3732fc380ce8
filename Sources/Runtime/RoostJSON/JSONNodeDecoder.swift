/// One value of a document as a `Decoder`. Three words, so that an `any Decoder` holds it in place.
package struct JSONNodeDecoder {
    let document: JSONDocument
    let index: Int
}

extension JSONNodeDecoder: Decoder {
    package var codingPath: [any CodingKey] { document.path(to: index) }
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    package func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard document.nodes[index].kind == .object else { throw document.mismatch([String: Any].self, at: index) }
        return KeyedDecodingContainer(JSONKeyedDecodingContainer(document: document, object: index))
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard document.nodes[index].kind == .array else { throw document.mismatch([Any].self, at: index) }
        return JSONUnkeyedDecodingContainer(document: document, array: index)
    }

    package func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension JSONNodeDecoder: SingleValueDecodingContainer {
    package func decodeNil() -> Bool { document.isNull(index) }
    package func decode(_ type: Bool.Type) throws -> Bool { try document.decodeBool(at: index) }
    package func decode(_ type: String.Type) throws -> String { try document.decodeString(at: index) }
    package func decode(_ type: Double.Type) throws -> Double { try document.decodeDouble(at: index) }
    package func decode(_ type: Float.Type) throws -> Float { try document.decodeFloat(at: index) }
    package func decode(_ type: Int.Type) throws -> Int { try document.decodeInt(at: index) }
    package func decode(_ type: Int8.Type) throws -> Int8 { try document.decodeInteger(type, at: index) }
    package func decode(_ type: Int16.Type) throws -> Int16 { try document.decodeInteger(type, at: index) }
    package func decode(_ type: Int32.Type) throws -> Int32 { try document.decodeInteger(type, at: index) }
    package func decode(_ type: Int64.Type) throws -> Int64 { try document.decodeInteger(type, at: index) }
    @available(macOS 15, *)
    package func decode(_ type: Int128.Type) throws -> Int128 { try document.decodeInteger(type, at: index) }
    package func decode(_ type: UInt.Type) throws -> UInt { try document.decodeInteger(type, at: index) }
    package func decode(_ type: UInt8.Type) throws -> UInt8 { try document.decodeInteger(type, at: index) }
    package func decode(_ type: UInt16.Type) throws -> UInt16 { try document.decodeInteger(type, at: index) }
    package func decode(_ type: UInt32.Type) throws -> UInt32 { try document.decodeInteger(type, at: index) }
    package func decode(_ type: UInt64.Type) throws -> UInt64 { try document.decodeInteger(type, at: index) }
    @available(macOS 15, *)
    package func decode(_ type: UInt128.Type) throws -> UInt128 { try document.decodeInteger(type, at: index) }
    package func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try document.decode(type, at: index) }
}
