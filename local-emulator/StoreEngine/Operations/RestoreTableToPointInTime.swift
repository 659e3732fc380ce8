internal import EmulatorClock
internal import Foundation

/// RestoreTableToPointInTime: the source as it was after the last commit that is not younger than the moment asked for.
///
/// Checks: the source is named, the target's name is free, the source, its recovery, the moment, the overrides.
extension StoreEngine {
    package func restoreTableToPointInTime(
        _ input: RestoreTableToPointInTimeInput,
        completion: @escaping @Sendable (Result<RestoreTableOutput, StoreError>) -> Void
    ) {
        guard let nameOrARN = input.sourceTable else {
            return completion(
                .failure(.validation("One of SourceTableName and SourceTableArn must be specified")))
        }
        let sourceName = Self.name(fromARN: nameOrARN) ?? nameOrARN
        let file = CatalogueFile(region: region, accountID: accountID)
        writer.submit(copying(completion)) { transaction in
            try transaction.checkIsFree(input.targetTableName)
            guard let source = transaction.tables[sourceName], nameOrARN == sourceName || nameOrARN == source.arn else {
                throw StoreError.backupTableNotFound(sourceName)
            }
            let moment = try transaction.restoreMoment(of: source, input)
            let restore = TableRestore(
                sourceTableARN: source.arn, restoreSeconds: Double(moment) / 1000, isInProgress: true)
            let definition = try RestoredDefinition(source: source.definition, overrides: input.overrides).definition(
                named: input.targetTableName, nowMilliseconds: transaction.nowMilliseconds, restore)
            return try transaction.restore(definition, in: file) { target in
                let logged = try transaction.redefine(source) { $0.changeLogUsers = ($0.changeLogUsers ?? 0) + 1 }
                let last = try logged.changeLogSQL.map { try transaction.lastChange(in: $0, atMilliseconds: moment) }
                return try transaction.insertJob(.restoreToPointInTime, from: source.id, to: target.id, undoAfter: last)
            }
        }
    }
}

extension WriteTransaction {
    fileprivate func restoreMoment(of source: Table, _ input: RestoreTableToPointInTimeInput) throws(StoreError) -> Int64 {
        guard let recovery = source.definition.pointInTimeRecovery else {
            throw StoreError(
                code: "PointInTimeRecoveryUnavailableException",
                message: "Point in time recovery is not enabled for table '\(source.name)'")
        }
        switch (input.restoreDateTime, input.useLatestRestorableTime ?? false) {
        case (nil, true): return nowMilliseconds
        case (nil, false), (.some, true):
            throw .validation("Exactly one of RestoreDateTime and UseLatestRestorableTime must be specified")
        case (let date?, false):
            let range = recovery.range(nowMilliseconds: nowMilliseconds)
            // The earliest moment is told in whole seconds, so that all of its second counts.
            guard date.milliseconds >= range.lowerBound / 1000 * 1000, date.milliseconds <= range.upperBound else {
                // The message is that of the service's model.
                throw StoreError(
                    code: "InvalidRestoreTimeException",
                    message: "An invalid restore time was specified. RestoreDateTime must be between "
                        + "EarliestRestorableDateTime and LatestRestorableDateTime.")
            }
            return date.milliseconds
        }
    }
}
