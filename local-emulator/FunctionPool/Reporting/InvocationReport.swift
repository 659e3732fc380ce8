import Foundation

/// The measured facts of one invocation and the line that Lambda logs them in.
///
/// Lambda Developer Guide, "Working with Lambda function logs": tab-separated, `Init Duration` only where this invocation was
/// its environment's first, `Status` and `Error Type` only where it failed.
struct InvocationReport: Sendable {
    var requestID: String
    var duration: Duration
    /// Only where the init came before the invocation and not as part of it.
    var initDuration: Duration?
    var memoryMegabytes: Int
    var peakMemoryKilobytes: Int
    /// `timeout`, or `error` with its type.
    var status: Status = .success

    enum Status: Sendable, Equatable {
        case success
        case timeout
        case error(type: String)
    }

    /// Whole milliseconds, rounded up, the init included ("AWS Lambda standardizes billing for INIT Phase", AWS Compute Blog,
    /// since August 2025).
    var billedMilliseconds: Int {
        Int((duration + (initDuration ?? .zero)).milliseconds.rounded(.up))
    }

    var line: String {
        var line = "REPORT RequestId: \(requestID)\tDuration: \(twoDecimals(duration.milliseconds)) ms"
        line += "\tBilled Duration: \(billedMilliseconds) ms\tMemory Size: \(memoryMegabytes) MB"
        line += "\tMax Memory Used: \((peakMemoryKilobytes + 1023) / 1024) MB\t"
        if let initDuration { line += "Init Duration: \(twoDecimals(initDuration.milliseconds)) ms\t" }
        switch status {
        case .success: break
        case .timeout: line += "Status: timeout"
        case .error(let type): line += "Status: error\tError Type: \(type)"
        }
        return line
    }

    /// What a failed init logs; `repeated` where it was the second try, inside of the invocation.
    static func initReport(duration: Duration, repeated: Bool, status: Status) -> String {
        let line = "INIT_REPORT Init Duration: \(twoDecimals(duration.milliseconds)) ms\tPhase: \(repeated ? "invoke" : "init")"
        return switch status {
        case .success: line
        case .timeout: line + "\tStatus: timeout"
        case .error(let type): line + "\tStatus: error\tError Type: \(type)"
        }
    }
}

/// `3.00`: no locale, no format string.
func twoDecimals(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
}

extension Duration {
    var milliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    }
}
