import Foundation

/// The note that a running emulator leaves in its data directory, so that `roost invoke` finds it.
struct RunningEmulator: Codable {
    private static let fileName = "running.json"

    var endpoint: String
    var processID: Int32

    /// The endpoint of the emulator that serves this directory now; nil where none does.
    static func endpoint(in location: DataLocation) -> String? {
        guard case .directory(let folder) = location,
            let data = try? Data(contentsOf: folder.appendingPathComponent(fileName)),  // no note: nothing runs
            let note = try? JSONDecoder().decode(RunningEmulator.self, from: data),  // half a note: as good as none
            kill(note.processID, 0) == 0
        else { return nil }
        return note.endpoint
    }

    static func leaveNote(endpoint: String, in location: DataLocation) throws {
        guard case .directory(let folder) = location else { return }
        let note = RunningEmulator(endpoint: endpoint, processID: ProcessInfo.processInfo.processIdentifier)
        try JSONEncoder().encode(note).write(to: folder.appendingPathComponent(fileName), options: .atomic)
    }

    static func removeNote(in location: DataLocation) {
        guard case .directory(let folder) = location else { return }
        try? FileManager.default.removeItem(at: folder.appendingPathComponent(fileName))  // its reader checks the process
    }
}
