/// What is wrong with a value that a service gave; never the value itself.
public enum ParameterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A binary secret.
    case notText(name: String)
    /// It was asked for as JSON, and is none or of another shape.
    case notJSON(name: String, reason: String)
    /// It was asked for as bytes, and is not base64.
    case notBase64(name: String)

    public var description: String {
        switch self {
        case .notText(let name): "\(name) is no text"
        case .notJSON(let name, let reason): "\(name) is not the expected JSON: \(reason)"
        case .notBase64(let name): "\(name) is no base64"
        }
    }
}
