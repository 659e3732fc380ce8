// swift-tools-version: 6.0
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

enum Layer: String {
    case runtime = "Sources/Runtime"
    case functions = "Sources/Functions"
    case emulator = "local-emulator"
    case benchmarks = "Benchmarks/Functions"
    case tests = "Tests"
}

struct Module {
    var name: String
    var layer: Layer
    var needs: [String] = []
    var kind: Kind = .library
    /// `cLibrary`: C sources of our own.
    enum Kind { case library, executable, test, cLibrary }
    var path: String { "\(layer.rawValue)/\(name)" }
}

func cLibrary(_ name: String, _ layer: Layer, pkgConfig: String?, apt: [String], brew: [String]) -> Target {
    .systemLibrary(
        name: name, path: "\(layer.rawValue)/\(name)", pkgConfig: pkgConfig,
        providers: [.apt(apt), .brew(brew)])
}

let cLibraries: [Target] = [
    cLibrary("CRoostCurl", .runtime, pkgConfig: "libcurl", apt: ["libcurl4-openssl-dev"], brew: ["curl"]),
    cLibrary("CRoostCrypto", .runtime, pkgConfig: "libcrypto", apt: ["libssl-dev"], brew: ["openssl@3"]),
    cLibrary("CRoostZlib", .runtime, pkgConfig: "zlib", apt: ["zlib1g-dev"], brew: ["zlib"]),
    cLibrary("CSQLite", .emulator, pkgConfig: "sqlite3", apt: ["libsqlite3-dev"], brew: ["sqlite"]),
    cLibrary("CMicroHTTPD", .emulator, pkgConfig: "libmicrohttpd", apt: ["libmicrohttpd-dev"], brew: ["libmicrohttpd"]),
    cLibrary("CWslay", .emulator, pkgConfig: nil, apt: ["libwslay-dev"], brew: ["wslay"]),
    cLibrary("CYAML", .emulator, pkgConfig: "yaml-0.1", apt: ["libyaml-dev"], brew: ["libyaml"]),
    // Of the C library alone: starting processes.
    .systemLibrary(name: "CRoostProcess", path: "local-emulator/CRoostProcess"),
]

/// Bottom layer first: a module needs only what stands above it in this list.
let modules: [Module] = [
    // The runtime: what a deployed function links.
    Module(name: "RoostJSON", layer: .runtime),
    Module(name: "LambdaEvents", layer: .runtime, needs: ["RoostJSON"]),
    Module(name: "LambdaLogEvents", layer: .runtime, needs: ["LambdaEvents", "CRoostZlib"]),
    Module(name: "RoostHTTPClient", layer: .runtime, needs: ["CRoostCurl"]),
    Module(name: "RoostCryptography", layer: .runtime, needs: ["CRoostCrypto"]),
    Module(name: "AWSClients", layer: .runtime, needs: ["LambdaEvents", "RoostHTTPClient", "RoostCryptography"]),
    Module(name: "CRoostCrash", layer: .runtime, kind: .cLibrary),
    Module(name: "LambdaRuntime", layer: .runtime, needs: ["RoostHTTPClient", "RoostJSON", "CRoostCrash"]),
    Module(
        name: "FunctionToolkit", layer: .runtime,
        needs: ["LambdaEvents", "RoostHTTPClient", "RoostJSON", "RoostCryptography", "AWSClients", "LambdaRuntime"]),

    // The functions.
    Module(
        name: "Platform", layer: .functions,
        needs: ["LambdaEvents", "RoostCryptography", "RoostHTTPClient", "AWSClients", "LambdaRuntime", "FunctionToolkit"]),
    Module(name: "Blueprints", layer: .functions, needs: ["Platform"]),
    function("auth"),
    function("api"),
    function("websocket-connect"),
    function("routing"),
    function("stream-processor"),

    // Functions that do next to nothing, to measure the runtime with.
    Module(name: "noop", layer: .benchmarks, needs: ["LambdaRuntime"], kind: .executable),
    Module(name: "echo", layer: .benchmarks, needs: ["LambdaEvents", "LambdaRuntime"], kind: .executable),
    Module(name: "streamed", layer: .benchmarks, needs: ["LambdaRuntime"], kind: .executable),

    // The emulator's engines.
    Module(name: "EmulatorClock", layer: .emulator),
    Module(name: "Journal", layer: .emulator, needs: ["EmulatorClock"]),
    Module(name: "RoostSQLite", layer: .emulator, needs: ["CSQLite"]),
    Module(name: "DynamoDBExpressions", layer: .emulator, needs: ["LambdaEvents"]),
    Module(name: "PartiQL", layer: .emulator),
    Module(
        name: "StoreEngine", layer: .emulator,
        needs: ["LambdaEvents", "EmulatorClock", "RoostCryptography", "RoostSQLite", "DynamoDBExpressions", "PartiQL"]),
    Module(name: "QueueEngine", layer: .emulator, needs: ["EmulatorClock", "RoostCryptography", "RoostSQLite"]),
    Module(name: "Inbox", layer: .emulator, needs: ["EmulatorClock", "RoostSQLite"]),
    Module(name: "DeploymentTemplate", layer: .emulator, needs: ["CYAML"]),
    Module(name: "AccessControl", layer: .emulator, needs: ["PartiQL"]),
    Module(name: "FunctionPool", layer: .emulator, needs: ["CRoostProcess", "EmulatorClock", "Journal"]),

    Module(name: "CRoostMemory", layer: .emulator, kind: .cLibrary),

    // The emulator's fronts.
    Module(name: "RoostHTTPServer", layer: .emulator, needs: ["CMicroHTTPD", "CWslay", "RoostCryptography"]),
    Module(
        name: "DynamoDBEndpoint", layer: .emulator,
        needs: [
            "LambdaEvents", "RoostCryptography", "AWSClients", "EmulatorClock", "DynamoDBExpressions", "StoreEngine",
            "CRoostZlib",
        ]),
    Module(name: "RuntimeAPI", layer: .emulator, needs: ["FunctionPool", "Journal", "RoostHTTPServer"]),
    Module(
        name: "APIGateway", layer: .emulator,
        needs: ["EmulatorClock", "LambdaEvents", "DeploymentTemplate", "FunctionPool", "Journal", "RoostHTTPServer"]),
    Module(
        name: "EventSources", layer: .emulator,
        needs: [
            "EmulatorClock", "LambdaEvents", "DeploymentTemplate", "FunctionPool", "Journal", "QueueEngine", "RoostSQLite",
            "StoreEngine",
        ]),
    Module(
        name: "CloudServices", layer: .emulator,
        needs: ["EmulatorClock", "FunctionPool", "Inbox", "Journal", "QueueEngine", "RoostSQLite"]),
    Module(
        name: "RoostTesting", layer: .emulator,
        needs: [
            "AWSClients", "CloudServices", "DynamoDBEndpoint", "EmulatorClock", "Inbox", "Journal", "QueueEngine", "StoreEngine",
        ]),
    Module(
        name: "Roost", layer: .emulator,
        needs: [
            "APIGateway", "AccessControl", "CRoostMemory", "CloudServices", "DeploymentTemplate", "DynamoDBEndpoint",
            "EmulatorClock",
            "EventSources", "FunctionPool", "Inbox", "Journal", "LambdaEvents", "QueueEngine", "RoostHTTPClient",
            "RoostHTTPServer", "RoostSQLite", "RuntimeAPI", "StoreEngine",
        ],
        kind: .executable),

    // What the functions' tests share: the tables, people, and services that keep what they were told.
    Module(
        name: "FunctionTestSupport", layer: .tests,
        needs: ["AWSClients", "LambdaEvents", "Platform", "Blueprints", "RoostTesting"]),

    // The tests mirror the targets.
    test("RoostJSON"),
    test("LambdaEvents", "LambdaLogEvents", "RoostJSON"),
    test("RoostHTTPClient", "RoostHTTPServer"),
    test("RoostCryptography"),
    test("AWSClients", "LambdaEvents", "RoostHTTPServer", "RoostHTTPClient", "RoostCryptography"),
    Module(name: "CrashingFunction", layer: .tests, needs: ["LambdaRuntime"], kind: .executable),
    test("LambdaRuntime", "RoostHTTPServer", "RoostHTTPClient", "CrashingFunction"),
    test(
        "FunctionToolkit", "LambdaEvents", "RoostHTTPClient", "RoostHTTPServer", "RoostCryptography", "AWSClients",
        "LambdaRuntime", "RoostTesting"),
    test("Platform", "AWSClients", "LambdaEvents", "LambdaRuntime", "FunctionToolkit", "RoostCryptography", "RoostTesting"),
    test("Blueprints", "Platform"),
    functionTest("auth"),
    functionTest("api"),
    functionTest("websocket-connect"),
    functionTest("routing"),
    functionTest("stream-processor"),
    test("EmulatorClock"),
    test("Journal", "EmulatorClock"),
    test("RoostSQLite"),
    test("DynamoDBExpressions", "LambdaEvents"),
    test("PartiQL"),
    test("StoreEngine", "LambdaEvents", "EmulatorClock", "DynamoDBExpressions", "RoostSQLite"),
    test("QueueEngine", "EmulatorClock", "RoostSQLite"),
    test("Inbox", "EmulatorClock", "RoostSQLite"),
    test("DeploymentTemplate"),
    test("AccessControl"),
    test("FunctionPool", "EmulatorClock", "Journal"),
    test("RoostHTTPServer"),
    test("DynamoDBEndpoint", "AWSClients", "LambdaEvents", "StoreEngine", "EmulatorClock"),
    test("RuntimeAPI", "FunctionPool", "EmulatorClock", "Journal", "RoostHTTPServer"),
    test("APIGateway", "DeploymentTemplate", "EmulatorClock", "FunctionPool", "Journal", "LambdaEvents", "RoostHTTPServer"),
    test(
        "EventSources", "DeploymentTemplate", "EmulatorClock", "FunctionPool", "Journal", "LambdaEvents", "QueueEngine",
        "RoostSQLite", "StoreEngine"),
    test(
        "CloudServices", "EmulatorClock", "FunctionPool", "Inbox", "Journal", "QueueEngine", "RoostHTTPServer", "RoostSQLite"),
    test("RoostTesting", "AWSClients", "EmulatorClock", "LambdaEvents"),
    test("Roost"),
]

/// A function: its name is its folder, its product, its events folder and its template resource's handler.
func function(_ name: String) -> Module {
    Module(
        name: name, layer: .functions,
        needs: [
            "LambdaEvents", "RoostCryptography", "RoostHTTPClient", "AWSClients", "LambdaRuntime", "FunctionToolkit", "Platform",
            "Blueprints",
        ],
        kind: .executable)
}

func test(_ name: String, _ needs: String...) -> Module {
    Module(name: "\(name)Tests", layer: .tests, needs: [name] + needs, kind: .test)
}

func functionTest(_ name: String) -> Module {
    Module(
        name: "\(name)Tests", layer: .tests,
        needs: [
            name, "LambdaEvents", "RoostCryptography", "AWSClients", "LambdaRuntime", "FunctionToolkit", "Platform", "Blueprints",
            "RoostTesting", "FunctionTestSupport", "RoostHTTPClient",
        ],
        kind: .test)
}

let package = Package(
    name: "roost",
    platforms: [.macOS(.v15)],
    products: modules.compactMap { module in
        switch (module.kind, module.name) {
        case _ where module.layer == .tests: nil
        case (.executable, "Roost"): .executable(name: "roost", targets: ["Roost"])
        case (.executable, _): .executable(name: module.name, targets: [module.name])
        case (.library, "LambdaRuntime"), (.library, "LambdaEvents"), (.library, "LambdaLogEvents"),
            (.library, "FunctionToolkit"), (.library, "AWSClients"),
            (.library, "RoostTesting"):
            .library(name: module.name, targets: [module.name])
        default: nil
        }
    },
    targets: cLibraries
        + modules.map { module in
            let needs = module.needs.map { Target.Dependency.target(name: $0) }
            return switch module.kind {
            case .library: .target(name: module.name, dependencies: needs, path: module.path, swiftSettings: settings)
            case .cLibrary: .target(name: module.name, path: module.path)
            case .executable:
                .executableTarget(name: module.name, dependencies: needs, path: module.path, swiftSettings: settings)
            case .test: .testTarget(name: module.name, dependencies: needs, path: module.path, swiftSettings: settings)
            }
        },
    swiftLanguageModes: [.v6]
)
