#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

public import LambdaEvents
internal import Synchronization

/// Where feature flags come from.
public protocol FeatureStore: Sendable {
    /// - Throws: ``FeatureSchemaError`` for a document that states them wrongly; anything else where there is none to be had.
    func features() async throws -> FeatureSet
}

/// A document that the function itself has.
extension FeatureSet: FeatureStore {
    public func features() async throws -> FeatureSet { self }
}

/// A configuration of AppConfig, read and checked when it is another one than before.
public final class AppConfigFeatures: FeatureStore {
    private let configuration: AppConfiguration
    private let envelope: [String]
    private let timeZones: TimeZoneDatabase
    private let last = Mutex<(data: Data, features: FeatureSet)?>(nil)

    /// - Parameter envelope: the names of the objects around the features, with dots: `shop.features`.
    public init(
        _ configuration: AppConfiguration, envelope: String = "",
        timeZones: TimeZoneDatabase = TimeZoneDatabase(environment: [:])
    ) {
        self.configuration = configuration
        self.envelope = envelope.split(separator: ".").map(String.init)
        self.timeZones = timeZones
    }

    public func features() async throws -> FeatureSet {
        let data = try await configuration.data()
        if let known = last.withLock({ $0 }), known.data == data { return known.features }
        let features = try FeatureSet(json: data, envelope: envelope, timeZones: timeZones)
        last.withLock { $0 = (data, features) }
        return features
    }
}

/// Decides what is on, for whom and when.
///
/// 1. Of a feature's rules, in the document's order, the first of which all conditions hold decides: `when_match`.
/// 2. If none does, the feature's `default`.
/// 3. For a feature that is not stated, or when the store cannot be read, the caller's default.
///
/// Source: Powertools for AWS Lambda (Python), "Feature flags".
public struct FeatureFlags: Sendable {
    private let store: any FeatureStore
    private let now: @Sendable () -> Date
    private let onStoreFailure: @Sendable (any Error) -> Void

    /// - Parameters:
    ///   - onStoreFailure: is told why the caller's default was given; a place for a log line.
    ///   - now: the time for schedules.
    public init(
        store: any FeatureStore, now: @escaping @Sendable () -> Date = { Date() },
        onStoreFailure: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        self.store = store
        self.now = now
        self.onStoreFailure = onStoreFailure
    }

    /// - Parameter context: what the conditions' keys name.
    /// - Throws: ``FeatureSchemaError`` alone.
    public func isEnabled(_ name: String, context: [String: JSONValue] = [:], default: Bool) async throws -> Bool {
        Self.isOn(try await value(name, context: context, default: .bool(`default`)))
    }

    /// A feature of any type.
    ///
    /// - Throws: ``FeatureSchemaError`` alone.
    public func value(
        _ name: String, context: [String: JSONValue] = [:], default: JSONValue
    ) async throws -> JSONValue {
        guard let feature = try await features()?.features[name] else { return `default` }
        return evaluate(feature, context)
    }

    /// The names of the features that are on, sorted; none when the store cannot be read.
    ///
    /// - Throws: ``FeatureSchemaError`` alone.
    public func enabledFeatures(context: [String: JSONValue] = [:]) async throws -> [String] {
        guard let features = try await features()?.features else { return [] }
        return features.filter { Self.isOn(evaluate($0.value, context)) }.keys.sorted()
    }

    private func features() async throws -> FeatureSet? {
        do {
            return try await store.features()
        } catch let error as FeatureSchemaError {
            throw error
        } catch {
            onStoreFailure(error)
            return nil
        }
    }

    private func evaluate(_ feature: FeatureSet.Feature, _ context: [String: JSONValue]) -> JSONValue {
        let seconds = Int64(now().wholeSeconds)
        let rule = feature.rules.first { rule in rule.conditions.allSatisfy { $0.holds(in: context, at: seconds) } }
        return rule?.whenMatch ?? feature.defaultValue
    }

    /// As Python takes a value for true: what is not null, false, zero or empty.
    private static func isOn(_ value: JSONValue) -> Bool {
        switch value {
        case .null: false
        case .bool(let flag): flag
        case .integer(let number): number != 0
        case .number(let number): number != 0
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        }
    }
}
