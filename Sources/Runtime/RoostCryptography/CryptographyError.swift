/// What went wrong, without keys or data.
public enum CryptographyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A key of another length than the algorithm takes.
    case keyLength(expected: String, got: Int)
    /// The data was changed, or made with another key: nothing of it may be used.
    case notAuthentic
    /// The input is not in the form that it should be in.
    case malformed(String)
    /// libcrypto refused the call.
    case refused(call: String)

    public var description: String {
        switch self {
        case .keyLength(let expected, let got): "the key must have \(expected) bytes and has \(got)"
        case .notAuthentic: "the data is not authentic"
        case .malformed(let what): "malformed: \(what)"
        case .refused(let call): "libcrypto refused \(call)"
        }
    }
}
