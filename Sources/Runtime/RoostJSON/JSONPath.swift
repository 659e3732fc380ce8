/// A place in a document, for the path of an error.
enum JSONPathKey: CodingKey {
    case member(String)
    case element(Int)

    init(stringValue: String) { self = .member(stringValue) }
    init(intValue: Int) { self = .element(intValue) }

    var stringValue: String {
        switch self {
        case .member(let name): name
        case .element(let index): "Index \(index)"
        }
    }

    var intValue: Int? {
        if case .element(let index) = self { index } else { nil }
    }
}

extension JSONDocument {
    /// The way from the top to a value. Nobody keeps it while all goes well.
    func path(to index: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var index = index
        while case let parent = Int(nodes[index].parent), parent != index {
            if nodes[parent].kind == .array {
                path.append(JSONPathKey.element(Int(nodes[index].ordinal)))
            } else {
                path.append(JSONPathKey.member((try? string(at: index - 1)) ?? ""))
            }
            index = parent
        }
        return path.reversed()
    }
}

extension JSONDocument.Node.Kind {
    /// For the text of an error.
    var name: String {
        switch self {
        case .null: "null"
        case .true, .false: "a bool"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
