import Foundation

/// The environment variables that a function's process starts with.
///
/// Lambda Developer Guide, "Defined runtime environment variables": reserved ones cannot be set by the function's
/// configuration; `PATH`, `LANG`, `TZ` and `LD_LIBRARY_PATH` can.
enum LambdaVariables {
    static let version = "$LATEST"

    static func make(
        _ function: FunctionConfiguration, runtimeAPI: String, credentials: SessionCredentials, logStream: String,
        inherited: [String: String]
    ) -> [String: String] {
        var variables = unreserved(inherited)
        variables.merge(function.environment) { $1 }
        variables.merge(reserved(function, runtimeAPI, credentials, logStream)) { $1 }
        return variables
    }

    /// Only what finds programs and libraries comes from the emulator's own environment.
    private static func unreserved(_ inherited: [String: String]) -> [String: String] {
        var variables = ["LANG": "en_US.UTF-8", "TZ": ":UTC", "PATH": "/usr/local/bin:/usr/bin:/bin"]
        for name in ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
            if let value = inherited[name] { variables[name] = value }
        }
        return variables
    }

    private static func reserved(
        _ function: FunctionConfiguration, _ runtimeAPI: String, _ credentials: SessionCredentials, _ logStream: String
    ) -> [String: String] {
        let root = function.executable.deletingLastPathComponent().path
        let region = function.region
        return [
            "AWS_ACCESS_KEY_ID": credentials.accessKeyID,
            "AWS_DEFAULT_REGION": region,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": String(function.memoryMegabytes),
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_VERSION": version,
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/\(function.name)",
            "AWS_LAMBDA_LOG_STREAM_NAME": logStream,
            "AWS_LAMBDA_RUNTIME_API": runtimeAPI,
            "AWS_REGION": region,
            "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey,
            "AWS_SESSION_TOKEN": credentials.sessionToken,
            "LAMBDA_RUNTIME_DIR": root,
            "LAMBDA_TASK_ROOT": root,
            "_HANDLER": function.handler,
        ]
    }

    /// `2026/11/21/[$LATEST]` and 32 hexadecimal digits.
    static func logStream(on date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        func two(_ value: Int?) -> String { (value ?? 0) < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
        return "\(parts.year ?? 0)/\(two(parts.month))/\(two(parts.day))/[\(version)]\(randomHexadecimal(digits: 32))"
    }
}

extension FunctionConfiguration {
    /// The fourth part of `arn:aws:lambda:region:account:function:name`.
    var region: String {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 3 && !parts[3].isEmpty ? String(parts[3]) : "us-east-1"
    }
}

/// Lower-case, for ids that nobody has to guess.
func randomHexadecimal(digits: Int) -> String {
    var text = ""
    while text.utf8.count < digits {
        // A word at a time: each random number is a call of the system.
        let word = String(UInt64.random(in: 0...UInt64.max), radix: 16)
        text += String(repeating: "0", count: 16 - word.utf8.count) + word
    }
    return String(text.prefix(digits))
}
