#if canImport(FoundationEssentials)
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
        LambdaEnvironment(variables: ProcessInfo.processInfo.environment)
    }

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
    /// `AWS_LAMBDA_LOG_LEVEL`; `INFO` where it is missing or none of Lambda's six levels.
    public var logLevel: LambdaLog.Level {
        variables["AWS_LAMBDA_LOG_LEVEL"].flatMap { LambdaLog.Level(rawValue: $0.uppercased()) } ?? .info
    }
}
