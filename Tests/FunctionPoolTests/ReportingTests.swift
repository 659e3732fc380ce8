import Foundation
import Testing

@testable import FunctionPool

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct ReportingTests {
    private func report(_ status: InvocationReport.Status = .success, initMilliseconds: Int? = nil) -> InvocationReport {
        InvocationReport(
            requestID: "8f1c", duration: .microseconds(12_344), initDuration: initMilliseconds.map { .milliseconds($0) },
            memoryMegabytes: 128, peakMemoryKilobytes: 30 * 1024 + 1, status: status)
    }

    @Test("a REPORT line has Lambda's fields in Lambda's order, tab-separated")
    func line() {
        #expect(
            report().line
                == "REPORT RequestId: 8f1c\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB\t"
        )
    }

    @Test("a first invocation's REPORT line has the init duration, and the bill includes it")
    func initDuration() {
        #expect(
            report(initMilliseconds: 100).line
                == "REPORT RequestId: 8f1c\tDuration: 12.34 ms\tBilled Duration: 113 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB\tInit Duration: 100.00 ms\t"
        )
    }

    @Test("a failure's REPORT line ends in its status")
    func status() {
        #expect(report(.timeout).line.hasSuffix("31 MB\tStatus: timeout"))
        #expect(report(.error(type: "Runtime.ExitError")).line.hasSuffix("31 MB\tStatus: error\tError Type: Runtime.ExitError"))
    }

    @Test(
        "the bodies of the service's own errors are Lambda's",
        arguments: [
            (
                FunctionError.timedOut(requestID: "8f1c", seconds: 3),
                #"{"errorMessage":"RequestId: 8f1c Error: Task timed out after 3.00 seconds","errorType":"Sandbox.Timedout"}"#
            ),
            (
                FunctionError.exited(requestID: "8f1c", .exited(code: 1)),
                #"{"errorMessage":"RequestId: 8f1c Error: Runtime exited with error: exit status 1","errorType":"Runtime.ExitError"}"#
            ),
            (
                FunctionError.exited(requestID: "8f1c", .exited(code: 0)),
                #"{"errorMessage":"RequestId: 8f1c Error: Runtime exited without providing a reason","errorType":"Runtime.ExitError"}"#
            ),
            (
                FunctionError.exited(requestID: "8f1c", .killed(signal: SIGSEGV, coreDumped: true)),
                #"{"errorMessage":"RequestId: 8f1c Error: Runtime exited with error: signal: segmentation fault (core dumped)","errorType":"Runtime.ExitError"}"#
            ),
            (
                FunctionError.exited(requestID: "8f1c", .notStarted(errno: ENOENT, path: "/var/task/bootstrap")),
                #"{"errorMessage":"RequestId: 8f1c Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap]","errorType":"Runtime.InvalidEntrypoint"}"#
            ),
            (
                FunctionError.exited(requestID: "8f1c", .notStarted(errno: EACCES, path: "/var/task/bootstrap")),
                #"{"errorMessage":"RequestId: 8f1c Error: fork/exec /var/task/bootstrap: permission denied","errorType":"Runtime.InvalidEntrypoint"}"#
            ),
            (
                FunctionError.responseTooLarge(limit: FunctionError.maximumResponseBytes),
                #"{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}"#
            ),
        ])
    func errorBodies(error: FunctionError, body: String) {
        #expect(String(decoding: error.payload, as: UTF8.self) == body)
    }

    @Test(
        "an error type is kept in the platform's form only",
        arguments: [
            ("Function.UserNotFound", "Function.UserNotFound"), ("Runtime.Crash", "Runtime.Crash"),
            ("Function.x", "Function.Unknown"),
            ("KeyError", "Runtime.Unknown"), ("Function.A", "Function.Unknown"), (nil, "Runtime.Unknown"),
        ])
    func errorTypes(given: String?, kept: String) {
        #expect(FunctionError.kept(type: given) == kept)
    }

    @Test("a log's tail is its last 4 KB")
    func tail() {
        let log = InvocationLog(requestID: "8f1c")
        for number in 0..<3000 { log.append("line \(number)".utf8) }
        let text = String(decoding: log.tail, as: UTF8.self)
        #expect(text.utf8.count == 4096)
        #expect(text.hasSuffix("line 2998\nline 2999\n"))
    }

    @Test("a process's peak memory is read from its status")
    func peakMemory() {
        let status = "Name:\tsh\nVmPeak:\t 2804 kB\nVmHWM:\t    1492 kB\nVmRSS:\t 1492 kB\n"
        let number = Array(status.utf8).withUnsafeBytes { PeakMemory.number(after: Array("VmHWM:".utf8), in: $0) }
        #expect(number == 1492)
    }
}
