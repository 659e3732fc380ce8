/// The template's resources by logical id: what they are called once they exist.
final class ResourceDirectory {
    enum Finding {
        case found(ResourceIdentity)
        case unknown
        /// The reason has been reported.
        case failed
    }

    struct Resource {
        var logicalID: String
        var type: String
        var line: Int
        var node: TemplateNode
        /// With those of Globals.
        var properties: TemplateNode
    }

    let resources: [Resource]
    private unowned let resolver: Resolver
    private var known: [String: ResourceIdentity] = [:]
    private var inProgress: Set<String> = []

    /// SAM's own API for HttpApi events that name none.
    static let implicitHTTPAPI = "ServerlessHttpApi"

    init(_ resources: [Resource], resolver: Resolver) {
        self.resources = resources
        self.resolver = resolver
    }

    var logicalIDs: [String] { resources.map(\.logicalID) }

    subscript(logicalID: String) -> Resource? {
        resources.first { $0.logicalID == logicalID }
    }

    func identity(of logicalID: String, line: Int, owner: String?) -> Finding {
        if let identity = known[logicalID] { return .found(identity) }
        guard let resource = self[logicalID] else {
            guard logicalID == Self.implicitHTTPAPI else { return .unknown }
            return remember(logicalID, "AWS::Serverless::HttpApi", name: logicalID)
        }
        guard inProgress.insert(logicalID).inserted else {
            resolver.problems.add(line: line, owner, "the name of \(logicalID) depends on itself")
            return .failed
        }
        defer { inProgress.remove(logicalID) }
        guard let name = physicalName(of: resource) else { return .failed }
        return remember(logicalID, resource.type, name: name)
    }

    /// `Api.Stage`, which SAM makes referable (AWS SAM, "Referencing generated resources"): its name.
    func stageReference(_ name: String) -> TemplateNode? {
        guard name.hasSuffix(".Stage"), let resource = self[String(name.dropLast(6))] else { return nil }
        let fallback: String
        switch resource.type {
        case "AWS::Serverless::HttpApi": fallback = "$default"
        case "AWS::Serverless::WebSocketApi": fallback = "default"
        default: return nil
        }
        return resource.properties["StageName"] ?? .text(fallback, line: resource.line)
    }

    private func physicalName(of resource: Resource) -> String? {
        guard let property = ResourceIdentity.nameProperty(of: resource.type), let node = resource.properties[property] else {
            return resource.logicalID
        }
        return resolver.text(node, for: resource.logicalID, in: property)
    }

    private func remember(_ logicalID: String, _ type: String, name: String) -> Finding {
        // A type that the emulator has not is reported where the resource stands, not at each reference to it.
        guard let identity = ResourceIdentity(logicalID: logicalID, type: type, name: name, options: resolver.options) else {
            return .failed
        }
        known[logicalID] = identity
        return .found(identity)
    }
}
