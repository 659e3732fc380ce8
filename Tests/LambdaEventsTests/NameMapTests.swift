import Foundation
import LambdaEvents
import Testing

@Suite("Names by their bytes")
struct NameMapTests {
    private static let one = "\u{E9}"
    private static let two = "e\u{301}"
    private static let both: AttributeMap = [one: .string("1"), two: .string("2")]

    @Test("two texts that Swift takes for one are two names")
    func names() {
        var map = Self.both
        #expect(Self.one == Self.two)
        #expect(map.count == 2 && map[Self.one]?.stringValue == "1" && map[Self.two]?.stringValue == "2")
        map[Self.one] = nil
        #expect(map.count == 1 && map[Self.two]?.stringValue == "2")
        #expect(map.removeValue(forKey: Self.one) == nil)
        map[Self.one, default: .null] = .bool(true)
        #expect(map.keys.map { $0.utf8.count }.sorted() == [2, 3])
    }

    @Test("maps, values and sets are equal by bytes")
    func equality() {
        #expect(Self.both == [Self.two: .string("2"), Self.one: .string("1")])
        #expect(Self.both.hashValue == AttributeMap(uniqueKeysWithValues: Self.both.inOrder.map { ($0.key, $0.value) }).hashValue)
        #expect(([Self.one: .null] as AttributeMap) != [Self.two: .null])
        #expect(AttributeValue.string(Self.one) != .string(Self.two))
        #expect(AttributeValue.stringSet([Self.one]) != .stringSet([Self.two]))
        #expect(AttributeValue.list([.map([Self.one: .null])]) != .list([.map([Self.two: .null])]))
        #expect(AttributeValue.stringSet([Self.one, "a"]) == .stringSet([Self.one, "a"]))
        let set = NameSet([Self.one, "a"])
        #expect(set.contains(Self.one) && !set.contains(Self.two))
    }

    @Test("the order is Swift's, and that of the bytes where it has none")
    func order() {
        let names = NameSet(["z", Self.one, "a", Self.two, "\u{1F600}", "\u{FF5E}"]).inOrder.map { Array($0.key.utf8) }
        #expect(names == ["a", "z", Self.two, Self.one, "\u{FF5E}", "\u{1F600}"].map { Array($0.utf8) })
    }

    @Test("it is used as a dictionary is")
    func dictionary() throws {
        let map: NameMap<Int> = ["a": 1, "b": 2, "c": 3]
        #expect(map.filter { $0.value > 1 } == ["b": 2, "c": 3])
        #expect(map.mapValues { $0 * 2 } == ["a": 2, "b": 4, "c": 6])
        #expect(map.merging(["a": 10, "d": 4]) { $0 + $1 } == ["a": 11, "b": 2, "c": 3, "d": 4])
        #expect(map.reduce(0) { $0 + $1.value } == 6)
        let json = try JSONEncoder().encode(map)
        #expect(try JSONDecoder().decode([String: Int].self, from: json) == ["a": 1, "b": 2, "c": 3])
        #expect(try JSONDecoder().decode(NameMap<Int>.self, from: json) == map)
        #expect("\(map)" == #"["a": 1, "b": 2, "c": 3]"#)
    }
}
