import Foundation
import LambdaEvents
import RoostJSON
import Testing

@Suite("each sample event decodes, and every leaf of it is held by a typed property")
struct SampleLeafTests {
    @Test("each sample belongs to exactly one kind", .enabled(if: SampleEvents.arePresent))
    func everySampleHasAKind() throws {
        let listed = sampleKinds.flatMap(\.samples).filter { !$0.contains("#") && documentedEvents[$0] == nil }.sorted()
        #expect(listed == (try SampleEvents.names()))
    }

    @Test("what a sample says comes back out of its type, leaf by leaf", arguments: presentKinds)
    func leavesSurvive(kind: SampleKind) throws {
        for sample in kind.samples {
            let bytes = try SampleEvents.data(sample)
            let original = leaves(of: try JSONSerialization.jsonObject(with: bytes))
            let passed = leaves(of: try JSONSerialization.jsonObject(with: kind.passThrough(bytes)))
            let lost = original.filter { place, leaf in !same(leaf, passed[place], at: place, of: kind) }.keys

            let excepted = kind.exceptions.filter { $0.samples.contains(sample) }.flatMap(\.places)
            func isUnder(_ place: JSONPath, _ root: String) -> Bool {
                place.description == root || place.description.hasPrefix(root + "/")
            }
            let unexplained = lost.filter { place in !excepted.contains { isUnder(place, $0) } }
            #expect(unexplained.map(\.description).sorted() == [], "\(sample)")
            for root in excepted {
                #expect(lost.contains { isUnder($0, root) }, "\(sample): \(root) needs no exception any more")
            }
        }
    }

    @Test("the runtime's own JSON coder reads and writes each sample as Foundation's does", arguments: presentKinds)
    func runtimeCoder(kind: SampleKind) throws {
        for sample in kind.samples {
            let bytes = try SampleEvents.data(sample)
            let passed = try kind.passThroughRuntime(bytes)
            let expected = leaves(of: try JSONSerialization.jsonObject(with: kind.passThrough(bytes)))
            #expect(leaves(of: try JSONSerialization.jsonObject(with: passed)) == expected, "\(sample)")
        }
    }

    @Test("a document tells its kind", arguments: presentKinds)
    func detection(kind: SampleKind) throws {
        for sample in kind.samples {
            let raw = try JSONDecoder().decode(RawEvent.self, from: SampleEvents.data(sample))
            #expect(raw.kind == kind.kind, "\(sample)")
            #expect(try LeanJSONDecoder().decode(RawEvent.self, from: SampleEvents.data(sample)) == raw, "\(sample)")
        }
    }

    /// Times are the same if they are the same instant, by Foundation's other parser.
    private func same(_ original: Leaf, _ passed: Leaf?, at place: JSONPath, of kind: SampleKind) -> Bool {
        if original == passed { return true }
        guard kind.formed.contains(place.pattern), case .text(let before) = original, case .text(let after)? = passed,
            let instant = Self.instant(before)
        else { return false }
        return instant == Self.instant(after)
    }

    private static func instant(_ text: String) -> Date? {
        let formatter = ISO8601DateFormatter()
        if text.contains(".") { formatter.formatOptions.insert(.withFractionalSeconds) }
        return formatter.date(from: text)
    }
}
