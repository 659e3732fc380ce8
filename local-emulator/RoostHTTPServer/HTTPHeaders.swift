/// Header fields in the order they came, duplicates kept; names compare without regard to case (RFC 9110, 5.1).
///
/// Kept as bytes, and made into strings when they are asked for: of the ten fields of a request a handler reads one or two.
package struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    /// Each field's name and value, both ended by NUL, for a C library reads them in place.
    private var text: [UInt8] = []
    private var places: [Place] = []

    private struct Place {
        var name: Int
        var value: Int
        /// The byte after the value.
        var end: Int
    }

    package init() {}

    package init(_ fields: [(name: String, value: String)]) {
        for field in fields { add(field.name, field.value) }
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        for element in elements { add(element.0, element.1) }
    }

    package var fields: [(name: String, value: String)] {
        places.map { (name: string($0.name..<($0.value - 1)), value: string($0.value..<$0.end)) }
    }

    /// The first field of that name.
    package subscript(name: String) -> String? {
        var name = name
        return name.withUTF8 { name in places.first { isNamed($0, name) } }.map { string($0.value..<$0.end) }
    }

    package func all(_ name: String) -> [String] {
        var name = name
        return name.withUTF8 { name in places.filter { isNamed($0, name) } }.map { string($0.value..<$0.end) }
    }

    package mutating func add(_ name: String, _ value: String) {
        var (name, value) = (name, value)
        name.withUTF8 { name in value.withUTF8 { value in add(name, value) } }
    }

    package mutating func set(_ name: String, _ value: String) {
        var bytes = name
        places = bytes.withUTF8 { bytes in places.filter { !isNamed($0, bytes) } }
        add(name, value)
    }

    /// Adds a field as it stands on the wire.
    mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
        if places.isEmpty {
            text.reserveCapacity(512)
            places.reserveCapacity(12)
        }
        let start = text.count
        text.append(contentsOf: name)
        text.append(0)
        text.append(contentsOf: value)
        text.append(0)
        places.append(Place(name: start, value: start + name.count + 1, end: text.count - 1))
    }

    /// Calls `body` with each field's name and value as C strings, until it answers false.
    ///
    /// - Returns: whether it never did.
    func allSatisfy(_ body: (_ name: UnsafePointer<CChar>, _ value: UnsafePointer<CChar>) -> Bool) -> Bool {
        text.withUnsafeBytes { text in
            guard let start = text.assumingMemoryBound(to: CChar.self).baseAddress else { return true }
            return places.allSatisfy { body(start + $0.name, start + $0.value) }
        }
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

    private func isNamed(_ place: Place, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard place.value - 1 - place.name == name.count else { return false }
        return text.withUnsafeBufferPointer { text in
            name.indices.allSatisfy { Self.isSameLetter(name[$0], text[place.name + $0]) }
        }
    }

    private static func isSameLetter(_ left: UInt8, _ right: UInt8) -> Bool {
        left == right || (left | 0x20 == right | 0x20 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(left | 0x20))
    }
}
