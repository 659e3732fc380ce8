import Foundation
import Testing

@testable import Roost

@Suite("The command line")
struct CommandParserTests {
    @Test("start has the documented defaults")
    func startDefaults() throws {
        guard case .start(let options) = try CommandParser.parse(["start"]) else { return #expect(Bool(false), "not start") }
        #expect(options.template.lastPathComponent == "template.yaml")
        #expect(options.data == .directory(URL(fileURLWithPath: ".roost", isDirectory: true)))
        #expect((options.host, options.port, options.httpPort, options.webSocketPort) == ("127.0.0.1", 4566, 3000, 3001))
    }

    @Test("options are read in both forms, repeated ones keep every value")
    func optionForms() throws {
        let words = [
            "start", "--port=0", "--http-port", "8080", "--in-memory", "--parameter-overrides", "Stage=dev",
            "--parameter-overrides=Mail=a=b",
        ]
        guard case .start(let options) = try CommandParser.parse(words) else { return #expect(Bool(false), "not start") }
        #expect((options.port, options.httpPort, options.data) == (0, 8080, .inMemory))
        #expect(options.parameterOverrides == ["Stage": "dev", "Mail": "a=b"])
    }

    @Test("invoke takes a function and a file")
    func invoke() throws {
        guard case .invoke(let options) = try CommandParser.parse(["invoke", "auth", "--event", "e.json", "--log"]) else {
            return #expect(Bool(false), "not invoke")
        }
        #expect((options.function, options.event?.lastPathComponent, options.showLog) == ("auth", "e.json", true))
    }

    @Test(
        "wrong usage says what is wrong and what would be right",
        arguments: [
            (["strat"], "unknown command strat; did you mean start?"),
            (["start", "--prot", "1"], "unknown option --prot; did you mean --port?"),
            (["start", "--port", "70000"], "--port takes a number from 0 to 65535, not '70000'"),
            (["start", "--port"], "--port needs a value: --port PORT"),
            (["start", "--in-memory=yes"], "--in-memory takes no value"),
            (["start", "--in-memory", "--data-dir", "d"], "--data-dir and --in-memory exclude each other"),
            (["start", "extra"], "unexpected argument 'extra'"),
            (["start", "--parameter-overrides", "Stage"], "--parameter-overrides takes NAME=VALUE, not 'Stage'"),
            (["invoke"], "which function? roost invoke FUNCTION --event FILE"),
            (["events"], "'roost events' is not built yet; fixtures are in events/"),
        ])
    func wrongUsage(words: [String], message: String) {
        let error = #expect(throws: UsageError.self) { _ = try CommandParser.parse(words) }
        #expect(error?.message == message)
    }

    @Test("wrong usage ends with code 2, help with 0")
    func exitCodes() async {
        #expect(await RoostProgram.run(["strat"]) == 2)
        #expect(await RoostProgram.run(["help", "start"]) == 0)
    }

    @Test("every command's help names each of its options")
    func help() {
        for command in ["start", "store", "demo", "invoke", "validate"] {
            for option in CommandParser.options(of: command) {
                #expect(Help.text(for: command).contains("--\(option.name)"), "\(command)")
            }
        }
    }
}
