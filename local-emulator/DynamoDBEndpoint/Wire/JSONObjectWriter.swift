#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents
import StoreEngine

/// Writes one JSON object of an answer, member by member. Items are copied as the bytes that the store keeps.
struct JSONObjectWriter {
    private var bytes: [UInt8] = [UInt8(ascii: "{")]

    /// The object's text.
    var json: [UInt8] { bytes + [UInt8(ascii: "}")] }

    static func object(_ write: (inout JSONObjectWriter) -> Void) -> [UInt8] {
        var writer = JSONObjectWriter()
        write(&writer)
        return writer.json
    }

    /// Appends a member whose value is already JSON; nothing for nil.
    mutating func raw(_ name: String, _ json: [UInt8]?) {
        guard let json else { return }
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        Self.append(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: json)
    }

    mutating func string(_ name: String, _ text: String?) { raw(name, text.map(Self.text)) }

    mutating func bool(_ name: String, _ flag: Bool?) { raw(name, flag.map { Array($0 ? "true".utf8 : "false".utf8) }) }

    mutating func integer(_ name: String, _ number: Int?) { raw(name, number.map { Array(String($0).utf8) }) }

    mutating func double(_ name: String, _ number: Double?) { raw(name, number.map { Array("\($0)".utf8) }) }

    /// Seconds since 1970 with the milliseconds as a fraction, the form of the service's timestamps.
    mutating func time(_ name: String, _ date: Date?) {
        raw(name, date.map { Array(Self.seconds($0).utf8) })
    }

    mutating func object(_ name: String, _ write: (inout JSONObjectWriter) -> Void) {
        raw(name, Self.object(write))
    }

    mutating func array(_ name: String, _ elements: [[UInt8]]?) { raw(name, elements.map(Self.array)) }

    mutating func strings(_ name: String, _ texts: [String]?) { array(name, texts?.map(Self.text)) }

    mutating func item(_ name: String, _ document: ItemDocument?) { raw(name, document?.json) }

    mutating func attributes(_ name: String, _ attributes: [String: AttributeValue]?) {
        raw(name, attributes.map(AttributeJSONWriter.item))
    }

    static func array(_ elements: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: element)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    private static func seconds(_ date: Date) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded())
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return rest == 0 ? "\(seconds)" : "\(seconds).\(String(1000 + rest).dropFirst())"
    }

    static func text(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return bytes
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) { AttributeJSONWriter.append(text: text, to: &bytes) }
}
