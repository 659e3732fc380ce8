/// The elements of an array, one after the other.
struct JSONUnkeyedDecodingContainer: UnkeyedDecodingContainer {
    private let document: JSONDocument
    private let array: Int
    private let length: Int
    private var element: Int
    private(set) var currentIndex = 0

    init(document: JSONDocument, array: Int) {
        self.document = document
        self.array = array
        length = Int(document.nodes[array].length)
        element = array + 1
    }

    /// Of the element that comes next.
    var codingPath: [any CodingKey] { document.path(to: array) }
    var count: Int? { length }
    var isAtEnd: Bool { currentIndex == length }

    /// Takes the element that `body` makes something of; one that it cannot decode stays the next.
    @inline(__always)
    private mutating func take<Value>(_ type: Any.Type, _ body: (Int) throws -> Value) throws -> Value {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                type,
                .init(
                    codingPath: codingPath + [JSONPathKey.element(currentIndex)],
                    debugDescription: "the array has \(length) elements"))
        }
        let value = try body(element)
        currentIndex += 1
        element = Int(document.nodes[element].next)
        return value
    }
}

extension JSONUnkeyedDecodingContainer {
    mutating func decodeNil() throws -> Bool {
        guard isAtEnd || document.isNull(element) else { return false }
        return try take(Any?.self) { _ in true }
    }
    mutating func decode(_ type: Bool.Type) throws -> Bool { try take(type, document.decodeBool) }
    mutating func decode(_ type: String.Type) throws -> String { try take(type, document.decodeString) }
    mutating func decode(_ type: Double.Type) throws -> Double { try take(type, document.decodeDouble) }
    mutating func decode(_ type: Float.Type) throws -> Float { try take(type, document.decodeFloat) }
    mutating func decode(_ type: Int.Type) throws -> Int { try take(type, document.decodeInt) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    mutating func decode(_ type: Int16.Type) throws -> Int16 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    mutating func decode(_ type: Int32.Type) throws -> Int32 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    mutating func decode(_ type: Int64.Type) throws -> Int64 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    @available(macOS 15, *)
    mutating func decode(_ type: Int128.Type) throws -> Int128 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    mutating func decode(_ type: UInt.Type) throws -> UInt {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    @available(macOS 15, *)
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 {
        try take(type) { [document] in try document.decodeInteger(type, at: $0) }
    }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try take(type) { [document] in try document.decode(type, at: $0) }
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        try take([String: Any].self) { [document] in try JSONNodeDecoder(document: document, index: $0).container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try take([Any].self) { [document] in try JSONNodeDecoder(document: document, index: $0).unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try take((any Decoder).self) { [document] in JSONNodeDecoder(document: document, index: $0) }
    }
}
