import Foundation

/// A place in a document as `JSONSerialization` reads it, which is no code of ours.
struct JSONPath: Hashable, CustomStringConvertible {
    var steps: [String]

    init(_ steps: [String]) { self.steps = steps }

    var description: String { steps.joined(separator: "/") }

    func value(in document: Any) -> Any? {
        steps.reduce(document as Any?) { value, step in
            switch value {
            case let members as [String: Any]: members[step]
            case let elements as [Any]: Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: nil
            }
        }
    }

    /// The document with the value at this place replaced; nil takes the member away.
    func replacing(with new: Any?, in document: Any) -> Any? {
        guard let first = steps.first else { return new }
        let rest = JSONPath(Array(steps.dropFirst()))
        if var members = document as? [String: Any] {
            members[first] = rest.replacing(with: new, in: members[first] ?? NSNull())
            return members
        }
        if var elements = document as? [Any], let index = Int(first) {
            elements[index] = rest.replacing(with: new, in: elements[index]) ?? NSNull()
            return elements
        }
        return document
    }

    /// Every place of the document with its value, parents before their members.
    static func all(in document: Any, at path: [String] = []) -> [(path: JSONPath, value: Any)] {
        let own = [(path: JSONPath(path), value: document)]
        switch document {
        case let members as [String: Any]:
            return own + members.sorted { $0.key < $1.key }.flatMap { all(in: $0.value, at: path + [$0.key]) }
        case let elements as [Any]:
            return own + elements.enumerated().flatMap { all(in: $0.element, at: path + [String($0.offset)]) }
        default: return own
        }
    }
}

/// Every leaf of a document: texts, numbers, booleans, and empty lists and objects. A null is as good as nothing.
func leaves(of document: Any) -> [JSONPath: Leaf] {
    JSONPath.all(in: document).reduce(into: [:]) { leaves, place in
        leaves[place.path] = Leaf(place.value)
    }
}

enum Leaf: Equatable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case bool(Bool)
    case emptyList, emptyObject

    init?(_ value: Any) {
        switch value {
        case let members as [String: Any]:
            guard members.isEmpty else { return nil }
            self = .emptyObject
        case let elements as [Any]:
            guard elements.isEmpty else { return nil }
            self = .emptyList
        case let text as String: self = .text(text)
        case let number as NSNumber:
            // `c` is how Foundation marks a boolean.
            if String(cString: number.objCType) == "c" {
                self = .bool(number.boolValue)
            } else if let whole = Int64(exactly: number.doubleValue), whole == number.int64Value {
                self = .integer(whole)  // 1578648338.0 is the number 1578648338
            } else if number.doubleValue.rounded() == number.doubleValue {
                self = .integer(number.int64Value)
            } else {
                self = .number(number.doubleValue)
            }
        default: return nil
        }
    }
}
