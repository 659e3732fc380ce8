import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

/// Where the service was seen to end pages, to the byte, as recorded by dynalite's tests: with one byte less, another item
/// would have followed.
@Suite("Page sizes")
struct PageSizeTests {
    /// Values of each type beside the long text.
    private static func mixed(_ item: AttributeMap, text: Int) -> AttributeMap {
        item.merging([
            "text": .s(String(repeating: "b", count: text)), "c": .number("12.3456"), "d": .binary(Data([1, 2])),
            "e": .stringSet(["a", "bc"]), "f": .numberSet(["1.23", "12.3"]),
            "g": .binarySet([Data([1, 2]), Data([2]), Data([1])]),
        ]) { $1 }
    }

    private static func sum(_ items: [AttributeMap], sortKey: String?) -> Int {
        items.reduce(0) { $0 + PageSize.bytes(of: $1, sortKey: sortKey) }
    }

    @Test("of a table without a sort key")
    func partitionKeyOnly() {
        let plain: AttributeMap = ["a": .s("00"), "b": .s(String(repeating: "b", count: 43411))]
        let items = Array(repeating: plain, count: 23)
        #expect(Self.sum(items + [Self.mixed(["a": .s("23")], text: 43366)], sortKey: nil) == PageReader.pageBytes - 1)
        #expect(Self.sum(items + [Self.mixed(["a": .s("23")], text: 43367)], sortKey: nil) == PageReader.pageBytes)
    }

    @Test("of a table with a sort key, whose value counts once for each block")
    func sortKey() {
        let plain: AttributeMap = ["a": .s("00"), "b": .s("00"), "z": .s(String(repeating: "b", count: 43380))]
        let items = Array(repeating: plain, count: 23)
        let last: AttributeMap = ["a": .s("23"), "b": .s("23")]
        #expect(Self.sum(items + [Self.mixed(last, text: 43359)], sortKey: "b") == PageReader.pageBytes - 1)
        #expect(Self.sum(items + [Self.mixed(last, text: 43360)], sortKey: "b") == PageReader.pageBytes)
    }

    @Test("a name counts one byte, however long it is")
    func names() {
        let value = AttributeValue.s("v")
        #expect(
            PageSize.bytes(of: ["a": value], sortKey: nil)
                == PageSize.bytes(of: [String(repeating: "a", count: 255): value], sortKey: nil))
    }
}
