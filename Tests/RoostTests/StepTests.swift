import Foundation
import Testing

@testable import Roost

@Suite("Steps of scenarios")
struct StepTests {
    private func decode(_ text: String) throws -> StepList {
        try JSONDecoder().decode(StepList.self, from: Data(text.utf8))
    }

    @Test("each kind of step is read")
    func kinds() throws {
        let list = try decode(
            """
            {"description": "d", "steps": [
              {"name": "1", "invoke": {"function": "auth", "event": {}}},
              {"name": "2", "http": {"method": "GET", "path": "/"}, "expect": {"status": 200}},
              {"name": "3", "connect": {"as": "ben", "query": {"token": "t"}}},
              {"name": "4", "send": {"as": "ben", "json": {}}},
              {"name": "5", "receive": {"as": "ben"}, "within_seconds": 2},
              {"name": "6", "close": {"as": "ben"}},
              {"name": "7", "inbox": {"channel": "sms"}, "capture": {"code": {"from": "message.body", "matches": "(.)"}}},
              {"name": "8", "dynamodb": {"operation": "Query", "request": {}}}]}
            """)
        #expect(list.steps.count == 8)
        #expect(list.steps[4].withinSeconds == 2)
        guard case .connect(let connect) = list.steps[2].action else { return #expect(Bool(false), "not connect") }
        #expect(connect.socket == "ben")
    }

    @Test("a misspelt key, no action and two actions are refused")
    func refused() {
        for step in [
            #"{"name": "x", "htp": {}}"#, #"{"name": "x"}"#,
            #"{"name": "x", "close": {"as": "a"}, "receive": {"as": "a"}}"#,
        ] {
            #expect(throws: DecodingError.self) { try decode(#"{"description": "d", "steps": [\#(step)]}"#) }
        }
    }

    @Test("an expectation must expect something and knows its keys")
    func expectations() throws {
        func decode(_ text: String) throws -> Roost.Expectation {
            try JSONDecoder().decode(Expectation.self, from: Data(text.utf8))
        }
        #expect(try decode(#"{"description": "d", "status": 200}"#).patterns == ["status": 200])
        #expect(throws: DecodingError.self) { try decode(#"{"description": "d"}"#) }
        #expect(throws: DecodingError.self) { try decode(#"{"description": "d", "status": 200, "bodi": {}}"#) }
    }
}
