/// The texts of `roost help`.
enum Help {
    private static let summaries = [
        "start": "serve everything in the template until Ctrl-C",
        "store": "serve the DynamoDB-compatible store alone",
        "store check": "walk through a stopped store and print what does not agree; exit code 1 if anything",
        "store snapshot": "copy a store, running or stopped, into a new directory TARGET, as of one moment",
        "store restore": "put the data in the directory SNAPSHOT in the place of a stopped store's",
        "store fork": "make a snapshot in TARGET and serve a second store on it until Ctrl-C",
        "demo": "run the functions on every fixture and scenario, print a table, exit",
        "invoke": "run one function on one event and print its answer",
        "validate": "check a template and print what it describes",
    ]

    static func text(for command: String?) -> String {
        guard let command, let summary = summaries[command] else { return overview }
        let usage = "roost \(command) \(arguments[command].map { "\($0) " } ?? "")[options]"
        let options = CommandParser.options(of: command).map { option in
            (left: "--\(option.name)" + (option.value.map { " \($0)" } ?? ""), right: option.help)
        }
        let width = options.map(\.left.count).max() ?? 0
        let lines = options.map { "  \($0.left.padded(to: width))  \($0.right)" }
        return "roost \(command): \(summary)\n\nUsage: \(usage)\n\n" + lines.joined(separator: "\n")
            + (command == "store" ? "\n\n" + storeCommands : "")
    }

    private static let arguments = [
        "invoke": "FUNCTION", "store snapshot": "TARGET", "store restore": "SNAPSHOT", "store fork": "TARGET",
    ]

    private static var storeCommands: String {
        let lines = CommandParser.storeCommands.compactMap { name in
            summaries["store \(name)"].map { "  roost store \(name.padded(to: 10))\($0)" }
        }
        return "Data directories:\n" + lines.joined(separator: "\n")
    }

    private static var overview: String {
        let lines = CommandParser.commands.compactMap { name in
            summaries[name].map { "  \(name.padded(to: 10))\($0)" }
        }
        return """
            roost \(Program.version): a Swift serverless backend with the cloud it needs on one machine

            Usage: roost COMMAND [options]

            \(lines.joined(separator: "\n"))

            'roost COMMAND --help' lists a command's options.
            Exit codes: 0 fine, 1 a failure of the work, 2 wrong usage.
            """
    }
}

extension String {
    /// The text with spaces behind it, up to `width` characters.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
