#if canImport(Glibc)
    // `environ` is a variable; nobody writes it while the process starts.
    @preconcurrency internal import Glibc
#elseif canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The variables that a function is started with.
///
/// Names: AWS Lambda Developer Guide, "Defined runtime environment variables".
public struct LambdaEnvironment: Sendable {
    public let variables: [String: String]

    public init(variables: [String: String]) {
        self.variables = variables
    }

    /// This process's variables.
    public static var current: LambdaEnvironment {
        #if canImport(Glibc)
            LambdaEnvironment(variables: systemVariables)
        #else
            LambdaEnvironment(variables: ProcessInfo.processInfo.environment)
        #endif
    }

    #if canImport(Glibc)
        /// Read here because Foundation takes longer over it than all else before the first event (0.6 million instructions).
        private static var systemVariables: [String: String] {
            var variables: [String: String] = [:]
            var entry = environ
            while let text = entry.pointee {
                entry += 1
                guard let sign = strchr(text, CInt(UInt8(ascii: "="))) else { continue }
                let name = String(decoding: UnsafeRawBufferPointer(start: text, count: sign - text), as: UTF8.self)
                // Of a name that is there twice getenv(3) finds the first.
                if variables[name] == nil { variables[name] = String(cString: sign + 1) }
            }
            return variables
        }
    #endif

    public subscript(name: String) -> String? {
        variables[name]
    }

    /// A variable that the function cannot do without; an empty one counts as missing.
    ///
    /// - Throws: ``MissingVariable``, which names it. Thrown from the handler's initializer it ends the init phase and
    ///   stands in the answer to the caller.
    public func require(_ name: String) throws(MissingVariable) -> String {
        guard let value = variables[name], !value.isEmpty else { throw MissingVariable(name: name) }
        return value
    }

    public struct MissingVariable: Error, Sendable, Equatable, LambdaErrorRepresentable, CustomStringConvertible {
        public let name: String
        public var errorType: String { "MissingEnvironmentVariable" }
        public var errorMessage: String { "the environment variable \(name) is not set" }
        public var description: String { errorMessage }
    }

    public var functionName: String? { variables["AWS_LAMBDA_FUNCTION_NAME"] }
    public var functionVersion: String? { variables["AWS_LAMBDA_FUNCTION_VERSION"] }
    public var memorySizeMegabytes: Int? { variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"].flatMap { Int($0) } }
    public var handlerName: String? { variables["_HANDLER"] }
    public var taskRoot: String? { variables["LAMBDA_TASK_ROOT"] }
    public var region: String? { variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"] }
    /// Host and port of the Runtime API, without a scheme.
    public var runtimeAPI: String? { variables["AWS_LAMBDA_RUNTIME_API"] }
    /// `AWS_LAMBDA_MAX_CONCURRENCY`: how many invocations run beside each other in this process; nil where they come one after
    /// the other. Lambda sets it on managed instances.
    public var maximumConcurrency: Int? {
        variables["AWS_LAMBDA_MAX_CONCURRENCY"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
    /// `AWS_LAMBDA_INITIALIZATION_TYPE`: why the init phase ran.
    public var initializationType: InitializationType {
        InitializationType(rawValue: variables["AWS_LAMBDA_INITIALIZATION_TYPE"] ?? "on-demand")
    }

    /// Source: AWS Lambda Developer Guide, "Defined runtime environment variables".
    public struct InitializationType: RawRepresentable, Sendable, Equatable {
        public let rawValue: String
        public static let onDemand = Self(rawValue: "on-demand")
        public static let provisionedConcurrency = Self(rawValue: "provisioned-concurrency")
        public static let snapStart = Self(rawValue: "snap-start")
        public static let managedInstances = Self(rawValue: "lambda-managed-instances")

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Whether somebody waits for the init phase.
        var isOnDemand: Bool { self != .provisionedConcurrency && self != .managedInstances }
    }
}
