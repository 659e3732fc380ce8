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

    static func data(_ name: String) throws -> Data {
        try Data(contentsOf: #require(folder).appendingPathComponent(name + ".json"))
    }

    /// The names of all samples that satisfy the condition on the raw document.
    static func names(where condition: (_ name: String, _ document: [String: Any]) -> Bool) throws -> [String] {
        let folder = try #require(folder)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }
            .map { String($0.dropLast(".json".count)) }
            .filter { name in
                let document = try JSONSerialization.jsonObject(with: data(name)) as? [String: Any]
                return document.map { condition(name, $0) } ?? false
            }
            .sorted()
    }
}

/// Every leaf of a JSON document by its path, as `JSONSerialization` reads it; nulls left out.
func leaves(_ value: Any, at path: String = "") -> [String: String] {
    switch value {
    case let members as [String: Any]:
        if members.isEmpty { return [path: "{}"] }
        return members.reduce(into: [:]) { result, member in
            result.merge(leaves(member.value, at: path.isEmpty ? member.key : "\(path)/\(member.key)")) { first, _ in first }
        }
    case let elements as [Any]:
        if elements.isEmpty { return [path: "[]"] }
        return elements.enumerated().reduce(into: [:]) { result, element in
            result.merge(leaves(element.element, at: "\(path)/\(element.offset)")) { first, _ in first }
        }
    case is NSNull: return [:]
    case let number as NSNumber: return [path: "\(number.doubleValue)"]
    default: return [path: "\"\(value)\""]
    }
}

/// The differences between a sample and what it decoded to, leaf by leaf of the sample's raw JSON.
///
/// - Parameter ignored: paths that are none of the documented shape; everything under them is left out.
func differences<Event: Codable>(_ type: Event.Type, in sample: Data, ignoring ignored: [String] = []) throws -> [String] {
    let event = try JSONDecoder().decode(type, from: sample)
    let raw = leaves(try JSONSerialization.jsonObject(with: sample))
    let decoded = leaves(try JSONSerialization.jsonObject(with: JSONEncoder().encode(event)))
    return raw.filter { path, _ in !ignored.contains { path == $0 || path.hasPrefix($0 + "/") } }
        .filter { decoded[$0.key] != $0.value }
        .map { "\($0.key): \($0.value) became \(decoded[$0.key] ?? "nothing")" }
        .sorted()
}
