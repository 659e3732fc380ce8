/// Kept in a table's definition while point-in-time recovery is on.
struct PointInTimeRecovery: Sendable, Codable, Equatable {
    /// "You can recover to any point in time within the last 35 days" (Developer Guide), or within the shorter period that
    /// UpdateContinuousBackups sets.
    static let longestPeriodDays = 35

    var enabledMilliseconds: Int64
    var periodDays: Int

    var periodMilliseconds: Int64 { Int64(periodDays) * 86_400_000 }

    /// The moments that the table can be restored to. The service's latest lies five minutes back; here it is now.
    func range(nowMilliseconds: Int64) -> ClosedRange<Int64> {
        let earliest = max(enabledMilliseconds, nowMilliseconds - periodMilliseconds)
        return min(earliest, nowMilliseconds)...nowMilliseconds
    }
}

/// Kept in the definition of a table that was restored.
struct TableRestore: Sendable, Codable, Equatable {
    var sourceBackupARN: String?
    var sourceTableARN: String?
    var restoreSeconds: Double
    /// The table is CREATING, and takes no requests for items.
    var isInProgress: Bool
}

extension Table {
    var isBeingRestored: Bool { definition.restore?.isInProgress ?? false }
}
