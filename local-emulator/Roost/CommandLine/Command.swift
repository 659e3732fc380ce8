import AccessControl
import Foundation
import StoreEngine

/// What `roost` was asked to do.
enum Command {
    case start(EmulatorOptions)
    case store(StoreOptions)
    case storeCheck(StoreCheckOptions)
    case storeSnapshot(StoreSnapshotOptions)
    case storeRestore(StoreRestoreOptions)
    case storeFork(StoreForkOptions)
    case demo(DemoOptions)
    case invoke(InvokeOptions)
    case validate(ValidateOptions)
    case help(String?)
    case version
}

/// Where durable state lives.
enum DataLocation: Equatable {
    case directory(URL)
    case inMemory
}

struct EmulatorOptions {
    var template = URL(fileURLWithPath: "template.yaml")
    var data: DataLocation = .directory(URL(fileURLWithPath: ".roost", isDirectory: true))
    /// Of DynamoDB's tables.
    var durability = Durability.full
    var host = "127.0.0.1"
    /// The AWS-compatible endpoint; 0 picks a free port.
    var port: UInt16 = 4566
    var httpPort: UInt16 = 3000
    var webSocketPort: UInt16 = 3001
    /// Where the functions' programs are; the folder of `roost` itself unless told otherwise.
    var functionsDirectory = Program.directory
    var parameterOverrides: [String: String] = [:]
    /// Whether DynamoDB's requests are verified rather than only asked to be signed.
    var verifiesSignatures = false
    /// Whether functions' log lines are printed.
    var quiet = false
    /// What functions called, and may call.
    var accessRecord = AccessRecord()
}

struct StoreOptions {
    var data: DataLocation = .directory(URL(fileURLWithPath: ".roost", isDirectory: true))
    var host = "127.0.0.1"
    var port: UInt16 = 8000
    var verifiesSignatures = false
    var durability = Durability.full
}

struct StoreCheckOptions {
    var directory: URL
}

struct StoreSnapshotOptions {
    enum Source: Equatable {
        case port(host: String, port: UInt16)
        case directory(URL)
    }

    var source: Source
    var target: URL
}

struct StoreRestoreOptions {
    var snapshot: URL
    var directory: URL
}

struct StoreForkOptions {
    var source: StoreSnapshotOptions
    /// The second store; its data is the snapshot.
    var store: StoreOptions
}

struct DemoOptions {
    var emulator = EmulatorOptions()
    var events = URL(fileURLWithPath: "events", isDirectory: true)
    var json = false
}

struct InvokeOptions {
    var emulator = EmulatorOptions()
    var function: String
    /// nil reads standard input.
    var event: URL?
    /// An emulator, or Lambda itself, that is running already.
    var endpointURL: String?
    var showLog = false
}

struct ValidateOptions {
    var emulator = EmulatorOptions()
    var json = false
}

/// Facts about the running program.
enum Program {
    static let version = "0.1.0"

    /// The folder of this executable, links resolved.
    static var directory: URL {
        let path = Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent()
    }
}
