import Foundation
import LambdaEvents
import Testing

@testable import FunctionToolkit

@Suite("Canonical JSON text, as Python writes it", .enabled(if: Python.isPresent))
struct CanonicalTextTests {
    @Test("texts, numbers of every size, nested members in order, and the hashes that Powertools makes of them")
    func documents() throws {
        var numbers: [JSONValue] = [
            0, 1, -1, 1.5, 1e15, 123_456.789, 0.1, 1e-4, 1e-5, 2.5e-7, 1.0e16, 1.8e16, 1e22, -3.25e-300, 5e-324,
        ]
        numbers += [.number(9_007_199_254_740_993.5), .number(.greatestFiniteMagnitude), .integer(.max), .integer(.min)]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let number = Double(bitPattern: generator.next())
            // A whole one would be read back as an integer, which Python tells apart.
            if number.isFinite, number.rounded() != number || abs(number) > 1e19 { numbers.append(.number(number)) }
        }
        let document: JSONValue = [
            "text": "\u{0}\u{1f}\u{7f}\"\\/\n\r\t\u{8}\u{c} ü 漢 😀 \u{2028}", "numbers": .array(numbers), "ä": nil, "z": true,
            "Z": false,
            "😀": 1, "\u{ff5e}": 2, "": ["b": [:], "a": []],
        ]
        let input = Data(JSONText.write(document).utf8)
        let program = "import json,sys,hashlib; d=json.load(sys.stdin); t=json.dumps(d, sort_keys=True); "
        #expect(try Python.run(program + "sys.stdout.write(t)", input: input) == JSONText.write(document, .python))
        for (name, hash) in [("md5", IdempotencyHash.md5), ("sha256", .sha256)] {
            #expect(
                try Python.run(program + "sys.stdout.write(hashlib.\(name)(t.encode()).hexdigest())", input: input)
                    == hash.hex(document))
        }
    }
}
