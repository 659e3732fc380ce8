internal import EmulatorClock
internal import Foundation

/// UpdateContinuousBackups: turns point-in-time recovery on and off, and sets how far back it goes. It takes effect with the
/// answer.
extension StoreEngine {
    package func updateContinuousBackups(
        _ input: UpdateContinuousBackupsInput,
        completion: @escaping @Sendable (Result<ContinuousBackupsDescription, StoreError>) -> Void
    ) {
        let table: Table
        do throws(StoreError) {
            table = try backupTable(input.tableName)
            guard input.pointInTimeRecoveryEnabled || input.recoveryPeriodInDays == nil else {
                throw .validation("RecoveryPeriodInDays can only be specified when PointInTimeRecoveryEnabled is true")
            }
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            guard let current = transaction.tables[table.name], current.id == table.id else {
                throw StoreError.backupTableNotFound(table.name)
            }
            guard !current.isBeingRestored else { throw StoreError.backupsUnavailable(table.name) }
            let now = transaction.nowMilliseconds
            let recovery = current.definition.pointInTimeRecovery.updated(
                isEnabled: input.pointInTimeRecoveryEnabled, periodDays: input.recoveryPeriodInDays, nowMilliseconds: now)
            guard recovery != current.definition.pointInTimeRecovery else {
                return ContinuousBackupsDescription(recovery, nowMilliseconds: now)
            }
            try transaction.redefine(current) { $0.pointInTimeRecovery = recovery }
            return ContinuousBackupsDescription(recovery, nowMilliseconds: now)
        }
    }

    package func describeContinuousBackups(_ tableName: String) throws(StoreError) -> ContinuousBackupsDescription {
        let table = try backupTable(tableName)
        return ContinuousBackupsDescription(table.definition.pointInTimeRecovery, nowMilliseconds: clock.nowMilliseconds)
    }
}

extension PointInTimeRecovery? {
    fileprivate func updated(isEnabled: Bool, periodDays: Int?, nowMilliseconds: Int64) -> PointInTimeRecovery? {
        guard isEnabled else { return nil }
        guard var recovery = self else {
            return PointInTimeRecovery(
                enabledMilliseconds: nowMilliseconds, periodDays: periodDays ?? PointInTimeRecovery.longestPeriodDays)
        }
        // A longer period does not bring back what a shorter one has trimmed.
        recovery.enabledMilliseconds = recovery.range(nowMilliseconds: nowMilliseconds).lowerBound
        recovery.periodDays = periodDays ?? recovery.periodDays
        return recovery
    }
}

extension ContinuousBackupsDescription {
    init(_ recovery: PointInTimeRecovery?, nowMilliseconds: Int64) {
        guard let recovery else {
            self.init(pointInTimeRecovery: nil)
            return
        }
        let range = recovery.range(nowMilliseconds: nowMilliseconds)
        // In whole seconds, as the service gives them.
        func second(_ milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds / 1000)) }
        self.init(
            pointInTimeRecovery: Recovery(
                recoveryPeriodInDays: recovery.periodDays, earliestRestorableDateTime: second(range.lowerBound),
                latestRestorableDateTime: second(range.upperBound)))
    }
}
