/// A word or sign of a statement.
struct Token: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case identifier
        case quotedIdentifier
        /// In lower case.
        case keyword(String)
        case string
        case number
        case parameter(Int)
        /// `=`, `IS` and whatever else stands between or before operands.
        case sign(String)
        case punctuation(Character)
        case bagStart
        case bagEnd
        case end
    }

    var kind: Kind
    /// The identifier's name or the literal's content, without quotes.
    var text: String
    var position: SourcePosition
}

/// The words that are no names unless they are in double quotes.
enum Keywords {
    /// Words that the service's parser takes for operators.
    static let operators: Set<String> = ["and", "or", "not", "is", "in", "like", "between"]
    static let booleans: Set<String> = ["true", "false"]

    static func contains(_ word: String) -> Bool { all.contains(word) }

    /// SQL-92's reserved words and PartiQL's own, as far as the service refuses them as names. `only` is none of them:
    /// the service was seen to take `SET Only = set_delete(Only, <<'a'>>)`.
    private static let all = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let text = """
        absolute action add all allocate alter any are as asc assertion at authorization avg begin bit bit_length by cascade
        cascaded case cast catalog char character character_length char_length check close coalesce collate collation column
        commit connect connection constraint constraints continue convert corresponding count create cross current
        current_date current_time current_timestamp current_user cursor date deallocate dec decimal declare default
        deferrable deferred delete desc describe descriptor diagnostics disconnect distinct domain double drop else end
        escape except exception exec execute exists external extract false fetch first float for foreign found from full get
        global go goto grant group having identity immediate indicator initially inner input insensitive insert int integer
        intersect interval into isolation join key language last leading left level local lower match max min module names
        national natural nchar next no null nullif numeric octet_length of on open option order outer output overlaps
        pad partial pivot position precision prepare preserve primary prior privileges procedure public read real references
        relative remove restrict revoke right rollback rows schema scroll section select session session_user set size
        smallint some space sql sqlcode sqlerror sqlstate substring sum system_user table temporary then time timestamp to
        trailing transaction translate translation trim true union unique unknown unpivot update upper usage user using value
        values varchar varying view when whenever where with work write limit missing returning
        """
}
