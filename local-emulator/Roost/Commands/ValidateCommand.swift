import DeploymentTemplate
import Foundation

/// `roost validate`: reads a template and says what it describes, or everything that is wrong with it.
struct ValidateCommand {
    private struct Summary: Encodable {
        var template: String
        var functions: [String]
        var tables: [String]
        var queues: [String]
        var httpRoutes: [String]
        var webSocketRoutes: [String]
        var schedules: [String]
    }

    var options: ValidateOptions

    func run() throws {
        let deployment = try Deployment.load(options.emulator)
        let summary = Summary(
            template: options.emulator.template.relativePath, functions: deployment.functions.map(\.handler),
            tables: deployment.tables.map(\.name), queues: deployment.queues.map(\.name),
            httpRoutes: deployment.httpAPI?.routes.map(\.key) ?? [],
            webSocketRoutes: deployment.webSocketAPI?.routes.keys.sorted() ?? [],
            schedules: deployment.schedules.map(\.expression))
        guard !options.json else {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return Console.print(String(decoding: try encoder.encode(summary), as: UTF8.self))
        }
        Console.print("\(summary.template) is valid")
        let rows = [
            ("functions", summary.functions), ("tables", summary.tables), ("queues", summary.queues),
            ("HTTP API", summary.httpRoutes), ("WebSocket API", summary.webSocketRoutes), ("schedules", summary.schedules),
        ]
        for (label, names) in rows where !names.isEmpty {
            Console.print("  \(label.padded(to: 14))\(names.joined(separator: ", "))")
        }
    }
}

extension Deployment {
    /// Reads the template that the options name.
    ///
    /// - Parameter endpoint: the AWS-compatible endpoint's address, where it is known already.
    static func load(_ options: EmulatorOptions, endpoint: String? = nil) throws(Failure) -> Deployment {
        var template = TemplateOptions(parameters: options.parameterOverrides)
        if let endpoint { template.endpoint = endpoint }
        do {
            return try load(path: options.template.relativePath, options: template)
        } catch {
            throw Failure(error.description)
        }
    }
}
