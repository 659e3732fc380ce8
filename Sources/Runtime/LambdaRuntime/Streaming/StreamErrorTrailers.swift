#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostHTTPClient

/// An error in mid-stream, as the fields that follow the last chunk. The body is base64 of what would have been posted.
///
/// Source: AWS Lambda Developer Guide, "Building a custom runtime", "Implementing response streaming in a custom runtime".
enum StreamErrorTrailers {
    static let names = ["Lambda-Runtime-Function-Error-Type", "Lambda-Runtime-Function-Error-Body"]

    static func fields(_ failure: InvocationFailure) -> [(name: String, value: String)] {
        var (type, body) = (failure.headerValue, failure.body)
        if body.count > maximumBodyBytes || type.utf8.count > maximumTypeBytes {
            // In JSON a byte becomes six at most.
            let short = InvocationFailure(
                errorType: String(failure.errorType.prefix(maximumTypeBytes / 4)),
                errorMessage: String(decoding: failure.errorMessage.utf8.prefix(maximumBodyBytes / 12), as: UTF8.self) + "…")
            (type, body) = (short.headerValue, short.body)
        }
        return [(names[0], type), (names[1], body.base64EncodedString())]
    }

    private static let maximumTypeBytes = 1 << 10
    /// Base64 makes four bytes of three; the names and the type stand beside it.
    private static let maximumBodyBytes = (HTTPBodyChannel.maximumTrailerBytes - 2 * maximumTypeBytes) / 4 * 3
}
