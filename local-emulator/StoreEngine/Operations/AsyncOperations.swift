/// The queued operations for callers that can wait: the same, with the answer as the function's own.
extension StoreEngine {
    package func createTable(_ input: CreateTableInput) async throws(StoreError) -> CreateTableOutput {
        try await answer { createTable(input, completion: $0) }
    }

    package func deleteTable(_ input: DeleteTableInput) async throws(StoreError) -> DeleteTableOutput {
        try await answer { deleteTable(input, completion: $0) }
    }

    package func updateTable(_ input: UpdateTableInput) async throws(StoreError) -> UpdateTableOutput {
        try await answer { updateTable(input, completion: $0) }
    }

    package func tagResource(_ input: TagResourceInput) async throws(StoreError) {
        try await answer { tagResource(input, completion: $0) }
    }

    package func untagResource(_ input: UntagResourceInput) async throws(StoreError) {
        try await answer { untagResource(input, completion: $0) }
    }

    package func updateTimeToLive(_ input: UpdateTimeToLiveInput) async throws(StoreError) -> UpdateTimeToLiveOutput {
        try await answer { updateTimeToLive(input, completion: $0) }
    }

    package func putItem(_ input: PutItemInput) async throws(StoreError) -> PutItemOutput {
        try await answer { putItem(input, completion: $0) }
    }

    package func updateItem(_ input: UpdateItemInput) async throws(StoreError) -> UpdateItemOutput {
        try await answer { updateItem(input, completion: $0) }
    }

    package func deleteItem(_ input: DeleteItemInput) async throws(StoreError) -> DeleteItemOutput {
        try await answer { deleteItem(input, completion: $0) }
    }

    package func batchWriteItem(_ input: BatchWriteItemInput) async throws(StoreError) -> BatchWriteItemOutput {
        try await answer { batchWriteItem(input, completion: $0) }
    }

    package func transactWriteItems(_ input: TransactWriteItemsInput) async throws(StoreError) -> TransactWriteItemsOutput {
        try await answer { transactWriteItems(input, completion: $0) }
    }

    package func createBackup(_ input: CreateBackupInput) async throws(StoreError) -> BackupDetails {
        try await answer { createBackup(input, completion: $0) }
    }

    package func deleteBackup(_ backupArn: String) async throws(StoreError) -> BackupDescription {
        try await answer { deleteBackup(backupArn, completion: $0) }
    }

    package func restoreTableFromBackup(
        _ input: RestoreTableFromBackupInput
    ) async throws(StoreError) -> RestoreTableOutput {
        try await answer { restoreTableFromBackup(input, completion: $0) }
    }

    package func restoreTableToPointInTime(
        _ input: RestoreTableToPointInTimeInput
    ) async throws(StoreError) -> RestoreTableOutput {
        try await answer { restoreTableToPointInTime(input, completion: $0) }
    }

    package func updateContinuousBackups(
        _ input: UpdateContinuousBackupsInput
    ) async throws(StoreError) -> ContinuousBackupsDescription {
        try await answer { updateContinuousBackups(input, completion: $0) }
    }

    func answer<Output: Sendable>(
        _ submit: (@escaping @Sendable (Result<Output, StoreError>) -> Void) -> Void
    ) async throws(StoreError) -> Output {
        let result: Result<Output, StoreError> = await withCheckedContinuation { continuation in
            submit { continuation.resume(returning: $0) }
        }
        return try result.get()
    }
}
