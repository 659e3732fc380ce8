import RoostSQLite
import StoreEngine

extension Failure {
    /// Why a store's directory cannot be used, and what to do about it.
    init(opening directory: String, _ error: any Error) {
        let advice: String? =
            switch error {
            case SQLiteFileLockError.heldByAnotherProcess:
                "stop that process, or choose another directory with --data-dir"
            case SQLiteFileLockError.cannotOpen: Self.permissions(directory)
            case let error as SQLiteError: Self.advice(error.kind, directory)
            case StoreOpenError.damagedCatalogue, StoreOpenError.missingPart: Self.damage(directory)
            case StoreOpenError.damagedLog:
                "put a snapshot in its place with 'roost store restore', or go on without those commits by starting once with "
                    + "--durability relaxed"
            case StoreOpenError.newerVersion: "use a newer roost, or choose another directory with --data-dir"
            case StoreOpenError.cannotMakeDirectory: Self.permissions(directory)
            default: nil
            }
        self.init("\(error)" + (advice.map { "; \($0)" } ?? ""))
    }

    private static func advice(_ kind: SQLiteError.Kind, _ directory: String) -> String? {
        switch kind {
        case .cannotOpen, .readOnly: permissions(directory)
        case .diskFull: "make room on the disk, or choose another directory with --data-dir"
        case .damaged: damage(directory)
        case .locked: "another program has it open: end that one"
        case .inputOutput: "look at the disk: the system's log says more"
        case .constraint, .other: nil
        }
    }

    private static func permissions(_ directory: String) -> String {
        "make \(directory) writable for this user, or choose another directory with --data-dir"
    }

    private static func damage(_ directory: String) -> String {
        "'roost store check --data-dir \(directory)' lists what is damaged, 'roost store restore SNAPSHOT --data-dir "
            + "\(directory)' puts a snapshot in its place"
    }
}
