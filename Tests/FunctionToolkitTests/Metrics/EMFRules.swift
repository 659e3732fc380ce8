import LambdaEvents

/// The rules of the embedded metric format, as the specification and its JSON schema state them, for documents made elsewhere.
///
/// Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format"; the limit of 30 dimensions: Amazon
/// CloudWatch API Reference, "Dimension"; `StorageResolution`: the specification's "MetricDefinition object".
enum EMFRules {
    private static let units: Set<String> = {
        let sizes = [
            "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits",
        ]
        return Set(
            ["Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"] + sizes
                + sizes.map { $0 + "/Second" })
    }()

    private static func names(of value: JSONValue?) -> Set<String> { Set((value?.objectValue ?? [:]).keys) }

    static func violations(in document: JSONValue) -> [String] {
        guard let root = document.objectValue, let metadata = root["_aws"] else { return ["there is a member _aws"] }
        var found: [String] = []
        if names(of: metadata) != ["Timestamp", "CloudWatchMetrics"] { found.append("_aws has these two members") }
        if (metadata["Timestamp"]?.intValue ?? 0) < 1_000_000_000_000 { found.append("Timestamp counts milliseconds") }
        let directives = metadata["CloudWatchMetrics"]?.arrayValue ?? []
        if directives.isEmpty { found.append("there is a directive") }
        return found + directives.flatMap { violations(in: $0, root) }
    }

    private static func violations(in directive: JSONValue, _ root: [String: JSONValue]) -> [String] {
        var found: [String] = []
        func require(_ condition: Bool, _ rule: String) { if !condition { found.append(rule) } }
        require(names(of: directive) == ["Namespace", "Dimensions", "Metrics"], "a directive has these members")
        require((1...255).contains(directive["Namespace"]?.stringValue?.count ?? 0), "Namespace has 1 to 255 characters")
        let sets = directive["Dimensions"]?.arrayValue ?? []
        require(!sets.isEmpty, "there is a dimension set")
        for set in sets {
            let names = (set.arrayValue ?? []).compactMap(\.stringValue)
            require(names.count == set.arrayValue?.count && names.count <= 30, "a set has at most 30 names")
            for name in names { require(root[name]?.stringValue?.isEmpty == false, "\(name) is a text at the root") }
        }
        let metrics = directive["Metrics"]?.arrayValue ?? []
        require((1...100).contains(metrics.count), "there are 1 to 100 metrics")
        for metric in metrics {
            let name = metric["Name"]?.stringValue ?? ""
            require((1...255).contains(name.count), "a name has 1 to 255 characters")
            require(names(of: metric).isSubset(of: ["Name", "Unit", "StorageResolution"]), "a metric has no other members")
            require(units.contains(metric["Unit"]?.stringValue ?? ""), "the unit is CloudWatch's")
            require([nil, 1, 60].contains(metric["StorageResolution"]?.intValue), "the resolution is 1 or 60")
            let values = root[name]?.arrayValue ?? [root[name] ?? .null]
            require((1...100).contains(values.count), "\(name) has 1 to 100 values")
            require(values.allSatisfy { $0.doubleValue != nil }, "\(name)'s values are numbers")
        }
        let metricNames = metrics.compactMap { $0["Name"]?.stringValue }
        require(Set(metricNames).count == metricNames.count, "no metric is named twice")
        return found
    }
}
