/// A request as it came over HTTP. It knows no server: whoever has one fills it in.
package struct DynamoDBRequest {
    package var method: String
    /// The request target as it came: path and query, percent-encoded.
    package var uri: String
    package var body: [UInt8]
    /// The first field of that name, whatever its case.
    package var header: (_ name: String) -> String?
    /// All fields, in their order. Asked for only where a signature is verified.
    package var headers: () -> [(name: String, value: String)]

    package init(
        method: String, uri: String, body: [UInt8], header: @escaping (_ name: String) -> String?,
        headers: @escaping () -> [(name: String, value: String)]
    ) {
        self.method = method
        self.uri = uri
        self.body = body
        self.header = header
        self.headers = headers
    }

    var path: Substring { uri.prefix { $0 != "?" } }

    /// What stands behind the first `?`.
    var query: Substring {
        guard let mark = uri.firstIndex(of: "?") else { return "" }
        return uri[uri.index(after: mark)...]
    }
}
