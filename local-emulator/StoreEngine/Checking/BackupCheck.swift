internal import DynamoDBExpressions
internal import LambdaEvents
internal import RoostSQLite

/// Backups, the logs of changes that lead back to a moment, and the jobs that make copies.
struct BackupCheck {
    let database: SQLiteDatabase
    let tables: [Table]

    /// The SQL tables that hold backups' items.
    static func sqlTables(_ database: SQLiteDatabase) throws -> [String] {
        try StoredBackup.all(in: database).map(\.itemsTable)
    }

    func run(_ report: inout StoreCheckReport) throws {
        let backups = try StoredBackup.all(in: database)
        let jobs = try CopyJob.all(in: database)
        for backup in backups {
            report.attempt("backup \(backup.arn)") { try check(backup, isBeingMade: jobs.isMaking(backup), &$0) }
        }
        for table in tables {
            report.attempt("table \(table.name)") { try checkLog(of: table, jobs, &$0) }
        }
        for job in jobs where !isWhole(job, backups) {
            report.add("copy job \(job.id)", "what it copies from or to is not there")
        }
    }

    private func check(_ backup: StoredBackup, isBeingMade: Bool, _ report: inout StoreCheckReport) throws {
        let place = "backup \(backup.arn)"
        guard let table = Table(id: 0, definition: backup.definition, arn: backup.tableARN, stream: nil) else {
            return report.add(place, "its table's keys name no attributes")
        }
        var count = ItemCount()
        try database.forEach("SELECT h, r, size, item FROM \(backup.itemsTable)") { row in
            let document = ItemDocument(json: row.bytes(3), size: Int(row.integer(2)))
            count = count + ItemCount(of: document)
            let key = ItemKey(hash: row.bytes(0), range: row.bytes(1))
            if try table.itemKey(ofItem: try document.attributes()) != key { report.add(place, "an item is under another key") }
            return true
        }
        if count != ItemCount(items: backup.items, bytes: backup.bytes) {
            report.add(place, "\(count.items) items of \(count.bytes) bytes, and \(backup.items) of \(backup.bytes) are counted")
        }
        if isBeingMade != (backup.status == .creating) {
            report.add(place, "it is \(backup.status.rawValue), and \(isBeingMade ? "still" : "not") being made")
        }
    }

    /// A log has the users that its table counts, and entries that can be put back.
    private func checkLog(of table: Table, _ jobs: [CopyJob], _ report: inout StoreCheckReport) throws {
        let place = "table \(table.name)"
        let users = jobs.count { $0.kind != .restoreBackup && $0.source == table.id }
        if users != table.definition.changeLogUsers ?? 0 {
            report.add(place, "\(table.definition.changeLogUsers ?? 0) copies of it are counted, and \(users) are being made")
        }
        guard let log = table.changeLogSQL else { return }
        try database.forEach("SELECT h, r, size, item FROM \(log.table) WHERE item IS NOT NULL") { row in
            let document = ItemDocument(json: row.bytes(3), size: Int(row.integer(2)))
            let key = ItemKey(hash: row.bytes(0), range: row.bytes(1))
            if try table.itemKey(ofItem: try document.attributes()) != key {
                report.add(place, "its log of changes has an item under another key")
            }
            return true
        }
    }

    private func isWhole(_ job: CopyJob, _ backups: [StoredBackup]) -> Bool {
        func isTable(_ id: Int64) -> Bool { tables.contains { $0.id == id } }
        func isBackup(_ id: Int64) -> Bool { backups.contains { $0.id == id } }
        return switch job.kind {
        case .backup: isTable(job.source) && isBackup(job.target)
        case .restoreBackup: isBackup(job.source) && isTable(job.target)
        case .restoreToPointInTime: isTable(job.source) && isTable(job.target)
        }
    }
}

extension [CopyJob] {
    fileprivate func isMaking(_ backup: StoredBackup) -> Bool { contains { $0.kind == .backup && $0.target == backup.id } }
}
