internal import DynamoDBExpressions
internal import RoostSQLite

/// The making of a backup, or the restoring of a table: items are copied in steps of bounded size, each of which is one
/// transaction with the job's place in it. Other requests run in between, and after a crash the job goes on from its place.
///
/// A live table goes on changing while it is copied, so its change log undoes, at the end, what changed since the moment that
/// is wanted: newest change first, so that the oldest one has the last word.
///
///     copying ──all items are copied──▶ undoing ──the log is read back to the moment──▶ done: the row is deleted
///        └──────── from a backup, which does not change ────────────────────────────────────▲
struct CopyJob: Sendable {
    static let schema = """
        CREATE TABLE copy_jobs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            source INTEGER NOT NULL,
            target INTEGER NOT NULL,
            after_hash BLOB,
            after_range BLOB,
            undo_after INTEGER NOT NULL,
            undo_up_to INTEGER);
        """

    enum Kind: String, Sendable {
        /// From a table (`source`) to a backup (`target`).
        case backup
        /// From a backup (`source`) to a table (`target`).
        case restoreBackup
        /// From a table (`source`) to a table (`target`).
        case restoreToPointInTime
    }

    var id: Int64
    var kind: Kind
    var source: Int64
    var target: Int64
    /// The last key that is copied; nil before the first.
    var after: ItemKey?
    /// The newest change of the log that belongs to the moment that is wanted.
    var undoAfter: Int64
    /// The newest change that is still to be undone; nil while items are copied.
    var undoUpTo: Int64?

    static func all(in database: SQLiteDatabase) throws -> [CopyJob] {
        let sql = "SELECT id, kind, source, target, after_hash, after_range, undo_after, undo_up_to FROM copy_jobs ORDER BY id"
        var jobs: [CopyJob] = []
        try database.forEach(sql) { row in
            guard let kind = Kind(rawValue: row.text(1)) else {
                throw StoreError.internalFailure("the copy job \(row.integer(0)) has no known kind")
            }
            jobs.append(
                CopyJob(
                    id: row.integer(0), kind: kind, source: row.integer(2), target: row.integer(3),
                    after: row.isNull(4) ? nil : ItemKey(hash: row.bytes(4), range: row.bytes(5)),
                    undoAfter: row.integer(6), undoUpTo: row.optionalInteger(7)))
            return true
        }
        return jobs
    }
}

extension WriteTransaction {
    /// What one step copies at most: other requests wait for no more than this.
    static let copyStepItems = 500
    static let copyStepBytes = 4 << 20
    /// One step to copy a small table, and one to undo what little has changed.
    static let stepsAtOnce = 2

    /// Writes a job's row. `undoAfter` is nil for a source that does not change.
    func insertJob(_ kind: CopyJob.Kind, from source: Int64, to target: Int64, undoAfter: Int64? = nil) throws -> CopyJob {
        try database.run(
            "INSERT INTO copy_jobs (kind, source, target, undo_after) VALUES (?, ?, ?, ?)", .text(kind.rawValue),
            .integer(source), .integer(target), .integer(undoAfter ?? 0))
        return CopyJob(id: database.lastInsertedRowID, kind: kind, source: source, target: target, undoAfter: undoAfter ?? 0)
    }

    /// Takes every job one step further.
    ///
    /// - Returns: whether there is more to do.
    func advanceCopyJobs() throws -> Bool {
        for job in try CopyJob.all(in: database) {
            try willChange()
            try advance(job)
        }
        return try database.first("SELECT 1 FROM copy_jobs") { _ in true } ?? false
    }

    /// Takes a new job its first steps within the request, so that a small table is there with the answer.
    func begin(_ job: CopyJob) throws {
        for _ in 0..<Self.stepsAtOnce {
            guard let job = try CopyJob.all(in: database).first(where: { $0.id == job.id }) else { return }
            try advance(job)
        }
    }

    private func advance(_ job: CopyJob) throws {
        let sink = try self.sink(of: job)
        if let undoUpTo = job.undoUpTo {
            try undo(job, upTo: undoUpTo, into: sink)
        } else {
            try copy(job, into: sink)
        }
    }

    private func copy(_ job: CopyJob, into sink: CopySink) throws {
        let source = job.kind == .restoreBackup ? "b_\(job.source)" : TableSQL(id: job.source).table
        let place = job.after == nil ? "" : "WHERE (h, r) > (?2, ?3)"
        var values: [SQLiteValue] = [.integer(Self.copyStepItems)]
        if let after = job.after { values += [.blob(after.hash), .blob(after.range)] }
        var page: [(key: ItemKey, document: ItemDocument)] = []
        var bytes = 0
        try database.forEach("SELECT h, r, size, item FROM \(source) \(place) ORDER BY h, r LIMIT ?1", values) { row in
            let document = ItemDocument(json: row.bytes(3), size: Int(row.integer(2)))
            page.append((ItemKey(hash: row.bytes(0), range: row.bytes(1)), document))
            bytes += document.json.count
            return bytes < Self.copyStepBytes
        }
        for (key, document) in page { try put(document, at: key, into: sink) }
        // A step that was full may have left some; one that was not has seen the end.
        guard let last = page.last, page.count == Self.copyStepItems || bytes >= Self.copyStepBytes else {
            guard job.kind != .restoreBackup else { return try finish(job) }
            return try beginUndo(job)
        }
        try database.run(
            "UPDATE copy_jobs SET after_hash = ?, after_range = ? WHERE id = ?", .blob(last.key.hash), .blob(last.key.range),
            .integer(job.id))
    }

    /// What changes from here on changes keys that are copied already, and is not of the moment that is wanted.
    private func beginUndo(_ job: CopyJob) throws {
        let last = try lastChange(in: ChangeLogSQL(tableID: job.source))
        guard last > job.undoAfter else { return try finish(job) }
        try database.run("UPDATE copy_jobs SET undo_up_to = ? WHERE id = ?", .integer(last), .integer(job.id))
    }

    private func undo(_ job: CopyJob, upTo last: Int64, into sink: CopySink) throws {
        let log = ChangeLogSQL(tableID: job.source)
        let page = try changes(in: log, after: job.undoAfter, upTo: last, limit: Self.copyStepItems)
        for change in page {
            if let before = change.before {
                try put(before, at: change.key, into: sink)
            } else {
                try remove(change.key, from: sink)
            }
        }
        guard let oldest = page.last, page.count == Self.copyStepItems else { return try finish(job) }
        try database.run("UPDATE copy_jobs SET undo_up_to = ? WHERE id = ?", .integer(oldest.sequence - 1), .integer(job.id))
    }

    private func finish(_ job: CopyJob) throws {
        try database.run("DELETE FROM copy_jobs WHERE id = ?", .integer(job.id))
        switch job.kind {
        case .backup:
            try database.run(
                "UPDATE backups SET status = ? WHERE id = ?", .text(BackupStatus.available.rawValue), .integer(job.target))
        case .restoreBackup, .restoreToPointInTime:
            if let table = table(id: job.target) { try redefine(table) { $0.restore?.isInProgress = false } }
        }
        if job.kind != .restoreBackup, let source = table(id: job.source) {
            try redefine(source) { definition in
                let users = (definition.changeLogUsers ?? 1) - 1
                definition.changeLogUsers = users > 0 ? users : nil
            }
        }
    }

    func table(id: Int64) -> Table? { tables.values.first { $0.id == id } }

    // MARK: - What refuses to go on meanwhile

    func isInUse(_ backup: StoredBackup) throws -> Bool {
        guard backup.status == .available else { return true }
        let kind = CopyJob.Kind.restoreBackup.rawValue
        let sql = "SELECT 1 FROM copy_jobs WHERE kind = ? AND source = ?"
        return try database.first(sql, .text(kind), .integer(backup.id)) { _ in true } ?? false
    }

    /// Refuses to delete a table that is being backed up or restored.
    func checkIsNotCopied(_ table: Table) throws(StoreError) {
        guard !table.isBeingRestored else {
            throw StoreError(
                code: "ResourceInUseException",
                message: "Attempt to change a resource which is still in use: Table is being created: \(table.name)")
        }
        guard table.definition.changeLogUsers ?? 0 == 0 else {
            throw StoreError(
                code: "ResourceInUseException",
                message: "Attempt to change a resource which is still in use: Table is being backed up: \(table.name)")
        }
    }
}

/// Where a job writes to.
private enum CopySink {
    /// The items of a backup, which have no indexes.
    case backup(id: Int64)
    case table(Table)
}

extension WriteTransaction {
    private func sink(of job: CopyJob) throws -> CopySink {
        guard job.kind != .backup else { return .backup(id: job.target) }
        guard let table = table(id: job.target) else {
            throw StoreError.internalFailure("the table of the copy job \(job.id) is gone")
        }
        return .table(table)
    }

    private func put(_ document: ItemDocument, at key: ItemKey, into sink: CopySink) throws {
        switch sink {
        case .table(let table):
            try replace(
                try currentItem(key, in: table), with: try NewItem(restored: document, for: table), at: key, in: table)
        case .backup(let id):
            try count(try sizeInBackup(id, key), document.size, in: id)
            try database.run(
                "REPLACE INTO b_\(id) (h, r, size, item) VALUES (?1, ?2, ?3, ?4)", .blob(key.hash), .blob(key.range),
                .integer(document.size), .blob(document.json))
        }
    }

    private func remove(_ key: ItemKey, from sink: CopySink) throws {
        switch sink {
        case .table(let table): try replace(try currentItem(key, in: table), with: nil, at: key, in: table)
        case .backup(let id):
            try count(try sizeInBackup(id, key), nil, in: id)
            try database.run("DELETE FROM b_\(id) WHERE h = ?1 AND r = ?2", .blob(key.hash), .blob(key.range))
        }
    }

    private func sizeInBackup(_ id: Int64, _ key: ItemKey) throws -> Int? {
        try database.first("SELECT size FROM b_\(id) WHERE h = ?1 AND r = ?2", .blob(key.hash), .blob(key.range)) {
            Int($0.integer(0))
        }
    }

    /// Keeps the backup's item count and size.
    private func count(_ before: Int?, _ after: Int?, in backup: Int64) throws {
        let items = (after == nil ? 0 : 1) - (before == nil ? 0 : 1)
        try database.run(
            "UPDATE backups SET items = items + ?, bytes = bytes + ? WHERE id = ?", .integer(items),
            .integer((after ?? 0) - (before ?? 0)), .integer(backup))
    }
}

extension NewItem {
    /// An item that was in a table before. One whose index key attribute came before the index, with a type that the index
    /// does not take, has no entry in it, as in the table that it came from.
    init(restored document: ItemDocument, for table: Table) throws {
        let attributes = try document.attributes()
        self.table = table
        self.attributes = attributes
        self.document = document
        indexEntries = try table.indexEntries(of: attributes, document: document)
        vectorEntries = table.vectorEntries(of: attributes)
        pageBytes = PageSize.bytes(of: attributes, sortKey: table.key.range?.name)
    }
}
