import Foundation
package import FunctionPool
package import Journal

/// Lambda's API as far as the emulator has it: Invoke and InvokeWithResponseStream. Every other operation is refused by name.
package final class LambdaService: ServiceHandling {
    let functions: [String: FunctionConfiguration]
    let region: String
    let accountID: String
    let invoker: any FunctionInvoker
    let journal: Journal
    let cause: @Sendable (String) -> Journal.EntryID?

    /// - Parameters:
    ///   - cause: on whose behalf an access key calls, so that a function's own Invoke calls are known as such.
    package init(
        functions: [FunctionConfiguration], region: String, accountID: String, invoker: any FunctionInvoker, journal: Journal,
        cause: @escaping @Sendable (String) -> Journal.EntryID? = { _ in nil }
    ) {
        self.functions = Dictionary(functions.map { ($0.name, $0) }) { first, _ in first }
        self.region = region
        self.accountID = accountID
        self.invoker = invoker
        self.journal = journal
        self.cause = cause
    }

    /// Whether a path is one of Lambda's API, whatever the operation: `/2015-03-31/functions/…`, `/2018-10-31/layers/…`.
    package static func owns(path: String) -> Bool {
        let parts = path.split(separator: "/", maxSplits: 2)
        guard parts.count >= 2, parts[0].wholeMatch(of: #/20\d\d-\d\d-\d\d/#) != nil else { return false }
        return [
            "functions", "layers", "event-source-mappings", "account-settings", "tags", "code-signing-configs",
            "capacity-providers", "durable-executions", "durable-execution-callbacks",
        ].contains(String(parts[1]))
    }

    package func handle(_ request: ServiceRequest, completion: @escaping @Sendable (ServiceReply) -> Void) {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        // "", version, "functions", name, "invocations"
        guard request.method == "POST", parts.count == 5, parts[2] == "functions", let name = parts[3].removingPercentEncoding,
            let operation = LambdaInvoke.Operation(version: parts[1], call: parts[4])
        else {
            let refusal = LambdaError.notBuilt("Lambda's operation \(request.method) \(request.path)")
            return completion(refusal.reply(requestID: UUID().uuidString.lowercased()))
        }
        LambdaInvoke(service: self, request: request, operation: operation, functionName: name).run(completion)
    }
}
