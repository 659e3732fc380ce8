import Foundation
import Synchronization

/// The end of what was logged during one invocation, for `LogType=Tail`.
final class InvocationLog: Sendable {
    /// Lambda API Reference, Invoke: "the last 4 KB of the execution log".
    static let tailBytes = 4096

    let requestID: String
    private let bytes = Mutex<[UInt8]>([])

    init(requestID: String) {
        self.requestID = requestID
    }

    func append(_ line: some Sequence<UInt8>) {
        bytes.withLock { bytes in
            bytes.append(contentsOf: line)
            bytes.append(UInt8(ascii: "\n"))
            // Trimmed now and then, not at each line.
            if bytes.count > 4 * Self.tailBytes { bytes.removeFirst(bytes.count - Self.tailBytes) }
        }
    }

    var tail: Data {
        bytes.withLock { Data($0.suffix(Self.tailBytes)) }
    }
}
