import DeploymentTemplate

/// Reads `--name value`, `--name=value`, flags and positional arguments against what a command declares.
struct ArgumentParser {
    /// An option or flag of a command.
    struct Option {
        var name: String
        /// What stands for the value in the help text; nil makes it a flag.
        var value: String?
        var help: String
    }

    /// What was typed, by option name; a repeated option keeps every value.
    struct Arguments {
        private(set) var values: [String: [String]] = [:]
        private(set) var flags: Set<String> = []
        private(set) var positional: [String] = []

        subscript(name: String) -> String? { values[name]?.last }

        func all(_ name: String) -> [String] { values[name] ?? [] }

        fileprivate mutating func add(value: String, to name: String) { values[name, default: []].append(value) }
        fileprivate mutating func add(flag: String) { flags.insert(flag) }
        fileprivate mutating func add(positional text: String) { positional.append(text) }
    }

    var command: String
    var options: [Option]

    func parse(_ words: [String]) throws(UsageError) -> Arguments {
        var result = Arguments()
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            guard word.hasPrefix("-"), word.count > 1 else {
                result.add(positional: word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard let option = options.first(where: { "--\($0.name)" == parts[0] }) else {
                throw unknown(parts[0])
            }
            guard let placeholder = option.value else {
                guard parts.count == 1 else { throw UsageError("--\(option.name) takes no value", command: command) }
                result.add(flag: option.name)
                continue
            }
            if parts.count == 2 {
                result.add(value: parts[1], to: option.name)
            } else if index < words.count {
                result.add(value: words[index], to: option.name)
                index += 1
            } else {
                throw UsageError("--\(option.name) needs a value: --\(option.name) \(placeholder)", command: command)
            }
        }
        return result
    }

    private func unknown(_ word: String) -> UsageError {
        let hint = Suggestion.text(for: word, among: options.map { "--\($0.name)" })
        return UsageError("unknown option \(word)\(hint)", command: command)
    }
}

/// Wrong usage of the command line: printed with a pointer to the help, exit code 2.
struct UsageError: Error, Equatable {
    var message: String
    var command: String?

    init(_ message: String, command: String? = nil) {
        self.message = message
        self.command = command
    }
}
