import AccessControl

/// What the demo did, one row per case and step, and how it ended.
struct Report: Encodable {
    struct Row: Encodable {
        var group: String
        var name: String
        /// The function that did the work; empty for steps that only look.
        var function: String
        /// A status code, `ok`, or what the step saw.
        var status: String
        var milliseconds: Double
        /// Why it failed; nil where it is as expected.
        var failure: String?
    }

    private(set) var rows: [Row] = []
    /// What the functions called in all cases and steps together, beside what their policies allow.
    var permissions: [String: AccessRecord.Entry] = [:]

    var failures: Int { rows.count { $0.failure != nil } }

    mutating func add(_ row: Row) {
        rows.append(row)
    }

    /// A line for a row, with the failure beneath it.
    static func line(_ row: Row) -> String {
        let mark = row.failure == nil ? "ok  " : "FAIL"
        let time = "\((row.milliseconds * 10).rounded() / 10) ms"
        let columns = [
            mark, row.function.padded(to: 17), row.name.padded(to: 66), row.status.padded(to: 8), time.leftPadded(to: 10),
        ]
        let line = columns.joined(separator: "  ")
        return row.failure.map { line + "\n        \($0)" } ?? line
    }
}

extension String {
    /// The text with spaces before it, up to `width` characters.
    func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
