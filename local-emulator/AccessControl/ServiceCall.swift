package import Foundation

/// What a request does, in the words of the service authorization reference.
package struct ServiceCall: Sendable, Hashable, Comparable, Encodable {
    /// `dynamodb:PutItem`.
    package var action: String
    /// An ARN; `*` for what has none.
    package var resource: String

    package init(_ action: String, on resource: String) {
        self.action = action
        self.resource = resource
    }

    package static func < (left: ServiceCall, right: ServiceCall) -> Bool {
        (left.action, left.resource) < (right.action, right.resource)
    }
}

/// A signed request to the AWS-compatible endpoint, as far as it says what is called.
package struct SignedRequest: Sendable {
    package var method: String
    /// Raw, still percent-encoded, without the query.
    package var path: String
    /// `X-Amz-Target`; empty without it.
    package var target: String
    package var body: Data

    package init(method: String, path: String, target: String, body: Data) {
        self.method = method
        self.path = path
        self.target = target
        self.body = body
    }
}

/// The service that answers a request, which decides in what form it is refused.
package enum CalledService: Sendable {
    case dynamoDB
    case sqs
    case secretsManager
    case sns
    case ses
    case lambda
    case connections
}
