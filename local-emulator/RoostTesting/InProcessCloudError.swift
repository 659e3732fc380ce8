public import AWSClients

/// What keeps a call from reaching a service of the in-process cloud.
public enum InProcessCloudError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The cloud does not have this service.
    case notServed(AWSService)

    public var description: String {
        switch self {
        case .notServed(let service): "the in-process cloud does not serve \(service.rawValue)"
        }
    }
}
