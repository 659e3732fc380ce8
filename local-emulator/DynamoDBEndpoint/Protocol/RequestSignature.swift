#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a request says of its signature, in the `Authorization` header or, presigned, in its query.
///
/// Source: AWS Identity and Access Management User Guide, "Create a signed AWS API request"; the texts are the service's.
struct RequestSignature {
    var algorithm: String
    /// `AKID/20260101/us-east-1/dynamodb/aws4_request`.
    var credential: String
    var signedHeaders: [String]
    /// As it was sent: hexadecimal digits, if it is one.
    var signature: String
    /// `20260101T000000Z`; nil where the request has none, which only a verifier minds.
    var timestamp: String?
    /// How many seconds a presigned request is good for.
    var expires: Int?
    /// The query's fields, decoded, those that are signed.
    var query: [(name: String, value: String)]

    /// Throws the service's errors for a signature that is missing or has not all of its parts.
    init(_ request: DynamoDBRequest) throws(Refusal) {
        let authorization = request.header("Authorization")
        let fields = Self.fields(request.query)
        guard fields.contains(where: { $0.name == "X-Amz-Algorithm" }) else {
            guard let authorization else { throw .missingToken }
            try self.init(authorization, request, query: fields)
            return
        }
        guard authorization == nil else {
            throw .invalidSignature(
                "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.")
        }
        try self.init(presigned: fields)
    }

    private init(
        _ authorization: String, _ request: DynamoDBRequest, query: [(name: String, value: String)]
    ) throws(Refusal) {
        guard authorization.hasPrefix("AWS4-") else { throw .missingToken }
        // Commas, blanks or both stand between the parts.
        let words = authorization.split { $0 == "," || $0 == " " || $0 == "\t" }
        var parts: [Substring: Substring] = [:]
        for word in words.dropFirst() {
            let pair = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { parts[pair[0]] = pair[1] }
        }
        let timestamp = request.header("X-Amz-Date") ?? request.header("Date")
        var missing = ["Credential", "Signature", "SignedHeaders"].filter { parts[Substring($0)]?.isEmpty ?? true }
            .map { "Authorization header requires '\($0)' parameter. " }
        if timestamp == nil, !missing.isEmpty {
            missing.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ")
        }
        guard missing.isEmpty else {
            throw .incompleteSignature("\(missing.joined())Authorization=\(authorization)")
        }
        algorithm = words.first.map(String.init) ?? ""
        credential = String(parts["Credential"] ?? "")
        signedHeaders = (parts["SignedHeaders"] ?? "").split(separator: ";").map { $0.lowercased() }
        signature = String(parts["Signature"] ?? "")
        self.timestamp = timestamp
        expires = nil
        self.query = query
    }

    private init(presigned fields: [(name: String, value: String)]) throws(Refusal) {
        func value(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }
        let missing = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"]
            .filter { value($0).isEmpty }
        guard missing.isEmpty else {
            let texts = missing.map { "AWS query-string parameters must include '\($0)'. " }
            throw .incompleteSignature("\(texts.joined())Re-examine the query-string parameters.")
        }
        algorithm = value("X-Amz-Algorithm")
        credential = value("X-Amz-Credential")
        signedHeaders = value("X-Amz-SignedHeaders").split(separator: ";").map { $0.lowercased() }
        signature = value("X-Amz-Signature")
        timestamp = value("X-Amz-Date")
        expires = Int(value("X-Amz-Expires"))
        query = fields.filter { $0.name != "X-Amz-Signature" }
    }

    /// The fields of a query, decoded; a `+` is itself, as the signers write a blank as `%20`.
    private static func fields(_ query: Substring) -> [(name: String, value: String)] {
        query.split(separator: "&").map { field in
            let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(pair[0])
            let value = pair.count == 2 ? String(pair[1]) : ""
            return (name.removingPercentEncoding ?? name, value.removingPercentEncoding ?? value)
        }
    }

    /// Whether an `Authorization` field has all the parts of a signature, by a look at its bytes alone.
    static func looksComplete(_ field: String) -> Bool {
        var field = field
        return field.withUTF8 { bytes in
            guard var rest = bytes.dropping(algorithm) else { return false }
            var found = (credential: false, signedHeaders: false, signature: false)
            while true {
                if rest.dropping(credentialPart) != nil { found.credential = true }
                if rest.dropping(signedHeadersPart) != nil { found.signedHeaders = true }
                if rest.dropping(signaturePart) != nil { found.signature = true }
                guard let blank = rest.firstIndex(of: UInt8(ascii: " ")) else { break }
                rest = UnsafeBufferPointer(rebasing: rest[(blank + 1)...])
            }
            return found.credential && found.signedHeaders && found.signature
        }
    }

    private static let algorithm: StaticString = "AWS4-HMAC-SHA256 "
    private static let credentialPart: StaticString = "Credential="
    private static let signedHeadersPart: StaticString = "SignedHeaders="
    private static let signaturePart: StaticString = "Signature="
}

extension UnsafeBufferPointer<UInt8> {
    /// What stands after the text, nil where the bytes do not begin with it.
    fileprivate func dropping(_ text: StaticString) -> UnsafeBufferPointer<UInt8>? {
        let length = text.utf8CodeUnitCount
        guard count >= length, (0..<length).allSatisfy({ self[$0] == text.utf8Start[$0] }) else { return nil }
        return UnsafeBufferPointer(rebasing: self[length...])
    }
}

extension DynamoDBRequest {
    var hasQuerySignature: Bool { uri.utf8.contains(UInt8(ascii: "?")) && uri.utf8.contains(Self.algorithmField) }

    private static let algorithmField = Array("X-Amz-Algorithm=".utf8)
}

extension String.UTF8View {
    /// Whether the bytes stand somewhere in the text.
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        withContiguousStorageIfAvailable { whole in
            guard let first = part.first, whole.count >= part.count else { return part.isEmpty }
            for start in 0...(whole.count - part.count) where whole[start] == first {
                if whole[start..<(start + part.count)].elementsEqual(part) { return true }
            }
            return false
        } ?? false
    }
}
