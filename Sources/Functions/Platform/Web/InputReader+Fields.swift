/// Reads members by what a blueprint says of their field.
///
/// A field that the blueprint does not have is not read, so that ``InputReader/finish()`` refuses it as unknown.
extension InputReader {
    package mutating func text(_ name: String, of type: ResourceType) -> String? {
        guard let field = type.field(name) else { return nil }
        switch field.kind {
        case .text(let length): return text(name, required: field.isRequired, length: length)
        case .lines(let length): return text(name, required: field.isRequired, length: length, lines: true)
        case .url(let maximum): return webAddress(name, maximumLength: maximum)
        case .choice, .integer, .texts: return nil
        }
    }

    package mutating func integer(_ name: String, of type: ResourceType) -> Int? {
        guard case .integer(let range)? = type.field(name)?.kind else { return nil }
        return integer(name, in: range)
    }

    package mutating func texts(_ name: String, of type: ResourceType) -> [String]? {
        guard case .texts(let count, let length)? = type.field(name)?.kind else { return nil }
        return texts(name, count: count, length: length)
    }

    /// A choice that both the blueprint and the platform know.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, of type: ResourceType) -> Choice?
    where Choice.RawValue == String {
        guard case .choice(let choices)? = type.field(name)?.kind else { return nil }
        guard let choice: Choice = choice(name) else { return nil }
        guard choices.contains(choice.rawValue) else {
            report(name, "This must be one of \(choices.joined(separator: ", "))")
            return nil
        }
        return choice
    }
}
