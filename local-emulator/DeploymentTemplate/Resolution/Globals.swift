/// The `Globals` section, merged into resources as SAM merges it (AWS SAM, "Globals section"): maps are merged, lists are
/// appended to the global list, and a single value of the resource wins.
struct Globals {
    /// What may stand in Globals, by section.
    private static let supported: [String: [String]] = [
        "Function": [
            "Architectures", "CodeUri", "Description", "Environment", "EphemeralStorage", "Handler", "KmsKeyArn", "LoggingConfig",
            "MemorySize", "PermissionsBoundary", "PropagateTags", "RecursiveLoop", "ReservedConcurrentExecutions", "RolePath",
            "Runtime", "Tags", "Timeout", "Tracing",
        ],
        "HttpApi": [
            "AccessLogSettings", "Auth", "CorsConfiguration", "DefaultRouteSettings", "Domain", "FailOnWarnings", "PropagateTags",
            "RouteSettings", "Tags",
        ],
        "SimpleTable": ["SSESpecification"],
        "WebSocketApi": [
            "AccessLogSettings", "DefaultRouteSettings", "DisableExecuteApiEndpoint", "Domain", "IpAddressType", "PropagateTags",
            "RouteSelectionExpression", "RouteSettings", "Tags",
        ],
    ]

    private var sections: [String: TemplateNode] = [:]

    init(section: TemplateNode?, problems: ProblemList) {
        for entry in section?.entries ?? [] {
            guard let names = Self.supported[entry.key] else {
                let hint = Suggestion.text(for: entry.key, among: Self.supported.keys)
                problems.add(line: entry.line, "Globals", "the section \(entry.key) is not supported by the emulator\(hint)")
                continue
            }
            let entries = entry.value.entries ?? []
            for property in entries where !names.contains(property.key) {
                let hint = Suggestion.text(for: property.key, among: names)
                problems.add(
                    line: property.line, "Globals",
                    "property \(entry.key).\(property.key) is not supported by the emulator in Globals\(hint)")
            }
            let kept = entries.filter { names.contains($0.key) }
            sections[entry.key] = TemplateNode(line: entry.line, content: .mapping(kept))
        }
    }

    func merged(into own: TemplateNode, type: String) -> TemplateNode {
        guard type.hasPrefix("AWS::Serverless::"), let globals = sections[String(type.dropFirst(17))] else { return own }
        return Self.merge(globals, own)
    }

    private static func merge(_ global: TemplateNode, _ own: TemplateNode) -> TemplateNode {
        guard global.intrinsic == nil, own.intrinsic == nil else { return own }
        switch (global.content, own.content) {
        case (.mapping(let globals), .mapping(let owns)):
            var merged = globals
            for entry in owns {
                if let index = merged.firstIndex(where: { $0.key == entry.key }) {
                    merged[index].value = merge(merged[index].value, entry.value)
                    merged[index].line = entry.line
                } else {
                    merged.append(entry)
                }
            }
            return TemplateNode(line: own.line, content: .mapping(merged))
        case (.sequence(let globals), .sequence(let owns)):
            return TemplateNode(line: own.line, content: .sequence(globals + owns))
        default:
            return own
        }
    }
}
