/// One thing that is wrong with a template.
package struct TemplateProblem: Error, Sendable, Equatable {
    /// From 1; 0 where it is about no line, but the file.
    package var line: Int
    /// The logical id of the resource, or the section (`Parameters`); nil for the file as a whole.
    package var resource: String?
    package var text: String

    package init(line: Int, resource: String? = nil, text: String) {
        self.line = line
        self.resource = resource
        self.text = text
    }
}

/// Why a template was refused: everything that is wrong with it, in the order of its lines.
package struct TemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    package var path: String
    package var problems: [TemplateProblem]

    package init(path: String, problems: [TemplateProblem]) {
        self.path = path
        self.problems = problems
    }

    /// One line for each problem: `template.yaml:42: TableX: property KinesisStreamSpecification is not supported …`.
    package var description: String {
        problems.map { problem in
            let owner = problem.resource.map { "\($0): " } ?? ""
            let place = problem.line > 0 ? "\(path):\(problem.line)" : path
            return "\(place): \(owner)\(problem.text)"
        }
        .joined(separator: "\n")
    }
}

/// Collects what is wrong while a template is read, so that several errors are reported together.
///
/// Lives only within one call of ``Deployment/load(path:options:)``.
final class ProblemList {
    private(set) var problems: [TemplateProblem] = []

    func add(line: Int, _ resource: String?, _ text: String) {
        let problem = TemplateProblem(line: line, resource: resource, text: text)
        if !problems.contains(problem) { problems.append(problem) }
    }

    var sorted: [TemplateProblem] {
        // `sorted` is not stable: the position breaks ties.
        problems.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
    }
}
