#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Turns JSON values into the types of the service's model, with the service's text where one does not fit.
enum WireConversion {
    private static let structureFound = Refusal.serialization("Start of structure or map found where not expected")

    static func string(_ value: WireValue) throws(Refusal) -> String {
        switch value {
        case .string(let text): return text
        case .array: throw collection("class java.lang.String")
        case .object: throw structureFound
        default: throw .serialization("\(value.tokenName) cannot be converted to String")
        }
    }

    static func bool(_ value: WireValue) throws(Refusal) -> Bool {
        switch value {
        case .bool(let flag): return flag
        case .string: throw .serialization("Unexpected token received from parser")
        case .array: throw collection("class java.lang.Boolean")
        case .object: throw structureFound
        default: throw .serialization("\(value.tokenName) cannot be converted to Boolean")
        }
    }

    /// - Parameter type: `Integer` or `Long`. A fraction is cut off, as the service does.
    static func integer(_ value: WireValue, _ type: String = "Integer") throws(Refusal) -> Int {
        switch value {
        case .number(let text):
            if let number = Int(text) { return number }
            // Only numbers with a fraction or an exponent, or beyond 64 bits, come here.
            guard let number = Double(text) else { throw .serialization(nil) }
            return number >= 0x1p63 ? Int.max : number < -0x1p63 ? Int.min : Int(number)
        case .array: throw collection("class java.lang.\(type)")
        case .object: throw structureFound
        default: throw .serialization("\(value.tokenName) cannot be converted to \(type)")
        }
    }

    /// Seconds since 1970, which may have a fraction.
    static func timestamp(_ value: WireValue) throws(Refusal) -> Date {
        switch value {
        case .number(let text):
            // Beyond what a calendar has, a moment is as good as its furthest one.
            guard let seconds = Double(text) else { throw .serialization(nil) }
            return Date(timeIntervalSince1970: min(max(seconds, -62_135_596_800), 253_402_300_799))
        case .array: throw collection("class java.util.Date")
        case .object: throw structureFound
        default: throw .serialization("\(value.tokenName) can not be converted to milliseconds since epoch")
        }
    }

    static func binary(_ value: WireValue) throws(Refusal) -> Data {
        switch value {
        case .string(let text): return try base64(text)
        case .array: throw collection("class java.nio.ByteBuffer")
        case .object: throw structureFound
        default: throw .serialization("only base-64-encoded strings are convertible to bytes")
        }
    }

    private static func base64(_ text: String) throws(Refusal) -> Data {
        if let data = Data(base64Encoded: text) { return data }
        guard text.utf8.count.isMultiple(of: 4) else {
            throw .serialization(
                "Base64 encoded length is expected a multiple of 4 bytes but found: \(text.utf8.count)")
        }
        let alphabet = { (scalar: Unicode.Scalar) in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "+", "/", "=": true
            default: false
            }
        }
        if let stranger = text.unicodeScalars.first(where: { !alphabet($0) }) {
            throw .serialization("Invalid Base64 character: '\(stranger)'")
        }
        throw .serialization("Invalid last non-pad Base64 character dectected")
    }

    static func list(_ value: WireValue) throws(Refusal) -> [WireValue] {
        switch value {
        case .array(let elements): return Array(elements)
        case .object: throw structureFound
        default: throw .serialization("Unexpected field type")
        }
    }

    /// - Parameter elements: the Java type of the map's values, which a message may name.
    static func map(_ value: WireValue, of elements: String) throws(Refusal) -> WireObject {
        switch value {
        case .object(let members): return members
        case .array: throw collection("java.util.Map<java.lang.String, \(javaName(elements))>")
        default: throw .serialization("Unexpected field type")
        }
    }

    /// A structure that is a member of a structure.
    static func structure(_ value: WireValue, _ name: String) throws(Refusal) -> WireObject {
        try structure(value, name, otherwise: "Unexpected field type")
    }

    /// A structure that is an element of a list or a map.
    static func element(_ value: WireValue, _ name: String) throws(Refusal) -> WireObject {
        try structure(value, name, otherwise: "Unexpected value type in payload")
    }

    private static func structure(
        _ value: WireValue, _ name: String, otherwise message: String
    ) throws(Refusal) -> WireObject {
        switch value {
        case .object(let members): return members
        case .array: throw collection("class \(javaName(name))")
        default: throw .serialization(message)
        }
    }

    private static func collection(_ type: String) -> Refusal { .serialization("Unrecognized collection type \(type)") }

    private static func javaName(_ name: String) -> String {
        name.contains(".") ? name : "com.amazonaws.dynamodb.v20120810.\(name)"
    }
}
