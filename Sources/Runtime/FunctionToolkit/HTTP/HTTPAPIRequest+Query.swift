public import LambdaEvents

extension HTTPAPIRequest {
    /// The query's parameters as the client sent them: in their order, repeated ones apart, decoded as a form's are
    /// (`+` is a space).
    ///
    /// `queryStringParameters` joins repeated ones with commas, where a comma in a value cannot be told from that.
    public var queryItems: [(name: String, value: String)] {
        rawQueryString.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                PercentDecoding.decode(parts[0], plusIsSpace: true),
                parts.count == 2 ? PercentDecoding.decode(parts[1], plusIsSpace: true) : ""
            )
        }
    }

    /// A cookie's value, from the first one of that name.
    public func cookie(_ name: String) -> String? {
        for cookie in cookies ?? [] {
            let parts = cookie.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0] == name { return String(parts[1]) }
        }
        return nil
    }
}
