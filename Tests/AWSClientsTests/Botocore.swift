import Foundation
import Testing

/// AWS's own library for Python, as a second opinion where it is installed.
enum Botocore {
    static let isPresent: Bool = {
        let isPresent = (try? run("import botocore; print('yes')", input: [:])) == "yes"  // any failure means: not there
        if !isPresent { print("skipped: python3 with botocore is not installed, so nothing to compare with") }
        return isPresent
    }()

    struct Failure: Error {
        var output: String
    }

    /// Runs a program with a JSON document on its standard input and gives what it printed, without the last newline.
    static func run(_ program: String, input: Any) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        let (standardInput, standardOutput, standardError) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        process.standardError = standardError
        try process.run()
        // Small documents both ways: they fit into the pipes' buffers, so writing first cannot block.
        try standardInput.fileHandleForWriting.write(contentsOf: JSONSerialization.data(withJSONObject: input))
        try standardInput.fileHandleForWriting.close()
        let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
        let errors = try standardError.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(output: String(decoding: errors, as: UTF8.self)) }
        return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}
