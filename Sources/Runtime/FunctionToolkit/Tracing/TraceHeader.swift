/// The text that joins the parts of a trace, `Root=1-…;Parent=…;Sampled=1`.
///
/// Source: AWS X-Ray Developer Guide, "Tracing header"; AWS Lambda Developer Guide, "Using the Lambda runtime API",
/// `Lambda-Runtime-Trace-Id`.
public struct TraceHeader: Sendable, Equatable {
    /// The name of the field that carries it between services.
    public static let fieldName = "X-Amzn-Trace-Id"

    public enum Sampling: String, Sendable {
        case sampled = "1"
        case notSampled = "0"
        /// The receiver is asked to decide.
        case asked = "?"
    }

    /// `1-{8 hexadecimal digits of seconds}-{24 random ones}`.
    public var root: String?
    /// The segment or subsegment that called: 16 hexadecimal digits.
    public var parent: String?
    /// Nil where nobody has decided.
    public var sampling: Sampling?
    /// Other parts as they came, such as `Lineage=…`; handed on.
    public var others: [String]

    public init(root: String? = nil, parent: String? = nil, sampling: Sampling? = nil, others: [String] = []) {
        self.root = root
        self.parent = parent
        self.sampling = sampling
        self.others = others
    }

    /// Reads what is there; a part that is none is passed over. A load balancer's `Self` is its own.
    public init(_ text: String) {
        self.init()
        for part in text.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let value = String(pair[1].filter { $0 != " " })
            switch pair[0].filter({ $0 != " " }) {
            case "Root": root = value
            case "Parent": parent = value
            case "Sampled": sampling = Sampling(rawValue: value)
            case "Self": break
            default: others.append(String(part))
            }
        }
    }

    public var text: String {
        var parts: [String] = []
        if let root { parts.append("Root=\(root)") }
        if let parent { parts.append("Parent=\(parent)") }
        if let sampling { parts.append("Sampled=\(sampling.rawValue)") }
        return (parts + others).joined(separator: ";")
    }
}
