#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

internal import LambdaEvents

/// Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format", "MetricDirective object",
/// "DimensionSet array", "Target members"; Amazon CloudWatch API Reference, "Dimension".
enum MetricLimits {
    static let dimensions = 30
    static let metricsInDocument = 100
    static let valuesOfMetric = 100
    static let nameCharacters = 255
    static let dimensionValueCharacters = 1024
}

/// Metrics with their dimensions, and the documents that they make.
struct MetricSet: Sendable {
    private struct Key: Hashable {
        var name: String
        var unit: MetricUnit
        var resolution: MetricResolution
    }

    let defaults: [String: String]
    /// What was left out, and why.
    private(set) var refused: [String] = []
    private var sets: [[String: String]]
    private var order: [Key] = []
    private var values: [Key: [Double]] = [:]
    private var metadata: [String: JSONValue] = [:]

    init(dimensions: [String: String]) {
        defaults = dimensions
        sets = [dimensions]
    }

    mutating func add(_ name: String, _ value: Double, _ unit: MetricUnit, _ resolution: MetricResolution) {
        guard let name = checked(name) else { return }
        guard value.isFinite else { return refuse(name, "the value is \(value)") }
        guard sets.allSatisfy({ $0[name] == nil }) else { return refuse(name, "a dimension has this name") }
        let key = Key(name: name, unit: unit, resolution: resolution)
        if values[key] == nil { order.append(key) }
        values[key, default: []].append(value)
    }

    mutating func addDimension(_ name: String, _ value: String) {
        guard let name = checked(name), let value = checkedDimension(name, value) else { return }
        guard sets[0].count < MetricLimits.dimensions || sets[0][name] != nil else {
            return refuse(name, "a set has at most \(MetricLimits.dimensions) dimensions")
        }
        // A name has one value in a document: the last one, in all sets.
        for index in sets.indices where index == 0 || sets[index][name] != nil { sets[index][name] = value }
    }

    mutating func addDimensionSet(_ dimensions: [String: String]) {
        var set = defaults
        for (name, value) in dimensions.sorted(by: { $0.key < $1.key }) {
            guard let name = checked(name), let value = checkedDimension(name, value) else { continue }
            // All sets take their values from one document: a name has one value in it.
            if let other = sets.lazy.compactMap({ $0[name] }).first, other != value {
                refuse(name, "the dimension has another value in another set")
                continue
            }
            set[name] = value
        }
        guard set.count <= MetricLimits.dimensions else {
            return refuse(
                dimensions.keys.sorted().joined(separator: ","), "a set has at most \(MetricLimits.dimensions) dimensions")
        }
        guard set != defaults else { return }
        sets.append(set)
    }

    mutating func addMetadata(_ name: String, _ value: JSONValue) {
        guard let name = checked(name) else { return }
        metadata[name] = value
    }

    /// One JSON line for each; none where there is no metric. A name that came with two units, more than 100 metrics, and
    /// more than 100 values of a metric need further documents.
    func documents(namespace: String, timestamp: Date) -> [String] {
        var documents: [[(key: Key, values: ArraySlice<Double>)]] = []
        for key in order {
            var rest = values[key, default: []][...]
            var index = 0
            while !rest.isEmpty {
                if index == documents.count { documents.append([]) }
                let isFull = documents[index].count == MetricLimits.metricsInDocument
                if !isFull, !documents[index].contains(where: { $0.key.name == key.name }) {
                    documents[index].append((key, rest.prefix(MetricLimits.valuesOfMetric)))
                    rest = rest.dropFirst(MetricLimits.valuesOfMetric)
                }
                index += 1
            }
        }
        return documents.map { document(namespace, timestamp, $0) }
    }

    /// A dimension or metric whose name some metadata has too goes before it: the format names them by their member.
    private func document(_ namespace: String, _ timestamp: Date, _ metrics: [(key: Key, values: ArraySlice<Double>)]) -> String {
        var members = metadata
        var definitions: [JSONValue] = []
        for (key, values) in metrics {
            var definition: [String: JSONValue] = ["Name": .string(key.name), "Unit": .string(key.unit.rawValue)]
            if key.resolution == .high { definition["StorageResolution"] = .integer(Int64(key.resolution.rawValue)) }
            definitions.append(.object(definition))
            members[key.name] = values.count == 1 ? .number(values[values.startIndex]) : .array(values.map { .number($0) })
        }
        for set in sets { for (name, value) in set { members[name] = .string(value) } }
        let directive: JSONValue = [
            "Namespace": .string(namespace),
            "Dimensions": .array(sets.map { .array($0.keys.sorted().map { .string($0) }) }),
            "Metrics": .array(definitions),
        ]
        members["_aws"] = [
            "Timestamp": .integer(Int64(timestamp.wholeMilliseconds)), "CloudWatchMetrics": [directive],
        ]
        return JSONText.write(.object(members))
    }

    private mutating func checked(_ name: String) -> String? {
        let name = name.trimmingBlanks
        guard (1...MetricLimits.nameCharacters).contains(name.unicodeScalars.count), name != "_aws" else {
            refuse(String(name.prefix(40)), "a name has 1 to \(MetricLimits.nameCharacters) characters and is not _aws")
            return nil
        }
        return name
    }

    private mutating func checkedDimension(_ name: String, _ value: String) -> String? {
        let value = value.trimmingBlanks
        guard (1...MetricLimits.dimensionValueCharacters).contains(value.unicodeScalars.count) else {
            refuse(name, "a dimension's value has 1 to \(MetricLimits.dimensionValueCharacters) characters")
            return nil
        }
        guard order.allSatisfy({ $0.name != name }) else {
            refuse(name, "a metric has this name")
            return nil
        }
        return value
    }

    private mutating func refuse(_ name: String, _ reason: String) {
        refused.append("\(name): \(reason)")
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
