import Dispatch
import Foundation

/// Ctrl-C and SIGTERM as something to wait for.
struct StopSignals {
    private let sources: [any DispatchSourceSignal]
    private let arrivals: AsyncStream<Int32>

    /// From here on neither signal ends the process by itself. A second one while stopping does, with the exit code that
    /// shells use for a death by that signal.
    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        arrivals = stream
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if source.data > 0, case .terminated = continuation.yield(number) { exit(128 + number) }
            }
            source.resume()
            return source
        }
    }

    /// Returns at the first signal.
    func wait() async {
        for await _ in arrivals { return }
    }
}
