internal import LambdaEvents

extension HTTPAPIRequest {
    /// The path's segments, decoded and without the stage.
    ///
    /// An HTTP API has decoded the path already, so decoding it again would turn a literal `%41` into `A`. A function
    /// URL has not; there each segment is decoded by itself, so that an encoded slash stays within its segment.
    var pathSegments: [Substring] {
        let segments = RoutePattern.split(pathWithoutStage)
        guard requestContext.domainName.contains(".lambda-url.") else { return segments }
        return segments.map { Substring(PercentDecoding.decode($0)) }
    }

    /// A stage other than `$default` stands in front of the path.
    private var pathWithoutStage: Substring {
        let prefix = "/" + requestContext.stage
        guard requestContext.stage != "$default", rawPath.hasPrefix(prefix) else { return Substring(rawPath) }
        let rest = rawPath.dropFirst(prefix.count)
        if rest.isEmpty { return "/" }
        return rest.hasPrefix("/") ? rest : Substring(rawPath)
    }
}
