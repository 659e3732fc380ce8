/// One value, or one member's name, in the flat list that ``WireParser`` makes of a request's text.
///
/// An object's members follow it, name and value in turn; an array's elements follow it.
struct WireToken {
    enum Kind: UInt8 {
        case null, `true`, `false`, number
        /// A text whose bytes stand for themselves.
        case plainString
        case escapedString
        case array, object
    }

    var kind: Kind
    /// The first byte of the text: of a string's without the quotation marks.
    var start: UInt32
    /// The byte after the text's last.
    var end: UInt32
    /// The token after this value and all that is in it.
    var next: UInt32

    var range: Range<Int> { Int(start)..<Int(end) }
    var isString: Bool { kind == .plainString || kind == .escapedString }
}
