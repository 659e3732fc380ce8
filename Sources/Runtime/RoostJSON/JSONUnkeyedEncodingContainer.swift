/// The elements of an array, written as they come.
struct JSONUnkeyedEncodingContainer: UnkeyedEncodingContainer {
    let writer: JSONWriter
    /// Among the writer's frames, and where the frame began.
    let place: Int
    let start: Int

    var codingPath: [any CodingKey] { Array(writer.path.prefix(max(0, place))) }

    var count: Int {
        place >= 0 && place < writer.frames.count && writer.frames[place].start == start ? writer.frames[place].count : 0
    }

    @inline(__always)
    private func begin() {
        writer.beginElement(of: place, start: start)
    }
}

extension JSONUnkeyedEncodingContainer {
    func encodeNil() { begin(); writer.writeValue { $0.appendPlain("null") } }
    func encode(_ value: Bool) { begin(); writer.writeValue { $0.appendPlain(value ? "true" : "false") } }
    func encode(_ value: String) { begin(); writer.writeValue { $0.appendString(value) } }
    func encode(_ value: Double) throws { begin(); try writer.encodeDouble(value) }
    func encode(_ value: Float) throws { begin(); try writer.encodeFloat(value) }
    func encode(_ value: Int) { begin(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int8) { begin(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int16) { begin(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int32) { begin(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int64) { begin(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: UInt) { begin(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt8) { begin(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt16) { begin(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt32) { begin(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt64) { begin(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    @available(macOS 15, *)
    func encode(_ value: Int128) { begin(); writer.writeValue { $0.appendPlain(value.description) } }
    @available(macOS 15, *)
    func encode(_ value: UInt128) { begin(); writer.writeValue { $0.appendPlain(value.description) } }
    func encode<Value: Encodable>(_ value: Value) throws { begin(); try JSONValueEncoder.encode(value, to: writer) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        begin()
        return JSONValueEncoder(writer).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        begin()
        return JSONValueEncoder(writer).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        begin()
        return JSONValueEncoder(writer)
    }
}
