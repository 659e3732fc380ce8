/// The caller's trace in the forms of the W3C: each field as the caller wrote it.
///
/// AWS's runtimes take it from `w3c` in the client context and hand it on apart: of its members only these three, and of them
/// only those that are strings (`W3CAllowedFields` in aws/aws-lambda-go). Forms: W3C Trace Context, W3C Baggage.
public struct W3CTraceContext: Sendable, Equatable {
    /// `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`
    public var traceparent: String?
    /// `rojo=00f067aa0ba902b7,congo=t61rcWkgMzE`
    public var tracestate: String?
    /// `userId=alice`
    public var baggage: String?

    public init(traceparent: String? = nil, tracestate: String? = nil, baggage: String? = nil) {
        self.traceparent = traceparent
        self.tracestate = tracestate
        self.baggage = baggage
    }
}

extension W3CTraceContext: Decodable {
    private enum Name: String, CodingKey {
        case traceparent, tracestate, baggage
    }

    /// A member that is no string counts as missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        // The type's mismatch is all that can fail here, and is meant to be passed over.
        traceparent = try? container.decode(String.self, forKey: .traceparent)
        tracestate = try? container.decode(String.self, forKey: .tracestate)
        baggage = try? container.decode(String.self, forKey: .baggage)
    }
}
