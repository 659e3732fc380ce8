internal import Foundation
internal import FunctionPool

/// What a function's answer says about a batch.
enum BatchVerdict: Equatable {
    case success
    /// `ReportBatchItemFailures`: the identifiers of the items that failed; all of them are in the batch.
    case partial(Set<String>)
    case failure(String)
    /// The function did not run: there was no room for it.
    case throttled
    /// The emulator ends.
    case stopping

    /// Reads the answer by Lambda's rules (AWS Lambda Developer Guide, "Configuring partial batch response"): no answer, an
    /// empty list or none at all is a success; what is not of the form, an empty identifier and an unknown one fail the batch.
    init(_ outcome: InvocationResult.Outcome, reportsFailures: Bool, identifiers: some Sequence<String>) {
        switch outcome {
        case .success(let payload):
            self = reportsFailures ? Self.read(payload, Set(identifiers)) : .success
        case .functionError(let payload):
            // The answer's text may hold what the function was sent, so that only its type is told.
            let type = (try? JSONDecoder().decode(FunctionError.self, from: payload))?.errorType
            self = .failure(type ?? "function error")
        case .refused(.throttled): self = .throttled
        case .refused(.shuttingDown): self = .stopping
        case .refused(.unknownFunction(let name)): self = .failure("there is no function \(name)")
        case .refused(.payloadTooLarge(let bytes)): self = .failure("the event has \(bytes) bytes")
        }
    }

    private struct FunctionError: Decodable {
        var errorType: String?
    }

    private struct Answer: Decodable {
        struct Item: Decodable {
            var itemIdentifier: String
        }
        var batchItemFailures: [Item]?
    }

    private static func read(_ payload: Data, _ identifiers: Set<String>) -> BatchVerdict {
        let text = String(decoding: payload, as: UTF8.self)
        if text.isEmpty || text == "null" || text == "\"\"" { return .success }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: payload) else {
            return .failure("the answer is no list of batchItemFailures")
        }
        let failed = Set((answer.batchItemFailures ?? []).map(\.itemIdentifier))
        if failed.isEmpty { return .success }
        guard failed.isSubset(of: identifiers) else {
            return .failure("batchItemFailures names an item that is not in the batch")
        }
        return .partial(failed)
    }
}

/// Lambda's limit for an event is 6 MB (AWS Lambda, "Lambda quotas": invocation payload); batches stay below it.
enum EventSize {
    static let maximumBytes = 6_000_000

    /// How many of the records, from the first on, fit in one event; at least one.
    static func fitting(_ sizes: [Int]) -> Int {
        var total = 0
        for (index, size) in sizes.enumerated() {
            total += size + 1
            if total > maximumBytes { return max(1, index) }
        }
        return sizes.count
    }
}
