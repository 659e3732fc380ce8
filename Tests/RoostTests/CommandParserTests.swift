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

    @Test("start takes the durability of the tables, full unless it is said")
    func startDurability() throws {
        guard case .start(let relaxed) = try CommandParser.parse(["start", "--durability=relaxed"]),
            case .start(let usual) = try CommandParser.parse(["start"])
        else { return #expect(Bool(false), "not start") }
        #expect((relaxed.durability, usual.durability) == (.relaxed, .full))
        #expect(relaxed.data.described(relaxed.durability) == "data in .roost, durability relaxed")
        #expect(DataLocation.inMemory.described(.relaxed) == "nothing on disk")
    }

    @Test("invoke takes a function and a file")
    func invoke() throws {
        guard case .invoke(let options) = try CommandParser.parse(["invoke", "auth", "--event", "e.json", "--log"]) else {
            return #expect(Bool(false), "not invoke")
        }
        #expect((options.function, options.event?.lastPathComponent, options.showLog) == ("auth", "e.json", true))
    }

    @Test("store serves, checks, copies and forks data directories")
    func store() throws {
        guard case .store(let store) = try CommandParser.parse(["store", "--durability", "relaxed", "--data-dir", "d"]),
            case .storeCheck(let check) = try CommandParser.parse(["store", "check", "--data-dir", "d"]),
            case .storeSnapshot(let snapshot) = try CommandParser.parse(["store", "snapshot", "s", "--port", "8000"]),
            case .storeRestore(let restore) = try CommandParser.parse(["store", "restore", "s"]),
            case .storeFork(let fork) = try CommandParser.parse(["store", "fork", "s", "--data-dir", "d", "--fork-port=9"])
        else { return #expect(Bool(false), "another command") }
        let directory = URL(fileURLWithPath: "d", isDirectory: true)
        #expect((store.durability, store.data) == (.relaxed, .directory(directory)))
        #expect(check.directory == directory)
        #expect(snapshot.source == .port(host: "127.0.0.1", port: 8000))
        #expect(snapshot.target.lastPathComponent == "s")
        #expect(restore.directory.lastPathComponent == ".roost")
        #expect((fork.source.source, fork.store.port) == (.directory(directory), 9))
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
            (["start", "--durability", "none"], "--durability takes full or relaxed, not 'none'"),
            (["start", "--in-memory", "--durability=full"], "--durability and --in-memory exclude each other"),
            (["start", "extra"], "unexpected argument 'extra'"),
            (["start", "--parameter-overrides", "Stage"], "--parameter-overrides takes NAME=VALUE, not 'Stage'"),
            (["store", "--durability", "none"], "--durability takes full or relaxed, not 'none'"),
            (["store", "--in-memory", "--durability=full"], "--durability and --in-memory exclude each other"),
            (["store", "snapshto"], "unexpected argument 'snapshto'; did you mean snapshot?"),
            (["store", "snapshot"], "where to? roost store snapshot TARGET"),
            (["store", "snapshot", "a", "--port", "1", "--data-dir", "d"], "--port and --data-dir exclude each other"),
            (["store", "snapshot", "a", "--host", "::1"], "--host needs --port"),
            (["store", "restore"], "which snapshot? roost store restore SNAPSHOT --data-dir DIR"),
            (["store", "fork", "a", "b"], "unexpected argument 'b'"),
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
        let commands = CommandParser.commands.filter { $0 != "help" } + CommandParser.storeCommands.map { "store \($0)" }
        for command in commands {
            for option in CommandParser.options(of: command) {
                #expect(Help.text(for: command).contains("--\(option.name)"), "\(command)")
            }
        }
    }
}
