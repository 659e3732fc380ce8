/// What is wrong with a document of feature flags, and where: `premium.rules.tier.conditions[0].value.TIMEZONE`.
public struct FeatureSchemaError: Error, Sendable, Equatable, CustomStringConvertible {
    public var place: String
    public var problem: String

    public init(place: String, problem: String) {
        self.place = place
        self.problem = problem
    }

    public var description: String { "\(place.isEmpty ? "the document" : place) \(problem)" }
}
