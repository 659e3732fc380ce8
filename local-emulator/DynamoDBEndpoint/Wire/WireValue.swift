/// A JSON value of a request, with a number's text as it was sent.
enum WireValue: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array(WireArray)
    case object(WireObject)

    /// The parser's name of a scalar, as the service's messages show it.
    var tokenName: String {
        switch self {
        case .null: "NULL_VALUE"
        case .bool(let flag): flag ? "TRUE_VALUE" : "FALSE_VALUE"
        case .number(let text): text.contains(where: { ".eE".contains($0) }) ? "DECIMAL_VALUE" : "NUMBER_VALUE"
        case .string: "STRING_VALUE"
        case .array: "START_ARRAY"
        case .object: "START_OBJECT"
        }
    }
}
