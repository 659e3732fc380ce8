package import Foundation

extension Deployment {
    /// Reads a template.
    ///
    /// - Throws: everything that is wrong with it, with lines; a file that cannot be read is one problem without a line.
    package static func load(path: String, options: TemplateOptions = TemplateOptions()) throws(TemplateError) -> Deployment {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            let isAbsent = (error as? CocoaError)?.code == .fileReadNoSuchFile
            let text = isAbsent ? "there is no such file" : "the file cannot be read: \(error.localizedDescription)"
            throw TemplateError(path: path, problems: [TemplateProblem(line: 0, text: text)])
        }
        return try load(text: data, path: path, options: options)
    }

    /// As ``load(path:options:)``, with the template's bytes at hand; `path` is for the error texts.
    package static func load(
        text: Data, path: String = "template.yaml", options: TemplateOptions = TemplateOptions()
    ) throws(TemplateError) -> Deployment {
        let root: TemplateNode
        do {
            root = try YAMLReader.read(Array(text))
        } catch {
            throw TemplateError(path: path, problems: [error])
        }
        let problems = ProblemList()
        let deployment = TemplateLoader(root: root, options: options, problems: problems).load()
        guard problems.problems.isEmpty else { throw TemplateError(path: path, problems: problems.sorted) }
        return deployment
    }
}

/// Reads the sections of a template, in the order in which they need each other.
struct TemplateLoader {
    private static let sections = [
        "AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Mappings", "Metadata", "Outputs", "Parameters",
        "Resources", "Rules", "Transform",
    ]
    static let transform = "AWS::Serverless-2016-10-31"

    var root: TemplateNode
    var options: TemplateOptions
    var problems: ProblemList

    func load() -> Deployment {
        checkSections()
        let resolver = Resolver(options: options, problems: problems)
        let parameters = ParameterReader(given: options.parameters, overrides: parameterOverrides(), problems: problems)
            .read(root["Parameters"])
        resolver.parameters = parameters.values
        resolver.brokenParameters = parameters.broken
        for entry in root["Conditions"]?.entries ?? [] { resolver.conditions[entry.key] = entry.value }
        let globals = Globals(section: root["Globals"], problems: problems)
        let directory = ResourceDirectory(resources(globals, resolver), resolver: resolver)
        resolver.resources = directory
        return ResourceReader(directory: directory, resolver: resolver).read(outputs: root["Outputs"])
    }

    private func checkSections() {
        guard let entries = root.entries else {
            problems.add(line: root.line, nil, "a template is a map of sections, not \(root.kind)")
            return
        }
        for entry in entries {
            switch entry.key {
            case "Mappings", "Rules":
                problems.add(line: entry.line, nil, "the section \(entry.key) is not supported by the emulator")
            case "AWSTemplateFormatVersion" where entry.value.text != "2010-09-09":
                problems.add(line: entry.line, nil, "AWSTemplateFormatVersion must be 2010-09-09")
            case "Transform" where entry.value.text != Self.transform:
                problems.add(line: entry.line, nil, "Transform must be \(Self.transform)")
            case _ where !Self.sections.contains(entry.key):
                let hint = Suggestion.text(for: entry.key, among: Self.sections)
                problems.add(line: entry.line, nil, "there is no section \(entry.key)\(hint)")
            default:
                break
            }
        }
        if root["Resources"] == nil { problems.add(line: root.line, nil, "the section Resources is missing") }
    }

    /// `Metadata: Roost: ParameterOverrides:` holds the values that parameters have in the emulator, with
    /// `${RoostEndpoint}` for its AWS-compatible endpoint.
    private func parameterOverrides() -> [String: (value: String, line: Int)] {
        var overrides: [String: (value: String, line: Int)] = [:]
        guard let roost = root["Metadata"]?["Roost"] else { return overrides }
        for entry in roost.entries ?? [] where entry.key != "ParameterOverrides" {
            let hint = Suggestion.text(for: entry.key, among: ["ParameterOverrides"])
            problems.add(line: entry.line, "Metadata", "Roost has no setting \(entry.key)\(hint)")
        }
        for entry in roost["ParameterOverrides"]?.entries ?? [] {
            guard let text = entry.value.text else {
                problems.add(line: entry.line, "Metadata", "the override of \(entry.key) must be a text, not \(entry.value.kind)")
                continue
            }
            overrides[entry.key] = (text.replacing("${RoostEndpoint}", with: options.endpoint), entry.line)
        }
        return overrides
    }

    private func resources(_ globals: Globals, _ resolver: Resolver) -> [ResourceDirectory.Resource] {
        (root["Resources"]?.entries ?? []).compactMap { entry in
            guard let type = entry.value["Type"]?.text else {
                problems.add(line: entry.line, entry.key, "the resource has no Type")
                return nil
            }
            guard !entry.key.isEmpty, entry.key.utf8.allSatisfy(Self.isAlphanumeric) else {
                problems.add(line: entry.line, entry.key, "a logical id is made of letters and digits only")
                return nil
            }
            if let condition = entry.value["Condition"]?.text,
                resolver.condition(named: condition, line: entry.line, owner: entry.key) != true
            {
                return nil
            }
            let own = entry.value["Properties"] ?? TemplateNode(line: entry.line, content: .mapping([]))
            return ResourceDirectory.Resource(
                logicalID: entry.key, type: type, line: entry.line, node: entry.value,
                properties: globals.merged(into: own, type: type))
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
