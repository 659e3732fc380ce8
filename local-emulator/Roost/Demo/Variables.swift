import Foundation
import LambdaEvents

/// The names that `${name}` stands for in the steps of a state or scenario.
struct Variables {
    private var values: [String: String]
    private let now: Date

    /// - Parameter tables: table names by logical id, for `${table:LogicalId}`.
    init(tables: [String: String], now: Date = Date()) {
        values = Dictionary(uniqueKeysWithValues: tables.map { ("table:\($0.key)", $0.value) })
        self.now = now
    }

    mutating func set(_ name: String, _ value: String) {
        values[name] = value
    }

    /// Replaces every `${name}` in every string of a document, keys too.
    func substitute(_ value: JSONValue) throws(StepError) -> JSONValue {
        switch value {
        case .string(let text): return .string(try substitute(text))
        case .array(let elements):
            var result: [JSONValue] = []
            for element in elements { result.append(try substitute(element)) }
            return .array(result)
        case .object(let members):
            var result: [String: JSONValue] = [:]
            for (name, member) in members { result[try substitute(name)] = try substitute(member) }
            return .object(result)
        default: return value
        }
    }

    func substitute(_ text: String) throws(StepError) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "${") {
            result += rest[..<start.lowerBound]
            guard let end = rest.range(of: "}", range: start.upperBound..<rest.endIndex) else {
                throw StepError("'${' without '}' in '\(text)'")
            }
            result += try value(of: String(rest[start.upperBound..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return result + rest
    }

    private func value(of name: String) throws(StepError) -> String {
        if let value = values[name] { return value }
        if name.hasPrefix("utc:"), let minutes = Int(name.dropFirst(4)) { return timeOfDay(inMinutes: minutes) }
        throw StepError("nothing is called ${\(name)}; known: \(values.keys.sorted().joined(separator: ", "))")
    }

    private func timeOfDay(inMinutes offset: Int) -> String {
        let day = 24 * 60
        // Twice, since the remainder of a negative number is negative.
        let minutes = ((Int(now.timeIntervalSince1970) / 60 + offset) % day + day) % day
        let (hour, minute) = (minutes / 60, minutes % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}

/// Why a step could not be run or did not end as expected.
struct StepError: Error, Equatable, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Where a captured value comes from.
enum Capture: Decodable {
    case path(String)
    /// The first group of an expression in the text at a path.
    case group(path: String, expression: String)

    private enum CodingKeys: String, CodingKey {
        case from
        case matches
    }

    init(from decoder: any Decoder) throws {
        if let path = try? decoder.singleValueContainer().decode(String.self) {  // else it is the object form
            self = .path(path)
        } else {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self = .group(
                path: try container.decode(String.self, forKey: .from),
                expression: try container.decode(String.self, forKey: .matches))
        }
    }

    func value(in visible: JSONValue) throws(StepError) -> String {
        switch self {
        case .path(let path): return try Self.text(at: path, in: visible)
        case .group(let path, let expression):
            let text = try Self.text(at: path, in: visible)
            guard let regex = try? Regex(expression) else { throw StepError("'\(expression)' is no regular expression") }
            guard let match = text.firstMatch(of: regex), match.output.count > 1, let range = match.output[1].range else {
                throw StepError("'\(expression)' with one group is not in '\(text)'")
            }
            return String(text[range])
        }
    }

    private static func text(at path: String, in visible: JSONValue) throws(StepError) -> String {
        var value: JSONValue? = visible
        for part in path.split(separator: ".") {
            value = Int(part).flatMap { value?[$0] } ?? value?[String(part)]
        }
        switch value {
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        case .bool(let flag): return String(flag)
        default: throw StepError("nothing to capture at \(path) in \(Pattern.brief(visible))")
        }
    }
}
