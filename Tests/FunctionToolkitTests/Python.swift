import Foundation

/// Python as a second opinion, where it is installed.
enum Python {
    static let isPresent = has("json")

    /// Whether a module can be imported.
    static func has(_ module: String) -> Bool {
        let isPresent = (try? run("import \(module)")) != nil  // any failure means: not there
        if !isPresent { print("skipped: python3 with \(module) is not installed, so nothing to compare with") }
        return isPresent
    }

    struct Failure: Error {
        var output: String
    }

    /// Runs a program with that standard input and gives what it printed.
    static func run(_ program: String, input: Data = Data()) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        let (standardInput, standardOutput, standardError) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        process.standardError = standardError
        try process.run()
        // The programs read all of their input before they write.
        try standardInput.fileHandleForWriting.write(contentsOf: input)
        try standardInput.fileHandleForWriting.close()
        let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
        let errors = try standardError.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(output: String(decoding: errors, as: UTF8.self)) }
        return String(decoding: output, as: UTF8.self)
    }
}
