import Foundation
import LambdaEvents

/// Events that others published, beside the repository.
enum Samples {
    static let folder: URL? = {
        var place = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { place.deleteLastPathComponent() }
        let candidates = ["../shared/aws-events", "../../shared/aws-events"].map { place.appendingPathComponent($0) }
        let found = candidates.first { FileManager.default.fileExists(atPath: $0.path) }
        if found == nil { print("skipped: no ../shared/aws-events beside the repository, so no samples to compare with") }
        return found
    }()

    static var arePresent: Bool { folder != nil }

    static func event(_ name: String) throws -> JSONValue {
        guard let folder else { return .null }
        return try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
    }
}

/// A JSON value's shape: every key's path with its type, so that two events can be compared whatever their values are.
func shape(_ value: JSONValue, at path: String = "") -> Set<String> {
    switch value {
    case .object(let members):
        members.reduce(into: [path + " object"]) { $0.formUnion(shape($1.value, at: "\(path).\($1.key)")) }
    case .array(let elements): elements.reduce(into: [path + " array"]) { $0.formUnion(shape($1, at: path + "[]")) }
    case .string: [path + " string"]
    case .integer, .number: [path + " number"]
    case .bool: [path + " bool"]
    case .null: [path + " null"]
    }
}
