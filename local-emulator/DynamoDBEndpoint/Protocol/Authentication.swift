/// Who may ask.
package enum Authentication: Sendable {
    /// Whoever signs, with whatever key, as at DynamoDB Local: the form of the signature is checked, not the signature.
    case anySignature
    /// Whoever signs with a known key, rightly.
    case verified(SignatureVerifier)

    func check(_ request: DynamoDBRequest) throws(Refusal) {
        switch self {
        case .anySignature:
            // What every SDK sends is taken without being taken apart.
            if let field = request.header("Authorization"), RequestSignature.looksComplete(field), !request.hasQuerySignature {
                return
            }
            _ = try RequestSignature(request)
        case .verified(let verifier):
            try verifier.check(request)
        }
    }
}

extension Refusal {
    static let missingToken = Refusal.authentication(
        "MissingAuthenticationTokenException", "Request is missing Authentication Token")

    static func incompleteSignature(_ message: String) -> Refusal {
        .authentication("IncompleteSignatureException", message)
    }

    static func invalidSignature(_ message: String) -> Refusal { .authentication("InvalidSignatureException", message) }

    static let unrecognizedClient = Refusal.authentication(
        "UnrecognizedClientException", "The security token included in the request is invalid.")
}
