/// A member that an operation reads with another parser than the rest of the service.
///
/// SearchVectors looks at the types of its members before anything else, takes no null for a required one, and says what and
/// where in words that no other operation has (seen in eu-west-2 and us-east-1, October 2026).
struct StrictMember {
    enum Kind: String {
        case string = "a string"
        case sequence = "a sequence"
        case map = "a map"
        case int32 = "i32"
    }

    let name: String
    let kind: Kind
    let isRequired: Bool

    init(_ name: String, _ kind: Kind, isRequired: Bool = true) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
    }
}

extension RequestReader {
    /// Refuses the first member, in the order of the text, that has another type, then the first one that is missing.
    func checkStrictly(_ expected: [StrictMember]) throws(Refusal) {
        let document = members.document
        var found: Set<String> = []
        var key = members.index + 1
        while key < Int(document.tokens[members.index].next) {
            let name = document.text(of: document.tokens[key])
            if let member = expected.first(where: { $0.name == name }) {
                found.insert(name)
                if let mistake = member.mistake(in: document, at: key + 1) { throw .serialization(mistake) }
            }
            key = Int(document.tokens[key + 1].next)
        }
        guard let missing = expected.first(where: { $0.isRequired && !found.contains($0.name) }) else { return }
        let end = document.place(before: Int(document.tokens[members.index].end))
        throw .validation("missing field `\(missing.name)`\(end)")
    }
}

extension StrictMember {
    /// What is wrong with a value; nil for one of the right type.
    fileprivate func mistake(in document: WireDocument, at index: Int) -> String? {
        let token = document.tokens[index]
        let place = document.place(before: Int(token.kind == .array || token.kind == .object ? token.start : token.end))
        switch (kind, document.value(at: index)) {
        case (.string, .string), (.sequence, .array), (.map, .object): return nil
        case (_, .null) where !isRequired: return nil
        case (.int32, .number(let text)):
            if Int32(text) != nil { return nil }
            let isWhole = text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "-") }
            return isWhole
                ? "invalid value: integer `\(text)`, expected i32\(place)"
                : "invalid type: floating point `\(text)`, expected i32\(place)"
        case (_, let value): return "invalid type: \(Self.shown(value)), expected \(kind.rawValue)\(place)"
        }
    }

    private static func shown(_ value: WireValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): "boolean `\(flag)`"
        case .number(let text):
            text.contains(where: { ".eE".contains($0) }) ? "floating point `\(text)`" : "integer `\(text)`"
        case .string(let text): "string \"\(text)\""
        case .array: "sequence"
        case .object: "map"
        }
    }
}

extension WireDocument {
    /// The place in the text as the parser tells it: lines from 1, and the bytes of the line that are read.
    fileprivate func place(before offset: Int) -> String {
        let read = bytes[..<offset]
        let line = read.count { $0 == UInt8(ascii: "\n") } + 1
        let column = offset - (read.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
        return " at line \(line) column \(column)"
    }
}
