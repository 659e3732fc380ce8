/// Runs one command and says with which code to exit: 0 fine, 1 a failure of the work, 2 wrong usage.
enum RoostProgram {
    static func run(_ words: [String]) async -> Int32 {
        let command: Command
        do {
            command = try CommandParser.parse(words)
        } catch {
            let help = error.command.map { "roost \($0) --help" } ?? "roost --help"
            Console.error("roost: \(error.message)\nTry '\(help)'.")
            return 2
        }
        do {
            return try await run(command)
        } catch let failure as Failure {
            Console.error("roost: \(failure)")
        } catch {
            Console.error("roost: \(error)")
        }
        return 1
    }

    private static func run(_ command: Command) async throws -> Int32 {
        switch command {
        case .start(let options): try await StartCommand(options: options).run()
        case .store(let options): try await StoreCommand(options: options).run()
        case .storeCheck(let options): return try StoreCheckCommand(options: options).run()
        case .storeSnapshot(let options): try await StoreSnapshotCommand(options: options).run()
        case .storeRestore(let options): try StoreRestoreCommand(options: options).run()
        case .storeFork(let options): try await StoreForkCommand(options: options).run()
        case .demo(let options): return try await DemoCommand(options: options).run()
        case .invoke(let options): return try await InvokeCommand(options: options).run()
        case .validate(let options): try ValidateCommand(options: options).run()
        case .help(let name): Console.print(Help.text(for: name))
        case .version: Console.print("roost \(Program.version)")
        }
        return 0
    }
}
