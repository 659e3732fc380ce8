/// The members of an object, written as they come.
struct JSONKeyedEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    /// Among the writer's frames, and where the frame began.
    let place: Int
    let start: Int

    var codingPath: [any CodingKey] { Array(writer.path.prefix(max(0, place))) }

    @inline(__always)
    private func begin(_ key: Key) {
        writer.beginMember(key.stringValue, of: place, start: start)
    }
}

extension JSONKeyedEncodingContainer {
    func encodeNil(forKey key: Key) { begin(key); writer.writeValue { $0.appendPlain("null") } }
    func encode(_ value: Bool, forKey key: Key) { begin(key); writer.writeValue { $0.appendPlain(value ? "true" : "false") } }
    func encode(_ value: String, forKey key: Key) { begin(key); writer.writeValue { $0.appendString(value) } }
    func encode(_ value: Double, forKey key: Key) throws { begin(key); try writer.encodeDouble(value) }
    func encode(_ value: Float, forKey key: Key) throws { begin(key); try writer.encodeFloat(value) }
    func encode(_ value: Int, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int8, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int16, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int32, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int64, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: UInt, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt8, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt16, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt32, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt64, forKey key: Key) { begin(key); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    @available(macOS 15, *)
    func encode(_ value: Int128, forKey key: Key) { begin(key); writer.writeValue { $0.appendPlain(value.description) } }
    @available(macOS 15, *)
    func encode(_ value: UInt128, forKey key: Key) { begin(key); writer.writeValue { $0.appendPlain(value.description) } }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        begin(key); try JSONValueEncoder.encode(value, to: writer)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        begin(key)
        return JSONValueEncoder(writer).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        begin(key)
        return JSONValueEncoder(writer).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        writer.beginMember("super", of: place, start: start)
        return JSONValueEncoder(writer)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        begin(key)
        return JSONValueEncoder(writer)
    }
}
