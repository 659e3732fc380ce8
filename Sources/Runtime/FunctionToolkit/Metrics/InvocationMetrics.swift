public import LambdaEvents
internal import Synchronization

/// The metrics of one invocation; may be added to from any task of it.
public final class InvocationMetrics: Sendable {
    private let contents: Mutex<MetricSet>

    init(dimensions: [String: String]) {
        contents = Mutex(MetricSet(dimensions: dimensions))
    }

    /// Adds a value. Values of one name, unit and resolution go out together: CloudWatch makes its statistics of them.
    ///
    /// - Parameters:
    ///   - name: 1 to 255 characters, blanks at its ends removed.
    ///   - value: finite.
    public func add(
        _ name: String, _ value: Double, unit: MetricUnit = .count, resolution: MetricResolution = .standard
    ) {
        contents.withLock { $0.add(name, value, unit, resolution) }
    }

    /// Adds a dimension to the first set, which holds the service and the default dimensions.
    public func addDimension(_ name: String, _ value: String) {
        contents.withLock { $0.addDimension(name, value) }
    }

    /// Adds a further set, of the default dimensions and these: each metric is then kept once for each set.
    public func addDimensionSet(_ dimensions: [String: String]) {
        contents.withLock { $0.addDimensionSet(dimensions) }
    }

    /// Adds a member that is found in the log and is no metric, such as an order's id.
    public func addMetadata(_ name: String, _ value: JSONValue) {
        contents.withLock { $0.addMetadata(name, value) }
    }

    /// What was added; from now on it is empty.
    func take() -> MetricSet {
        contents.withLock { contents in
            defer { contents = MetricSet(dimensions: contents.defaults) }
            return contents
        }
    }
}
