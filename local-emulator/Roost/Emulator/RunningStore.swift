import Foundation

/// The note that a running `roost store` leaves in its data directory, so that `roost store snapshot` finds it.
struct RunningStore: Codable {
    private static let fileName = "store.json"

    var endpoint: String
    var processID: Int32

    /// The endpoint of the process that serves this directory now, `roost store` or `roost start`; nil where none does.
    static func endpoint(in location: DataLocation) -> String? {
        guard let folder = location.folder else { return nil }
        if let data = try? Data(contentsOf: folder.appendingPathComponent(fileName)),  // no note: no `roost store`
            let note = try? JSONDecoder().decode(RunningStore.self, from: data),  // half a note: as good as none
            kill(note.processID, 0) == 0
        {
            return note.endpoint
        }
        return RunningEmulator.endpoint(in: location)
    }

    static func leaveNote(endpoint: String, in location: DataLocation) throws(Failure) {
        guard let folder = location.folder else { return }
        let note = RunningStore(endpoint: endpoint, processID: ProcessInfo.processInfo.processIdentifier)
        do {
            try JSONEncoder().encode(note).write(to: folder.appendingPathComponent(fileName), options: .atomic)
        } catch {
            throw Failure("\(folder.appendingPathComponent(fileName).relativePath) cannot be written: \(error)")
        }
    }

    static func removeNote(in location: DataLocation) {
        guard let folder = location.folder else { return }
        try? FileManager.default.removeItem(at: folder.appendingPathComponent(fileName))  // its reader checks the process
    }
}
