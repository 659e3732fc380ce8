import Foundation
import Testing

/// Sample events of AWS's own and other projects, which lie beside the repository where it is developed.
enum SampleEvents {
    static let folder: URL? = {
        var place = URL(fileURLWithPath: #filePath)
        while place.path != "/" {
            place.deleteLastPathComponent()
            let manifest = place.appendingPathComponent("Package.swift").path
            guard FileManager.default.fileExists(atPath: manifest) else { continue }
            // Beside the checkout, or beside the folder that holds it.
            let candidates = ["../shared/aws-events", "../../shared/aws-events"].map { place.appendingPathComponent($0) }
            return candidates.first { FileManager.default.fileExists(atPath: $0.path) }?.standardizedFileURL
        }
        return nil
    }()

    static let arePresent: Bool = {
        if folder == nil { print("skipped: no ../shared/aws-events beside the repository, so no samples to compare with") }
        return folder != nil
    }()

    /// Every sample's name.
    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: #require(folder).path)
            .filter { $0.hasSuffix(".json") }
            .map { String($0.dropLast(".json".count)) }
            .sorted()
    }

    /// A sample's bytes; `name#a/0/b` names the document that stands as text at that place of a sample, and a name of
    /// ``documentedEvents`` that one.
    static func data(_ name: String) throws -> Data {
        if let document = documentedEvents[name] { return Data(document.utf8) }
        let parts = name.split(separator: "#", maxSplits: 1)
        let file = try #require(folder).appendingPathComponent(parts[0] + ".json")
        let sample = try Data(contentsOf: file)
        guard parts.count == 2 else { return sample }
        let place = JSONPath(parts[1].split(separator: "/").map(String.init))
        return try Data(#require(place.value(in: JSONSerialization.jsonObject(with: sample)) as? String).utf8)
    }
}
