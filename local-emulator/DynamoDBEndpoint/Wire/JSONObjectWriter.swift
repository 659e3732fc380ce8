#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents
import StoreEngine

/// Writes one JSON object of an answer, member by member, objects inside of it in place. Items are copied as the bytes that
/// the store keeps.
struct JSONObjectWriter {
    private var bytes: [UInt8] = []
    /// Whether the object that is being written has no member yet.
    private var isEmpty = true

    /// Room for most answers, and for what stands around the items of a large one.
    private static let usualBytes = 256

    /// The text of an object.
    static func object(_ write: (inout JSONObjectWriter) -> Void) -> [UInt8] {
        var writer = JSONObjectWriter()
        writer.bytes.reserveCapacity(usualBytes)
        writer.nested(write)
        return writer.bytes
    }

    private mutating func nested(_ write: (inout JSONObjectWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        isEmpty = true
        write(&self)
        bytes.append(UInt8(ascii: "}"))
        isEmpty = false
    }

    private mutating func name(_ name: String) {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
        AttributeJSONWriter.append(text: name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Appends a member whose value is already JSON; nothing for nil.
    mutating func raw(_ name: String, _ json: [UInt8]?) {
        guard let json else { return }
        self.name(name)
        bytes.append(contentsOf: json)
    }

    private mutating func raw(_ name: String, text: String?) {
        guard let text else { return }
        self.name(name)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func string(_ name: String, _ text: String?) {
        guard let text else { return }
        self.name(name)
        AttributeJSONWriter.append(text: text, to: &bytes)
    }

    mutating func bool(_ name: String, _ flag: Bool?) { raw(name, text: flag.map { $0 ? "true" : "false" }) }

    mutating func integer(_ name: String, _ number: Int?) { raw(name, text: number.map { String($0) }) }

    mutating func double(_ name: String, _ number: Double?) { raw(name, text: number.map { "\($0)" }) }

    /// Seconds since 1970 with the milliseconds as a fraction, the form of the service's timestamps.
    mutating func time(_ name: String, _ date: Date?) { raw(name, text: date.map(Self.seconds)) }

    mutating func object(_ name: String, _ write: (inout JSONObjectWriter) -> Void) {
        self.name(name)
        nested(write)
    }

    mutating func array(_ name: String, _ elements: [[UInt8]]?) { list(name, elements) { $1.append(contentsOf: $0) } }

    mutating func strings(_ name: String, _ texts: [String]?) {
        list(name, texts) { AttributeJSONWriter.append(text: $0, to: &$1) }
    }

    mutating func item(_ name: String, _ document: ItemDocument?) { raw(name, document?.json) }

    mutating func items(_ name: String, _ documents: [ItemDocument]?) {
        let room = documents?.reduce(0) { $0 + $1.json.count + 1 } ?? 0
        bytes.reserveCapacity(bytes.count + room + Self.usualBytes)
        list(name, documents) { $1.append(contentsOf: $0.json) }
    }

    private mutating func list<Element>(_ name: String, _ elements: [Element]?, _ append: (Element, inout [UInt8]) -> Void) {
        guard let elements else { return }
        self.name(name)
        Self.append(elements, to: &bytes, append)
    }

    mutating func attributes(_ name: String, _ attributes: AttributeMap?) {
        raw(name, attributes.map(AttributeJSONWriter.item))
    }

    static func array(_ elements: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        append(elements, to: &bytes) { $1.append(contentsOf: $0) }
        return bytes
    }

    private static func append<Element>(
        _ elements: [Element], to bytes: inout [UInt8], _ append: (Element, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(element, &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func seconds(_ date: Date) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded())
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return rest == 0 ? "\(seconds)" : "\(seconds).\(String(1000 + rest).dropFirst())"
    }

    static func text(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        AttributeJSONWriter.append(text: text, to: &bytes)
        return bytes
    }
}
