import Foundation
import LambdaEvents
import Testing

/// What AWS may do to an event one day, done to each sample: nothing but the loss of a documented field may break decoding.
@Suite("events of tomorrow decode")
struct SampleMutationTests {
    @Test("a field that is added to any object", arguments: presentKinds)
    func addedFields(kind: SampleKind) throws {
        let added: [String: Any] = ["list": [1, NSNull()], "text": "t"]
        for (sample, document) in try documents(kind) {
            let objects = JSONPath.all(in: document).filter { $0.value is [String: Any] && !$0.path.isMap && !$0.path.isInItem }
            for (path, _) in objects {
                let place = JSONPath(path.steps + ["fieldOfTomorrow"])
                #expect(decodes(place.replacing(with: added, in: document), kind), "\(sample): \(place)")
            }
        }
    }

    @Test("a field that is left out or null, but for the documented ones", arguments: presentKinds)
    func missingFields(kind: SampleKind) throws {
        var required: Set<String> = []
        for (sample, document) in try documents(kind) {
            for path in firstPlaces(in: document) where path.value(in: document) != nil && Int(path.steps.last ?? "0") == nil {
                guard decodes(path.replacing(with: nil, in: document), kind) else {
                    required.insert(path.pattern)
                    continue
                }
                let isMapMember = JSONPath(Array(path.steps.dropLast())).isMap
                if !isMapMember {
                    #expect(decodes(path.replacing(with: NSNull(), in: document), kind), "\(sample): null at \(path)")
                }
            }
        }
        #expect(required.subtracting(kind.required).sorted() == [], "not documented as always there")
        #expect(kind.required.subtracting(required).sorted() == [], "documented as always there, and decodes without")
    }

    @Test("a word that nobody knows, but for times and base64", arguments: presentKinds)
    func unknownWords(kind: SampleKind) throws {
        var formed: Set<String> = []
        for (_, document) in try documents(kind) {
            for path in firstPlaces(in: document) where path.value(in: document) is String {
                if !decodes(path.replacing(with: "WordOfTomorrow!", in: document), kind) { formed.insert(path.pattern) }
            }
        }
        #expect(formed.sorted() == kind.formed.sorted())
    }

    private func documents(_ kind: SampleKind) throws -> [(sample: String, document: Any)] {
        try kind.samples.map { ($0, try JSONSerialization.jsonObject(with: SampleEvents.data($0))) }
    }

    /// One place of each pattern, outside of items.
    private func firstPlaces(in document: Any) -> [JSONPath] {
        var seen: Set<String> = []
        return JSONPath.all(in: document).map(\.path).filter { path in
            !path.steps.isEmpty && !path.isInItem && seen.insert(path.pattern).inserted
        }
    }

    private func decodes(_ document: Any?, _ kind: SampleKind) -> Bool {
        guard let document, let bytes = try? JSONSerialization.data(withJSONObject: document) else { return false }
        return (try? kind.passThrough(bytes)) != nil  // Any error: it does not.
    }
}
