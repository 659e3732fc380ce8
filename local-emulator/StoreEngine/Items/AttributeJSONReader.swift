internal import LambdaEvents

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads back what ``AttributeJSONWriter`` wrote, and nothing else: no white space, `\u` only for control characters.
///
/// A general JSON decoder takes ten times as long for the same item. What does not fit is answered as damage to the store.
struct AttributeJSONReader: ~Copyable {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    static func item(_ json: [UInt8]) throws(StoreError) -> AttributeMap {
        let result: Result<AttributeMap, StoreError> = json.withUnsafeBufferPointer { bytes in
            var reader = AttributeJSONReader(bytes)
            do throws(StoreError) {
                return .success(try reader.map())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private mutating func map() throws(StoreError) -> AttributeMap {
        try expect("{")
        var result: AttributeMap = [:]
        if accept("}") { return result }
        repeat {
            let name = try text()
            try expect(":")
            result[name] = try value()
        } while accept(",")
        try expect("}")
        return result
    }

    private mutating func value() throws(StoreError) -> AttributeValue {
        try expect("{")
        let descriptor = try text()
        try expect(":")
        let value: AttributeValue
        switch descriptor {
        case "S": value = .string(try text())
        case "N": value = .number(try text())
        case "B": value = .binary(try binary())
        case "BOOL": value = .bool(try flag())
        case "NULL":
            _ = try flag()
            value = .null
        case "M": value = .map(try map())
        case "L": value = .list(try list { (reader) throws(StoreError) in try reader.value() })
        case "SS": value = .stringSet(try list { (reader) throws(StoreError) in try reader.text() })
        case "NS": value = .numberSet(try list { (reader) throws(StoreError) in try reader.text() })
        case "BS": value = .binarySet(try list { (reader) throws(StoreError) in try reader.binary() })
        default: throw damage()
        }
        try expect("}")
        return value
    }

    private mutating func list<T>(
        _ element: (inout AttributeJSONReader) throws(StoreError) -> T
    ) throws(StoreError) -> [T] {
        try expect("[")
        var result: [T] = []
        if accept("]") { return result }
        repeat {
            result.append(try element(&self))
        } while accept(",")
        try expect("]")
        return result
    }

    private mutating func flag() throws(StoreError) -> Bool {
        let isTrue = accept("t")
        let rest: StaticString = isTrue ? "rue" : "false"
        for offset in 0..<rest.utf8CodeUnitCount {
            try expect(Unicode.Scalar(rest.utf8Start[offset]))
        }
        return isTrue
    }

    private mutating func binary() throws(StoreError) -> Data {
        guard let data = Data(base64Encoded: try text()) else { throw damage() }
        return data
    }

    private mutating func text() throws(StoreError) -> String {
        try expect("\"")
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") { return try escapedText(from: start) }
            position += 1
        }
        let result = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        try expect("\"")
        return result
    }

    private mutating func escapedText(from start: Int) throws(StoreError) -> String {
        var out = Array(bytes[start..<position])
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if accept("\\") {
                out.append(try escape())
            } else {
                out.append(bytes[position])
                position += 1
            }
        }
        try expect("\"")
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func escape() throws(StoreError) -> UInt8 {
        guard position < bytes.count else { throw damage() }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "n"): return 0x0a
        case UInt8(ascii: "r"): return 0x0d
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"):
            guard position + 4 <= bytes.count else { throw damage() }
            let digits = String(decoding: UnsafeBufferPointer(rebasing: bytes[position..<position + 4]), as: UTF8.self)
            guard let code = UInt8(digits, radix: 16) else { throw damage() }
            position += 4
            return code
        default: return letter
        }
    }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ scalar: Unicode.Scalar) throws(StoreError) {
        guard accept(scalar) else { throw damage() }
    }

    private func damage() -> StoreError {
        .internalFailure("a stored item is damaged at byte \(position) of \(bytes.count)")
    }
}
