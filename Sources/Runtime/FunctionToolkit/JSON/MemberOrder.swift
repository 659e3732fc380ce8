/// The names of an object's members in the order of the text, which `LeanJSONDecoder` gives them in; those of its objects too.
struct MemberOrder: Decodable {
    private let names: [String]
    private let objects: [String: MemberOrder]

    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        // What is no object has no members.
        guard let members = try? decoder.container(keyedBy: Name.self) else {
            (names, objects) = ([], [:])
            return
        }
        names = members.allKeys.map(\.stringValue)
        let pairs = try members.allKeys.map { ($0.stringValue, try members.decode(MemberOrder.self, forKey: $0)) }
        objects = Dictionary(pairs) { _, last in last }
    }

    /// The names in the object at a path of members; empty where there is none.
    func names(at path: [String]) -> [String] {
        guard let first = path.first else { return names }
        return objects[first]?.names(at: Array(path.dropFirst())) ?? []
    }
}
