import Synchronization

/// The syntax of expressions that came before, by their text.
///
/// A program sends the same few expressions over and over, with other values. Reading one anew costs several times what its
/// placeholders' look-up costs. Only what has passed ``WordChecker`` is kept, so that an error is found anew each time.
final class SyntaxCache<Syntax: Sendable>: Sendable {
    /// The most texts that are kept; the next one lets all of them go, which no program of fixed expressions meets.
    private let limit: Int
    /// Longer texts are read each time, so that the cache stays small: 256 of them are half a megabyte of text and a few of
    /// syntax.
    private static var maximumBytes: Int { 2048 }

    private struct Entry {
        var bytes: Int
        var syntax: Syntax
    }

    private let entries = Mutex<[String: Entry]>([:])

    init(limit: Int = 256) {
        self.limit = limit
    }

    func syntax(
        of text: String, otherwise read: (String) throws(ExpressionError) -> Syntax
    ) throws(ExpressionError) -> Syntax {
        let bytes = text.utf8.count
        guard bytes <= Self.maximumBytes else { return try read(text) }
        // Every text in here is ASCII, as any other is an error. A text that Swift takes for equal has as many bytes only if
        // it is the same one: the Kelvin sign equals K, and has three.
        if let entry = entries.withLock({ $0[text] }), entry.bytes == bytes { return entry.syntax }
        let syntax = try read(text)
        entries.withLock {
            if $0.count >= limit { $0.removeAll(keepingCapacity: true) }
            $0[text] = Entry(bytes: bytes, syntax: syntax)
        }
        return syntax
    }
}

/// An expression's syntax, read and checked for its words.
enum CheckedSyntax {
    private static let conditions = SyntaxCache<ConditionSyntax>()
    private static let updates = SyntaxCache<[UpdateSectionSyntax]>()
    private static let projections = SyntaxCache<[PathSyntax]>()

    /// A condition, filter or key condition: what is right in one of them is in the others.
    static func condition(_ text: String, kind: ExpressionKind) throws(ExpressionError) -> ConditionSyntax {
        try conditions.syntax(of: text) { (text) throws(ExpressionError) in
            let syntax = try ExpressionParser.condition(text, kind: kind)
            try WordChecker(kind: kind).check(syntax)
            return syntax
        }
    }

    static func update(_ text: String) throws(ExpressionError) -> [UpdateSectionSyntax] {
        try updates.syntax(of: text) { (text) throws(ExpressionError) in
            let syntax = try ExpressionParser.update(text)
            try WordChecker(kind: .update).check(syntax)
            return syntax
        }
    }

    static func projection(_ text: String) throws(ExpressionError) -> [PathSyntax] {
        try projections.syntax(of: text) { (text) throws(ExpressionError) in
            let syntax = try ExpressionParser.projection(text)
            for path in syntax { try WordChecker(kind: .projection).check(path) }
            return syntax
        }
    }
}
