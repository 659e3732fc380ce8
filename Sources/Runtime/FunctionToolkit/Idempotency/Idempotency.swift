#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

internal import LambdaEvents
public import LambdaRuntime
internal import RoostCryptography
internal import RoostJSON

/// Does a piece of work once for each key, however often it is asked for: later requests get the answer of the first.
///
/// In this order:
/// 1. A missing key is an error, or the work is done without any of this, as ``Configuration/missingKey`` says.
/// 2. An answer in the local cache is checked for its payload and given.
/// 3. The record is put in progress, on the condition that none counts: see ``IdempotencyTable``. Of two at once, one
///    succeeds.
/// 4. If one counts, its payload is compared first: ``IdempotencyError/payloadMismatch(id:)``.
/// 5. If it is in progress: ``IdempotencyError/alreadyInProgress(id:)``; if it is completed, its answer is given.
/// 6. The work is done. If it throws, the record is taken away, so that a retry does the work again; otherwise its answer is
///    kept. Both are finished even if the invocation is being cancelled.
///
/// A record in progress counts until the invocation's deadline: if Lambda has ended it by then, the next request does the
/// work. So the work itself must bear being begun twice, just not at one time.
///
/// Source: Powertools for AWS Lambda (Python), "Idempotency", `IdempotencyHandler`.
public struct Idempotency: Sendable {
    public struct Configuration: Sendable {
        public enum MissingKey: Sendable {
            case fail
            /// As Powertools does by default.
            case runUnguarded
        }

        /// From when the record is put, and again from when its answer is kept.
        public var expiresAfter: Duration = .seconds(3600)
        public var hash = IdempotencyHash.sha256
        public var missingKey = MissingKey.fail
        /// Answers kept in memory; 0 for none. Powertools has 256 where its cache is on.
        public var localCacheLimit = 0

        public init() {}
    }

    private let table: IdempotencyTable
    private let prefix: String
    private let configuration: Configuration
    private let cache: AnswerCache
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - prefix: what stands before `#` in the records' ids. Powertools writes `<function>.<module>.<function's name>`.
    ///   - now: the clock; wall time.
    public init(
        table: IdempotencyTable, prefix: String, configuration: Configuration = .init(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.table = table
        self.prefix = prefix
        self.configuration = configuration
        self.now = now
        cache = AnswerCache(limit: configuration.localCacheLimit)
    }

    /// Ids begin with `<function>.<handler>`, the function's name from the environment.
    public init(
        table: IdempotencyTable, environment: LambdaEnvironment, handler: String, configuration: Configuration = .init(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.init(
            table: table, prefix: "\(environment.functionName ?? "test-func").\(handler)", configuration: configuration, now: now)
    }

    /// - Parameters:
    ///   - key: what makes requests the same; any value that encodes to JSON.
    ///   - payload: what requests with the same key must have in common; nil to not compare.
    ///   - context: its deadline ends the work's time.
    ///   - onReplay: may change an answer that was kept before, say to mark it as a repetition.
    /// - Throws: ``IdempotencyError``; what `work` throws.
    public func run<Output: Codable & Sendable>(
        key: some Encodable, validating payload: (any Encodable)? = nil, context: LambdaContext,
        isolation: isolated (any Actor)? = #isolation,
        onReplay: (Output, IdempotencyRecord) throws -> Output = { answer, _ in answer },
        _ work: () async throws -> Output
    ) async throws -> Output {
        let key = try JSONValue(encoding: key)
        if key.isMissingKey {
            switch configuration.missingKey {
            case .fail: throw IdempotencyError.missingKey
            case .runUnguarded: return try await work()
            }
        }
        let id = "\(prefix)#\(try configuration.hash.hex(key))"
        let validation = try payload.map { try configuration.hash.hex(try JSONValue(encoding: $0)) }
        switch try await claim(id, validation, until: context.deadline) {
        case .claimed(let record): return try await perform(record, isolation: isolation, work)
        case .answered(let record):
            do {
                return try onReplay(try LeanJSONDecoder().decode(Output.self, from: Data((record.data ?? "null").utf8)), record)
            } catch let error as DecodingError {
                throw IdempotencyError.store(during: .read, id: id, cause: error, workError: nil)
            }
        }
    }

    private enum Claim {
        case claimed(IdempotencyRecord)
        case answered(IdempotencyRecord)
    }

    /// A record that counted when ours was put, and no longer when it is looked at, is tried for again, three times in all.
    private func claim(_ id: String, _ validation: String?, until deadline: Date) async throws -> Claim {
        for _ in 0..<3 {
            if let known = cache.record(id, at: now().wholeSeconds) {
                return .answered(try checked(known, validation))
            }
            let record = IdempotencyRecord(
                id: id, status: .inProgress, expiration: expiration(), inProgressExpiration: deadline.wholeMilliseconds,
                validation: validation, owner: RandomBytes.token(bytes: 12))
            let found: IdempotencyRecord?
            switch try await reaching(.claim, id, { try await table.claim(record, now: now()) }) {
            case .claimed: return .claimed(record)
            case .taken(let known?): found = known
            case .taken(nil): found = try await reaching(.read, id) { try await table.read(id) }
            }
            guard let found else { continue }
            let known = try checked(found, validation)
            switch known.status {
            case _ where known.isExpired(at: now().wholeSeconds): continue
            case .completed:
                cache.keep(known)
                return .answered(known)
            case .inProgress:
                if let end = known.inProgressExpiration, end < now().wholeMilliseconds { continue }
                throw IdempotencyError.alreadyInProgress(id: id)
            }
        }
        throw IdempotencyError.inconsistent(id: id)
    }

    private func perform<Output: Codable & Sendable>(
        _ record: IdempotencyRecord, isolation: isolated (any Actor)?, _ work: () async throws -> Output
    ) async throws -> Output {
        let answer: Output
        let text: String
        do {
            answer = try await work()
            text = String(decoding: try LeanJSONEncoder().encode(answer), as: UTF8.self)
        } catch {
            try await reaching(.release, record.id, workError: error) { try await outliving { try await table.release(record) } }
            throw error
        }
        var completed = record
        completed.status = .completed
        completed.expiration = expiration()
        completed.data = text
        let kept = completed
        try await reaching(.complete, record.id) { try await outliving { try await table.complete(kept) } }
        cache.keep(kept)
        return answer
    }

    private func checked(_ record: IdempotencyRecord, _ validation: String?) throws -> IdempotencyRecord {
        if let validation, record.validation != validation { throw IdempotencyError.payloadMismatch(id: record.id) }
        return record
    }

    private func expiration() -> Int {
        (now() + configuration.expiresAfter / .seconds(1)).wholeSeconds
    }

    private func reaching<Answer: Sendable>(
        _ step: IdempotencyError.Step, _ id: String, workError: (any Error)? = nil,
        isolation: isolated (any Actor)? = #isolation, _ call: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await call()
        } catch {
            throw IdempotencyError.store(during: step, id: id, cause: error, workError: workError)
        }
    }

    /// A task of its own is not cancelled with the invocation; it is awaited all the same.
    private func outliving<Answer: Sendable>(_ call: @escaping @Sendable () async throws -> Answer) async throws -> Answer {
        try await Task { try await call() }.value
    }
}
