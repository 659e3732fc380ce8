import DeploymentTemplate
import Foundation
import StoreEngine

/// Turns the words of the command line into a ``Command``.
enum CommandParser {
    static let commands = ["start", "store", "demo", "invoke", "validate", "help"]
    /// What `roost store` does to data besides serving it.
    static let storeCommands = ["check", "snapshot", "restore", "fork"]

    private typealias Option = ArgumentParser.Option

    private static let dataOptions = [
        Option(name: "data-dir", value: "DIR", help: "where durable state lives (default .roost)"),
        Option(name: "in-memory", value: nil, help: "keep nothing on disk"),
    ]
    private static let directoryOption = dataOptions[0]
    private static let durabilityOption = Option(
        name: "durability", value: "full|relaxed",
        help: "full (default): a write to DynamoDB is answered when it is synced to the disk; relaxed: when the system has it, "
            + "so that a power cut may lose the newest writes, whole ones, and kill -9 none")
    /// The store that a snapshot is of.
    private static let sourceOptions = [
        Option(name: "port", value: "PORT", help: "the port of the running store"),
        Option(name: "host", value: "ADDRESS", help: "its address, one of this machine (default 127.0.0.1)"),
        Option(
            name: "data-dir", value: "DIR", help: "in place of --port: its data directory, running or stopped (default .roost)"),
    ]
    private static let hostOptions = [
        Option(name: "host", value: "ADDRESS", help: "where to listen (default 127.0.0.1)"),
        Option(
            name: "verify-signatures", value: nil,
            help: "verify the signatures of DynamoDB's requests, with the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
                + "(default: any signature will do)"),
    ]
    private static let templateOptions = [
        Option(name: "template", value: "FILE", help: "the SAM template (default template.yaml)"),
        Option(name: "functions-dir", value: "DIR", help: "where the functions' programs are (default: beside roost)"),
        Option(
            name: "parameter-overrides", value: "NAME=VALUE", help: "a value for a parameter of the template; may be repeated"),
    ]
    private static let portOptions = [
        Option(name: "port", value: "PORT", help: "the AWS-compatible endpoint (default 4566; 0 picks a free one)"),
        Option(name: "http-port", value: "PORT", help: "the HTTP API (default 3000)"),
        Option(name: "ws-port", value: "PORT", help: "the WebSocket API (default 3001)"),
    ]

    /// The options of each command, in the order of the help text.
    static func options(of command: String) -> [ArgumentParser.Option] {
        let jsonOption = Option(name: "json", value: nil, help: "print the result as JSON")
        let helpOption = Option(name: "help", value: nil, help: "print this text")
        let own: [Option] =
            switch command {
            case "start":
                templateOptions + dataOptions + [durabilityOption] + hostOptions + portOptions
                    + [Option(name: "quiet", value: nil, help: "do not print what the functions log")]
            case "store":
                [Option(name: "port", value: "PORT", help: "where to listen (default 8000; 0 picks a free one)")] + hostOptions
                    + dataOptions + [durabilityOption]
            case "store check", "store restore": [directoryOption]
            case "store snapshot": sourceOptions
            case "store fork":
                sourceOptions + [
                    Option(name: "fork-port", value: "PORT", help: "where the second store listens (default 0, a free one)"),
                    durabilityOption,
                ]
            case "demo":
                templateOptions + [
                    Option(name: "events", value: "DIR", help: "the fixtures and scenarios (default events)"), jsonOption,
                ]
            case "invoke":
                [
                    Option(name: "event", value: "FILE", help: "the event, JSON; - or nothing reads standard input"),
                    Option(
                        name: "endpoint-url", value: "URL",
                        help: "a running emulator (default: the one that serves --data-dir, else one is started for this call)"),
                    Option(name: "log", value: nil, help: "print the invocation's log to standard error"),
                ] + templateOptions + dataOptions
            case "validate": templateOptions + [jsonOption]
            default: []
            }
        return own + [helpOption]
    }

    static func parse(_ words: [String]) throws(UsageError) -> Command {
        guard let name = words.first else { return .help(nil) }
        if name == "--version" || name == "version" { return .version }
        if name == "--help" || name == "-h" { return .help(nil) }
        guard commands.contains(name) else {
            if name == "events" { throw UsageError("'roost events' is not built yet; fixtures are in events/") }
            throw UsageError("unknown command \(name)\(Suggestion.text(for: name, among: commands))")
        }
        if name == "help" { return .help(words.count > 1 ? words.dropFirst().joined(separator: " ") : nil) }
        if name == "store", let sub = words.dropFirst().first, storeCommands.contains(sub) {
            return try parse("store \(sub)", Array(words.dropFirst(2)))
        }
        return try parse(name, Array(words.dropFirst()))
    }

    private static func parse(_ name: String, _ rest: [String]) throws(UsageError) -> Command {
        if rest.contains("--help") || rest.contains("-h") { return .help(name) }
        let arguments = try ArgumentParser(command: name, options: options(of: name)).parse(rest)
        return try command(name, arguments)
    }

    private static let takesArgument: Set = ["invoke", "store snapshot", "store restore", "store fork"]

    private static func command(_ name: String, _ arguments: ArgumentParser.Arguments) throws(UsageError) -> Command {
        if !takesArgument.contains(name), let extra = arguments.positional.first {
            let hint = name == "store" ? Suggestion.text(for: extra, among: storeCommands) : ""
            throw UsageError("unexpected argument '\(extra)'\(hint)", command: name)
        }
        switch name {
        case "start": return .start(try emulator(arguments, command: name))
        case "store": return .store(try store(arguments))
        case "store check": return .storeCheck(StoreCheckOptions(directory: directory(arguments)))
        case "store snapshot": return .storeSnapshot(try snapshot(arguments, command: name))
        case "store restore":
            let source = try path(arguments, "which snapshot? roost store restore SNAPSHOT --data-dir DIR", command: name)
            return .storeRestore(StoreRestoreOptions(snapshot: source, directory: directory(arguments)))
        case "store fork": return .storeFork(try fork(arguments))
        case "demo":
            var options = DemoOptions(emulator: try emulator(arguments, command: name), json: arguments.flags.contains("json"))
            if let path = arguments["events"] { options.events = URL(fileURLWithPath: path, isDirectory: true) }
            return .demo(options)
        case "invoke": return .invoke(try invoke(arguments))
        default:
            return .validate(
                ValidateOptions(emulator: try emulator(arguments, command: name), json: arguments.flags.contains("json")))
        }
    }

    private static func invoke(_ arguments: ArgumentParser.Arguments) throws(UsageError) -> InvokeOptions {
        guard let function = arguments.positional.first else {
            throw UsageError("which function? roost invoke FUNCTION --event FILE", command: "invoke")
        }
        if arguments.positional.count > 1 {
            throw UsageError("unexpected argument '\(arguments.positional[1])'", command: "invoke")
        }
        var options = InvokeOptions(emulator: try emulator(arguments, command: "invoke"), function: function)
        if let path = arguments["event"], path != "-" { options.event = URL(fileURLWithPath: path) }
        options.endpointURL = arguments["endpoint-url"]
        options.showLog = arguments.flags.contains("log")
        return options
    }

    private static func store(_ arguments: ArgumentParser.Arguments) throws(UsageError) -> StoreOptions {
        var options = StoreOptions()
        options.data = try data(arguments, command: "store") ?? options.data
        options.host = arguments["host"] ?? options.host
        options.port = try port(arguments, "port", command: "store") ?? options.port
        options.verifiesSignatures = arguments.flags.contains("verify-signatures")
        options.durability = try durability(arguments, command: "store") ?? options.durability
        return options
    }

    private static func durability(
        _ arguments: ArgumentParser.Arguments, command: String
    ) throws(UsageError) -> Durability? {
        guard let text = arguments["durability"] else { return nil }
        guard let durability = Durability(rawValue: text) else {
            throw UsageError("--durability takes full or relaxed, not '\(text)'", command: command)
        }
        if arguments.flags.contains("in-memory") {
            throw UsageError("--durability and --in-memory exclude each other", command: command)
        }
        return durability
    }

    private static func directory(_ arguments: ArgumentParser.Arguments) -> URL {
        URL(fileURLWithPath: arguments["data-dir"] ?? ".roost", isDirectory: true)
    }

    private static func snapshot(
        _ arguments: ArgumentParser.Arguments, command: String
    ) throws(UsageError) -> StoreSnapshotOptions {
        let target = try path(arguments, "where to? roost \(command) TARGET", command: command)
        guard let port = try port(arguments, "port", command: command) else {
            if arguments["host"] != nil { throw UsageError("--host needs --port", command: command) }
            return StoreSnapshotOptions(source: .directory(directory(arguments)), target: target)
        }
        if arguments["data-dir"] != nil { throw UsageError("--port and --data-dir exclude each other", command: command) }
        return StoreSnapshotOptions(
            source: .port(host: arguments["host"] ?? StoreOptions().host, port: port), target: target)
    }

    private static func fork(_ arguments: ArgumentParser.Arguments) throws(UsageError) -> StoreForkOptions {
        var store = StoreOptions()
        store.port = try port(arguments, "fork-port", command: "store fork") ?? 0
        store.durability = try durability(arguments, command: "store fork") ?? store.durability
        return StoreForkOptions(source: try snapshot(arguments, command: "store fork"), store: store)
    }

    /// The one argument of a command that takes a path.
    private static func path(
        _ arguments: ArgumentParser.Arguments, _ question: String, command: String
    ) throws(UsageError) -> URL {
        guard let first = arguments.positional.first else { throw UsageError(question, command: command) }
        if arguments.positional.count > 1 {
            throw UsageError("unexpected argument '\(arguments.positional[1])'", command: command)
        }
        return URL(fileURLWithPath: first, isDirectory: true)
    }

    private static func emulator(_ arguments: ArgumentParser.Arguments, command: String) throws(UsageError) -> EmulatorOptions {
        var options = EmulatorOptions()
        if let path = arguments["template"] { options.template = URL(fileURLWithPath: path) }
        if let path = arguments["functions-dir"] { options.functionsDirectory = URL(fileURLWithPath: path, isDirectory: true) }
        options.data = try data(arguments, command: command) ?? options.data
        options.durability = try durability(arguments, command: command) ?? options.durability
        options.host = arguments["host"] ?? options.host
        options.port = try port(arguments, "port", command: command) ?? options.port
        options.httpPort = try port(arguments, "http-port", command: command) ?? options.httpPort
        options.webSocketPort = try port(arguments, "ws-port", command: command) ?? options.webSocketPort
        options.quiet = arguments.flags.contains("quiet")
        options.verifiesSignatures = arguments.flags.contains("verify-signatures")
        for override in arguments.all("parameter-overrides") {
            let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw UsageError("--parameter-overrides takes NAME=VALUE, not '\(override)'", command: command)
            }
            options.parameterOverrides[String(parts[0])] = String(parts[1])
        }
        return options
    }

    private static func data(_ arguments: ArgumentParser.Arguments, command: String) throws(UsageError) -> DataLocation? {
        switch (arguments["data-dir"], arguments.flags.contains("in-memory")) {
        case (.some, true): throw UsageError("--data-dir and --in-memory exclude each other", command: command)
        case (.some(let path), false): return .directory(URL(fileURLWithPath: path, isDirectory: true))
        case (nil, true): return .inMemory
        case (nil, false): return nil
        }
    }

    private static func port(
        _ arguments: ArgumentParser.Arguments, _ name: String, command: String
    ) throws(UsageError) -> UInt16? {
        guard let text = arguments[name] else { return nil }
        guard let port = UInt16(text) else {
            throw UsageError("--\(name) takes a number from 0 to 65535, not '\(text)'", command: command)
        }
        return port
    }
}
