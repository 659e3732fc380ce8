import Foundation

/// `roost start`: everything in the template, until Ctrl-C or SIGTERM.
struct StartCommand {
    var options: EmulatorOptions

    func run() async throws {
        let signals = StopSignals()
        let start = ContinuousClock.now
        let emulator = try await Emulator.start(options)
        let addresses = emulator.addresses
        Console.print(
            """
            roost \(Program.version): \(options.template.relativePath), \(addresses.functions.count) functions, \(options.data.described(options.durability))
              HTTP API       \(addresses.http)
              WebSocket API  \(addresses.webSocket)
              AWS endpoint   \(addresses.endpoint)
              Inbox          \(addresses.endpoint)/_roost/inbox
              Journal        \(addresses.endpoint)/_roost/journal
              Permissions    \(addresses.endpoint)/_roost/permissions
            ready in \(Int(start.duration(to: .now).inMilliseconds)) ms; press Ctrl-C to stop
            """)
        await signals.wait()
        Console.print("roost: stopping")
        await emulator.stop()
        Console.print("roost: stopped")
    }
}
