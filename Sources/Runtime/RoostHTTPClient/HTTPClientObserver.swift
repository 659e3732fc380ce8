/// Looks at the requests that a task and its child tasks send through ``HTTPClient``: for traces.
///
/// An observer that is slow makes every request slow; it must not block.
public protocol HTTPClientObserver: Sendable {
    /// Called before a request goes out. It may add header fields; everything else of the request is left as it is.
    ///
    /// - Returns: what is called once when the request has ended, however it did; nil where nobody asks.
    func requestBegins(_ request: inout HTTPClientRequest) -> (@Sendable (Result<HTTPClientResponse, HTTPClientError>) -> Void)?
}

/// Who looks at the requests of the running task.
public enum HTTPClientObservation {
    @TaskLocal public static var observer: (any HTTPClientObserver)?
}

/// What a request to a cloud service is for, where its URL does not tell.
public struct ServiceCallSubject: Sendable, Equatable {
    /// As in the service's host name: `dynamodb`.
    public var service: String
    /// `PutItem`; empty where it is not known.
    public var operation: String
    public var region: String

    public init(service: String, operation: String, region: String) {
        self.service = service
        self.operation = operation
        self.region = region
    }
}
