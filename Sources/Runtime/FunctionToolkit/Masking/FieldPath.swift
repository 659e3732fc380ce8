internal import LambdaEvents

/// A place, or several, in a document: `card.number`, `items[*].email`, `items[0]`, `['a.b']`, `address.*`, `..phone`.
///
/// Of JSONPath (RFC 9535) it has names, indexes from the front, `*` for all members or elements, and `..` for members of that
/// name at any depth; a leading `$` may be left out. There are no filters, slices and unions.
public struct FieldPath: Sendable, Hashable {
    enum Step: Sendable, Hashable {
        case member(String)
        case element(Int)
        case all
        /// This value and everything in it, at any depth.
        case descendants
    }

    let steps: [Step]
    public let text: String

    public struct Malformed: Error, Sendable, Equatable, CustomStringConvertible {
        public var path: String

        public init(path: String) {
            self.path = path
        }

        public var description: String { "\(path) is no field path" }
    }

    /// - Throws: ``Malformed``.
    public init(_ text: String) throws(Malformed) {
        var parser = Parser(text)
        guard let steps = parser.steps() else { throw Malformed(path: text) }
        self.steps = steps
        self.text = text
    }

    /// Changes each value that the path leads to.
    ///
    /// - Returns: how many there are.
    func change(_ value: inout JSONValue, _ transform: (JSONValue) throws -> JSONValue) rethrows -> Int {
        try Self.change(&value, steps[...], transform)
    }

    private static func change(
        _ value: inout JSONValue, _ steps: ArraySlice<Step>, _ transform: (JSONValue) throws -> JSONValue
    ) rethrows -> Int {
        guard let step = steps.first else {
            value = try transform(value)
            return 1
        }
        let rest = steps.dropFirst()
        var count = 0
        switch (step, value) {
        case (.member(let name), .object(var members)):
            guard var member = members[name] else { return 0 }
            count = try change(&member, rest, transform)
            members[name] = member
            value = .object(members)
        case (.element(let index), .array(var elements)):
            guard elements.indices.contains(index) else { return 0 }
            count = try change(&elements[index], rest, transform)
            value = .array(elements)
        case (.all, _): count = try changeChildren(&value) { try change(&$0, rest, transform) }
        case (.descendants, _):
            // What is inside first: a value that was masked has nothing inside any more.
            count = try changeChildren(&value) { try change(&$0, steps, transform) }
            count += try change(&value, rest, transform)
        default: break
        }
        return count
    }

    private static func changeChildren(_ value: inout JSONValue, _ body: (inout JSONValue) throws -> Int) rethrows -> Int {
        var count = 0
        switch value {
        case .object(var members):
            for name in members.keys {
                guard var member = members[name] else { continue }
                count += try body(&member)
                members[name] = member
            }
            value = .object(members)
        case .array(var elements):
            for index in elements.indices { count += try body(&elements[index]) }
            value = .array(elements)
        default: break
        }
        return count
    }

    private struct Parser {
        private var rest: Substring

        init(_ text: String) {
            rest = text[...]
        }

        mutating func steps() -> [Step]? {
            if rest.first == "$" {
                rest.removeFirst()
            } else if rest.first != ".", rest.first != "[" {
                rest = "." + rest
            }
            var steps: [Step] = []
            while let mark = rest.popFirst() {
                switch mark {
                case ".":
                    if rest.first == "." {
                        rest.removeFirst()
                        steps.append(.descendants)
                        if rest.first == "[" { continue }
                    }
                    let name = rest.prefix { $0 != "." && $0 != "[" && $0 != "]" }
                    guard !name.isEmpty else { return nil }
                    rest = rest.dropFirst(name.count)
                    steps.append(name == "*" ? .all : .member(String(name)))
                case "[":
                    guard let step = bracket() else { return nil }
                    steps.append(step)
                default: return nil
                }
            }
            return steps.isEmpty || steps.last == .descendants ? nil : steps
        }

        /// What stands in brackets, the opening one behind us.
        private mutating func bracket() -> Step? {
            if let quote = rest.first, quote == "'" || quote == "\"" {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: quote) else { return nil }
                let name = String(rest[..<end])
                rest = rest[rest.index(after: end)...]
                return rest.popFirst() == "]" ? .member(name) : nil
            }
            guard let end = rest.firstIndex(of: "]") else { return nil }
            let text = rest[..<end]
            rest = rest[rest.index(after: end)...]
            if text == "*" { return .all }
            return Int(text).flatMap { $0 >= 0 ? .element($0) : nil }
        }
    }
}
