import Foundation
import Testing

struct DocumentTests {
    /// Each line of an example of the toolkit's own sections, but for blanks and a `return` before it, is one of the compiled.
    @Test(
        "the document's examples are those that compile",
        arguments: [
            "Idempotency", "Metrics", "Traces", "Parameters, secrets, configurations", "Feature flags", "Data masking",
        ])
    func examples(section: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let document = try String(contentsOf: folder.appending(path: "../../docs/toolkit.md"), encoding: .utf8)
        let compiled = try String(contentsOf: folder.appending(path: "DocumentedExamples.swift"), encoding: .utf8)
        func words(_ line: some StringProtocol) -> String {
            let words = line.trimmingCharacters(in: .whitespaces)
            return words.hasPrefix("return ") ? String(words.dropFirst("return ".count)) : words
        }
        let known = Set(compiled.components(separatedBy: "\n").map { words($0) })
        let part = try #require(document.components(separatedBy: "\n## ").first { $0.hasPrefix(section + "\n") })
        var examples = part.components(separatedBy: "```swift\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        try #require(!examples.isEmpty)
        while let example = examples.popLast() {
            for line in example.components(separatedBy: "\n") { #expect(known.contains(words(line)), "\(line)") }
        }
    }
}
