import AWSClients
import Foundation
import FunctionToolkit
import LambdaEvents
import Synchronization
import Testing

struct FeatureFlagsTests {
    /// Saturday, 2026-11-21 14:30:45 UTC.
    private static let now = Date(timeIntervalSince1970: 1_795_271_445)

    private func flags(_ json: String, envelope: [String] = [], at date: Date = now) throws -> FeatureFlags {
        FeatureFlags(store: try FeatureSet(json: Data(json.utf8), envelope: envelope), now: { date })
    }

    private func condition(_ action: String, _ value: String, key: String = "k") throws -> FeatureFlags {
        try flags(
            #"{"f":{"default":false,"rules":{"r":{"when_match":true,"conditions":[{"action":"\#(action)","key":"\#(key)","value":\#(value)}]}}}}"#
        )
    }

    /// What Powertools for Python 3.37 says of the same.
    @Test(
        "conditions",
        arguments: [
            ("EQUALS", #""a""#, "a", true), ("EQUALS", #""a""#, "b", false), ("EQUALS", "1", 1, true), ("EQUALS", "1", 1.0, true),
            ("EQUALS", "[1,2]", [1, 2], true), ("EQUALS", #"{"a":1}"#, ["a": 1.0], true), ("EQUALS", #""1""#, 1, false),
            ("NOT_EQUALS", #""a""#, "b", true), ("NOT_EQUALS", #""a""#, "a", false),
            ("KEY_GREATER_THAN_VALUE", "5", 6, true), ("KEY_GREATER_THAN_VALUE", "5", 5, false),
            ("KEY_GREATER_THAN_VALUE", "5", "6", false), ("KEY_GREATER_THAN_OR_EQUAL_VALUE", "5", 5.0, true),
            ("KEY_LESS_THAN_VALUE", "5.5", 5, true), ("KEY_LESS_THAN_OR_EQUAL_VALUE", #""b""#, "b", true),
            ("KEY_LESS_THAN_VALUE", #""Z""#, "a", false), ("STARTSWITH", #""ab""#, "abc", true),
            ("STARTSWITH", #""bc""#, "abc", false),
            ("STARTSWITH", "1", "abc", false), ("ENDSWITH", #""bc""#, "abc", true), ("ENDSWITH", #""ab""#, "abc", false),
            ("IN", #"["a","b"]"#, "a", true), ("IN", #""xay""#, "a", true), ("IN", #"{"a":1}"#, "a", true),
            ("IN", "[1]", "a", false),
            ("IN", "5", "a", false), ("NOT_IN", #"["a"]"#, "b", true), ("NOT_IN", #"["a"]"#, "a", false),
            ("NOT_IN", "5", "a", false),
            ("KEY_IN_VALUE", #"["a"]"#, "a", true), ("KEY_NOT_IN_VALUE", #"["a"]"#, "b", true),
            ("VALUE_IN_KEY", #""a""#, ["a", "b"], true), ("VALUE_IN_KEY", #""a""#, "cab", true),
            ("VALUE_IN_KEY", #""a""#, 5, false),
            ("VALUE_NOT_IN_KEY", #""x""#, ["a"], true), ("VALUE_NOT_IN_KEY", #""a""#, ["a"], false),
            ("ALL_IN_VALUE", "[1,2,3]", [1, 2], true), ("ALL_IN_VALUE", "[1,2,3]", [1, 4], false),
            ("ALL_IN_VALUE", "[1]", 1, false),
            ("ALL_IN_VALUE", "[1]", [], true), ("ANY_IN_VALUE", "[1,2,3]", [4, 3], true), ("ANY_IN_VALUE", "[1]", [4], false),
            ("ANY_IN_VALUE", "[1]", [], false), ("NONE_IN_VALUE", "[1]", [4], true), ("NONE_IN_VALUE", "[1]", [1], false),
            ("NONE_IN_VALUE", "[1]", "x", false), ("MODULO_RANGE", #"{"BASE":100,"START":0,"END":19}"#, 219, true),
            ("MODULO_RANGE", #"{"BASE":100,"START":0,"END":19}"#, 220, false),
            ("MODULO_RANGE", #"{"BASE":100,"START":0,"END":19}"#, -81, true),
            ("MODULO_RANGE", #"{"BASE":100,"START":0,"END":19}"#, "x", false), ("EQUALS", #""ü""#, "ü", true),
        ] as [(String, String, JSONValue, Bool)])
    func conditions(action: String, value: String, given: JSONValue, expected: Bool) async throws {
        let flags = try condition(action, value)
        #expect(try await flags.isEnabled("f", context: ["k": given], default: false) == expected)
        #expect(try await flags.isEnabled("f", context: ["other": given], default: false) == false)
    }

    @Test(
        "schedules, by the clock of their time zone",
        arguments: [
            ("TIME_RANGE", "CURRENT_TIME", #"{"START":"14:00","END":"14:30"}"#, true),
            ("TIME_RANGE", "CURRENT_TIME", #"{"START":"14:00","END":"14:29"}"#, false),
            ("TIME_RANGE", "CURRENT_TIME", #"{"START":"22:00","END":"15:00"}"#, true),
            ("TIME_RANGE", "CURRENT_TIME", #"{"START":"22:00","END":"06:00"}"#, false),
            ("TIME_RANGE", "CURRENT_TIME", #"{"START":"15:30","END":"15:30","TIMEZONE":"Europe/Berlin"}"#, true),
            ("DAYS_OF_WEEK", "CURRENT_DAY_OF_WEEK", #"{"DAYS":["SATURDAY","MONDAY"]}"#, true),
            ("DAYS_OF_WEEK", "CURRENT_DAY_OF_WEEK", #"{"DAYS":["SUNDAY"]}"#, false),
            ("DAYS_OF_WEEK", "CURRENT_DAY_OF_WEEK", #"{"DAYS":["SUNDAY"],"TIMEZONE":"Pacific/Auckland"}"#, true),
            ("DATETIME_RANGE", "CURRENT_DATETIME", #"{"START":"2026-11-21","END":"2026-11-21T14:30:45"}"#, true),
            ("DATETIME_RANGE", "CURRENT_DATETIME", #"{"START":"2026-11-21T14:30:46","END":"2026-11-22"}"#, false),
            (
                "DATETIME_RANGE", "CURRENT_DATETIME",
                #"{"START":"2026-11-21T15:30:44.5","END":"2026-11-21 15:31","TIMEZONE":"Europe/Berlin"}"#, true
            ),
        ])
    func schedules(action: String, key: String, value: String, expected: Bool) async throws {
        let flags = try condition("SCHEDULE_BETWEEN_" + action, value, key: key)
        #expect(try await flags.isEnabled("f", default: false) == expected)
    }

    private let shop = #"""
        {"shop":{"features":{
          "premium":{"default":false,"rules":{"tier is premium":{"when_match":true,"conditions":[{"action":"EQUALS","key":"tier","value":"premium"}]}}},
          "ten":{"default":"none","boolean_type":false,"rules":{
            "z first":{"when_match":{"percent":10},"conditions":[{"action":"EQUALS","key":"user","value":"u"},{"action":"EQUALS","key":"tier","value":"premium"}]},
            "a \"second\" \u00fc":{"when_match":{"percent":20},"conditions":[{"action":"EQUALS","key":"user","value":"u"}]},
            "m third":{"when_match":{"percent":30},"conditions":[{"action":"STARTSWITH","key":"tier","value":"p"}]}}},
          "on":{"default":true}, "empty":{"default":"","boolean_type":false,"rules":{}}
        }}}
        """#

    @Test("the first rule of the document's order of which all conditions hold decides, then the default")
    func rules() async throws {
        let flags = try flags(shop, envelope: ["shop", "features"])
        func ten(_ context: [String: JSONValue]) async throws -> JSONValue {
            try await flags.value("ten", context: context, default: "caller's")
        }
        #expect(try await ten(["user": "u", "tier": "premium"]) == ["percent": 10])
        #expect(try await ten(["user": "u", "tier": "plus"]) == ["percent": 20])
        #expect(try await ten(["tier": "plus"]) == ["percent": 30])
        #expect(try await ten([:]) == "none")
        #expect(try await flags.isEnabled("premium", context: ["tier": "premium"], default: false))
        #expect(try await flags.isEnabled("premium", default: true) == false)
        #expect(try await flags.value("unknown", default: 7) == 7)
        #expect(try await flags.enabledFeatures() == ["on", "ten"])
        #expect(try await flags.enabledFeatures(context: ["tier": "premium"]) == ["on", "premium", "ten"])
    }

    @Test(
        "a fault of the document is told with its place",
        arguments: [
            ("{", "", "is no JSON"), ("[]", "", "is no object of features"), (#"{"f":{}}"#, "f", "is no object, or empty"),
            (#"{"f":{"default":null}}"#, "f.default", "is missing or null"),
            (#"{"f":{"default":1}}"#, "f.default", "is not true or false"),
            (#"{"f":{"default":1,"boolean_type":0}}"#, "f.boolean_type", "is not true or false"),
            (#"{"f":{"default":true,"rules":[1]}}"#, "f.rules", "is no object"),
            (#"{"f":{"default":true,"rules":{"":{"when_match":true}}}}"#, "f.rules.", "has no name"),
            (#"{"f":{"default":true,"rules":{"r":{"when_match":1}}}}"#, "f.rules.r.when_match", "is not true or false"),
            (
                #"{"f":{"default":true,"rules":{"r":{"when_match":true,"conditions":[]}}}}"#, "f.rules.r.conditions",
                "is no list of conditions, or empty"
            ),
        ])
    func faults(json: String, place: String, problem: String) {
        #expect(throws: FeatureSchemaError(place: place, problem: problem)) { try FeatureSet(json: Data(json.utf8)) }
    }

    @Test(
        "so is a condition's",
        arguments: [
            (#"{"action":"IS","key":"k","value":1}"#, ".action"), (#"{"action":"IN","key":"","value":1}"#, ".key"),
            (#"{"action":"IN","key":"k"}"#, ".value"), (#"{"action":"ANY_IN_VALUE","key":"k","value":1}"#, ".value"),
            (#"{"action":"SCHEDULE_BETWEEN_TIME_RANGE","key":"k","value":{"START":"00:00","END":"01:00"}}"#, ".key"),
            (
                #"{"action":"SCHEDULE_BETWEEN_TIME_RANGE","key":"CURRENT_TIME","value":{"START":"24:00","END":"01:00"}}"#,
                ".value.START"
            ),
            (
                #"{"action":"SCHEDULE_BETWEEN_TIME_RANGE","key":"CURRENT_TIME","value":{"START":"0:00","END":"01:00"}}"#,
                ".value.START"
            ),
            (
                #"{"action":"SCHEDULE_BETWEEN_TIME_RANGE","key":"CURRENT_TIME","value":{"START":"00:00","END":"01:00","TIMEZONE":"Mars/Base"}}"#,
                ".value.TIMEZONE"
            ),
            (
                #"{"action":"SCHEDULE_BETWEEN_DATETIME_RANGE","key":"CURRENT_DATETIME","value":{"START":"2026-02-30","END":"2026-03-01"}}"#,
                ".value.START"
            ),
            (
                #"{"action":"SCHEDULE_BETWEEN_DATETIME_RANGE","key":"CURRENT_DATETIME","value":{"START":"2026-02-28","END":"2026-03-01T00:00:00Z"}}"#,
                ".value.END"
            ),
            (
                #"{"action":"SCHEDULE_BETWEEN_DAYS_OF_WEEK","key":"CURRENT_DAY_OF_WEEK","value":{"DAYS":["Monday"]}}"#,
                ".value.DAYS[0]"
            ),
            (#"{"action":"MODULO_RANGE","key":"k","value":{"BASE":10,"START":5,"END":10}}"#, ".value"),
            (#"{"action":"MODULO_RANGE","key":"k","value":{"BASE":10,"START":5}}"#, ".value.END"), ("5", ""),
        ])
    func conditionFaults(condition: String, place: String) throws {
        let json = #"{"f":{"default":true,"rules":{"r":{"when_match":true,"conditions":[\#(condition)]}}}}"#
        let error = #expect(throws: FeatureSchemaError.self) { try FeatureSet(json: Data(json.utf8)) }
        #expect(error?.place == "f.rules.r.conditions[0]" + place)
    }

    @Test("from AppConfig: kept, read anew when it changes; the caller's default and a word to the log when it is not there")
    func appConfig() async throws {
        let service = StubService { request, count in
            if request.path == "/configurationsessions" {
                return AWSResponse(status: 201, body: Data(#"{"InitialConfigurationToken":"t"}"#.utf8))
            }
            let isOn = count < 3 ? "true" : "false"
            return AWSResponse(
                status: 200, headers: [("Next-Poll-Configuration-Token", "t")],
                body: Data(#"{"a":{"b":{"f":{"default":\#(isOn)}}}}"#.utf8))
        }
        let failures = Mutex<[String]>([])
        let flags = FeatureFlags(
            store: AppConfigFeatures(
                AppConfiguration(
                    client: AppConfigDataClient(transport: service), application: "s", environment: "p", profile: "f",
                    cache: CachePolicy(maximumAge: .seconds(60), now: { service.now })),
                envelope: "a.b"),
            onStoreFailure: { error in failures.withLock { $0.append((error as? AWSServiceError)?.code ?? "") } })
        for _ in 0..<2 { #expect(try await flags.isEnabled("f", default: false)) }
        #expect(service.requests.count == 2)
        service.advance(60)
        #expect(try await flags.isEnabled("f", default: true) == false)
        service.advance(60)
        service.fail()
        #expect(try await flags.isEnabled("f", default: true))
        #expect(try await flags.enabledFeatures().isEmpty)
        #expect(failures.withLock { $0 } == ["AccessDeniedException", "AccessDeniedException"])
    }
}
