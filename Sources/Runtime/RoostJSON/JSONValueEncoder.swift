#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The place of one value in the text as an `Encoder`.
struct JSONValueEncoder {
    let writer: JSONWriter
    /// Where the value begins.
    let position: Int

    init(_ writer: JSONWriter) {
        self.writer = writer
        position = writer.count
    }

    /// The types that `JSONEncoder` treats in its own way, the ones that answers are made of without a container in
    /// between, and all others by their own method.
    static func encode<Value: Encodable>(_ value: Value, to writer: JSONWriter) throws {
        let type = Value.self
        if type == String.self {
            let text = unsafeBitCast(value, to: String.self)
            return writer.writeValue { $0.appendString(text) }
        }
        if type == [String: String].self { return encode(unsafeBitCast(value, to: [String: String].self), to: writer) }
        if type == [String].self { return encode(unsafeBitCast(value, to: [String].self), to: writer) }
        if type == Data.self {
            let text = unsafeBitCast(value, to: Data.self).base64EncodedString()
            return writer.writeValue { $0.appendString(text) }
        }
        if type == URL.self {
            let text = unsafeBitCast(value, to: URL.self).absoluteString
            return writer.writeValue { $0.appendString(text) }
        }
        if type == Decimal.self {
            return try writer.encodeDecimal(unsafeBitCast(value, to: Decimal.self))
        }
        let depth = writer.frames.count
        do {
            try value.encode(to: JSONValueEncoder(writer))
        } catch {
            // Whoever catches it may go on with a half-written text.
            writer.setOutOfOrder()
            throw error
        }
        writer.finishValue(depth: depth)
    }

    private static func encode(_ texts: [String: String], to writer: JSONWriter) {
        writer.writeValue { writer in
            writer.append(UInt8(ascii: "{"))
            var isFirst = true
            for (name, value) in texts {
                if !isFirst { writer.append(UInt8(ascii: ",")) }
                isFirst = false
                writer.appendString(name)
                writer.append(UInt8(ascii: ":"))
                writer.appendString(value)
            }
            writer.append(UInt8(ascii: "}"))
        }
    }

    private static func encode(_ texts: [String], to writer: JSONWriter) {
        writer.writeValue { writer in
            writer.append(UInt8(ascii: "["))
            for (index, text) in texts.enumerated() {
                if index > 0 { writer.append(UInt8(ascii: ",")) }
                writer.appendString(text)
            }
            writer.append(UInt8(ascii: "]"))
        }
    }
}

extension JSONValueEncoder: Encoder {
    var codingPath: [any CodingKey] { writer.path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            JSONKeyedEncodingContainer<Key>(
                writer: writer, place: writer.open(isObject: true, at: position) ?? -1, start: position))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONUnkeyedEncodingContainer(
            writer: writer, place: writer.open(isObject: false, at: position) ?? -1, start: position)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

/// What the three kinds of containers share.
extension JSONWriter {
    func encodeDouble(_ value: Double) throws {
        guard value.isFinite else { throw nonFinite(value) }
        writeValue { $0.appendNumber(value.description) }
    }

    func encodeFloat(_ value: Float) throws {
        guard value.isFinite else { throw nonFinite(value) }
        writeValue { $0.appendNumber(value.description) }
    }

    /// Foundation writes `NaN`, which nobody can read.
    fileprivate func encodeDecimal(_ value: Decimal) throws {
        guard value.isFinite else { throw nonFinite(value) }
        writeValue { $0.appendPlain(value.description) }
    }

    private func nonFinite(_ value: Any) -> EncodingError {
        defer { setOutOfOrder() }  // whoever catches it may go on
        return .invalidValue(value, .init(codingPath: path, debugDescription: "JSON has no form for \(value)"))
    }
}

extension JSONValueEncoder: SingleValueEncodingContainer {
    /// Whether the value still belongs where this encoder stands.
    private func check() {
        if writer.count != position { writer.setOutOfOrder() }
    }

    func encodeNil() { check(); writer.writeValue { $0.appendPlain("null") } }
    func encode(_ value: Bool) { check(); writer.writeValue { $0.appendPlain(value ? "true" : "false") } }
    func encode(_ value: String) { check(); writer.writeValue { $0.appendString(value) } }
    func encode(_ value: Double) throws { check(); try writer.encodeDouble(value) }
    func encode(_ value: Float) throws { check(); try writer.encodeFloat(value) }
    func encode(_ value: Int) { check(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int8) { check(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int16) { check(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int32) { check(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: Int64) { check(); writer.writeValue { $0.appendInteger(Int64(value)) } }
    func encode(_ value: UInt) { check(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt8) { check(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt16) { check(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt32) { check(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    func encode(_ value: UInt64) { check(); writer.writeValue { $0.appendInteger(UInt64(value)) } }
    @available(macOS 15, *)
    func encode(_ value: Int128) { check(); writer.writeValue { $0.appendPlain(value.description) } }
    @available(macOS 15, *)
    func encode(_ value: UInt128) { check(); writer.writeValue { $0.appendPlain(value.description) } }
    func encode<Value: Encodable>(_ value: Value) throws { check(); try Self.encode(value, to: writer) }
}
