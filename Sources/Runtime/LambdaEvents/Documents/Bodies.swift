#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An event whose body may have come as base64 because it is not text.
public protocol LambdaBodyCarrying {
    var body: String? { get }
    var isBase64Encoded: Bool { get }
}

extension LambdaBodyCarrying {
    /// The body's bytes: empty without a body, nil if the event says base64 and the body is none.
    public var bodyData: Data? {
        guard let body else { return Data() }
        return isBase64Encoded ? Data(base64Encoded: body) : Data(body.utf8)
    }
}
