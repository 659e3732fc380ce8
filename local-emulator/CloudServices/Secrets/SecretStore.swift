package import EmulatorClock
package import Foundation
internal import RoostSQLite
internal import Synchronization

/// Secrets with their current and previous values, in `secrets.sqlite3`.
package final class SecretStore: Sendable {
    package enum Location: Sendable {
        /// `secrets.sqlite3` in this directory, which must exist.
        case directory(URL)
        case inMemory
    }

    struct Secret: Sendable, Equatable {
        var name: String
        var arn: String
        var createdMilliseconds: Int64
        var changedMilliseconds: Int64
        /// By staging label: `AWSCURRENT`, `AWSPREVIOUS`.
        var versions: [String: Version]
    }

    struct Version: Sendable, Equatable {
        var id: String
        var value: String
        var createdMilliseconds: Int64
    }

    private let clock: any EmulatorClock
    private let database: Mutex<SQLiteDatabase>

    /// - Throws: what SQLite says of a directory that cannot be used.
    package init(location: Location, clock: any EmulatorClock) throws {
        self.clock = clock
        let place: SQLiteDatabase.Location =
            switch location {
            case .directory(let directory): .file(directory.appendingPathComponent("secrets.sqlite3").path)
            case .inMemory: .inMemory
            }
        let opened = try SQLiteDatabase(place)
        try opened.execute(
            """
            CREATE TABLE IF NOT EXISTS secrets(
                name TEXT PRIMARY KEY, arn TEXT NOT NULL, created_ms INTEGER NOT NULL, changed_ms INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS versions(
                name TEXT NOT NULL, stage TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, created_ms INTEGER NOT NULL,
                PRIMARY KEY(name, stage)) WITHOUT ROWID;
            """)
        database = Mutex(opened)
    }

    /// Makes the template's secrets where they are not there yet; a generated value is made once and stays.
    package func ensure(_ definitions: [SecretDefinition]) throws {
        for definition in definitions {
            if let known = try find(definition.name) {
                // The ARN comes from the template, so that functions and store agree after its options changed.
                if known.arn != definition.arn { try setARN(definition.arn, of: known.name) }
                if case .text(let text) = definition.value, known.versions["AWSCURRENT"]?.value != text {
                    _ = try put(text, in: known.name)
                }
            } else {
                _ = try create(name: definition.name, arn: definition.arn, value: try Self.value(definition.value))
            }
        }
    }

    private static func value(_ value: SecretDefinition.Value) throws -> String {
        switch value {
        case .text(let text): return text
        case .generated(let generation):
            let secret = try generation.make()
            guard let template = generation.template, let key = generation.key else { return secret }
            guard var object = try JSONSerialization.jsonObject(with: Data(template.utf8)) as? [String: Any] else {
                throw ServiceError(code: "InvalidParameterException", message: "The template of a secret must be a JSON object.")
            }
            object[key] = secret
            let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
            return String(decoding: data, as: UTF8.self)
        }
    }

    /// A secret by its name, its ARN, or its ARN without the six characters at the end.
    func find(_ id: String) throws -> Secret? {
        try database.withLock { database in
            let secret = try database.first(
                """
                SELECT name, arn, created_ms, changed_ms FROM secrets
                WHERE name = ? OR arn = ? OR substr(arn, 1, length(arn) - 7) = ?
                """, .text(id), .text(id), .text(id)
            ) { row in
                Secret(
                    name: row.text(0), arn: row.text(1), createdMilliseconds: row.integer(2), changedMilliseconds: row.integer(3),
                    versions: [:])
            }
            guard var secret else { return nil }
            try database.forEach("SELECT stage, id, value, created_ms FROM versions WHERE name = ?", [.text(secret.name)]) {
                row in
                secret.versions[row.text(0)] = Version(id: row.text(1), value: row.text(2), createdMilliseconds: row.integer(3))
                return true
            }
            return secret
        }
    }

    /// - Parameter versionID: the caller's `ClientRequestToken`, which becomes the version's id.
    func create(name: String, arn: String, value: String, versionID: String? = nil) throws -> Secret? {
        let now = clock.nowMilliseconds
        try database.withLock { database in
            try database.transaction {
                try database.run(
                    "INSERT INTO secrets(name, arn, created_ms, changed_ms) VALUES(?, ?, ?, ?)", .text(name), .text(arn),
                    .integer(now),
                    .integer(now))
                try Self.insert(value, of: name, versionID: versionID, now: now, database)
            }
        }
        return try find(name)
    }

    /// The value becomes `AWSCURRENT`; what was current becomes `AWSPREVIOUS`.
    func put(_ value: String, in name: String, versionID: String? = nil) throws -> Secret? {
        let now = clock.nowMilliseconds
        try database.withLock { database in
            try database.transaction {
                try database.run("DELETE FROM versions WHERE name = ? AND stage = 'AWSPREVIOUS'", .text(name))
                try database.run(
                    "UPDATE versions SET stage = 'AWSPREVIOUS' WHERE name = ? AND stage = 'AWSCURRENT'", .text(name))
                try Self.insert(value, of: name, versionID: versionID, now: now, database)
                try database.run("UPDATE secrets SET changed_ms = ? WHERE name = ?", .integer(now), .text(name))
            }
        }
        return try find(name)
    }

    private static func insert(
        _ value: String, of name: String, versionID: String?, now: Int64, _ database: SQLiteDatabase
    ) throws {
        try database.run(
            "INSERT INTO versions(name, stage, id, value, created_ms) VALUES(?, 'AWSCURRENT', ?, ?, ?)", .text(name),
            .text(versionID ?? UUID().uuidString.lowercased()), .text(value), .integer(now))
    }

    private func setARN(_ arn: String, of name: String) throws {
        try database.withLock { database in
            _ = try database.run("UPDATE secrets SET arn = ? WHERE name = ?", .text(arn), .text(name))
        }
    }

    /// The current value of a secret, by its name or its ARN; nil when there is none.
    package func currentValue(of id: String) throws -> String? {
        try find(id)?.versions["AWSCURRENT"]?.value
    }

    /// Whether the current value of some secret is a JSON object that has `text` under `key`.
    func hasValue(_ text: String, forKey key: String) throws -> Bool {
        let values = try database.withLock { database in
            try database.rows("SELECT value FROM versions WHERE stage = 'AWSCURRENT'") { $0.text(0) }
        }
        return values.contains { value in
            // A secret that is no JSON object of texts has no such key.
            (try? JSONDecoder().decode([String: String].self, from: Data(value.utf8)))?[key] == text
        }
    }
}
