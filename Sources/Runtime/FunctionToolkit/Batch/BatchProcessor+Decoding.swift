#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
public import LambdaEvents
public import LambdaRuntime

/// A record whose content is not what it must be. It fails like any other: a queue gives it to its dead-letter queue in
/// the end.
public enum BatchContentError: Error, Sendable, Equatable, CustomStringConvertible {
    case notJSON
    /// What is wrong, by field; texts without the values.
    case invalid(FieldErrors)

    public var description: String {
        switch self {
        case .notJSON: "the content is not JSON"
        case .invalid(let errors):
            errors.fields.sorted { $0.key < $1.key }
                .map { "\($0.key.isEmpty ? "content" : $0.key): \($0.value.joined(separator: ", "))" }.joined(separator: "; ")
        }
    }
}

extension BatchProcessor {
    /// A queue's batch of JSON messages; one that does not fit the schema fails by itself.
    public func process<Content>(
        _ event: SQSEvent, decoding schema: Schema<Content>, context: LambdaContext,
        handle: @escaping @Sendable (Content, SQSEvent.Record) async throws -> Void
    ) async throws -> BatchResponse {
        try await process(event, context: context) { record in
            try await handle(try Self.content(Data(record.body.utf8), schema), record)
        }
    }

    /// The same for a type that a decoder reads, and its first error only.
    public func process<Content: Decodable & Sendable>(
        _ event: SQSEvent, decoding type: Content.Type, context: LambdaContext,
        handle: @escaping @Sendable (Content, SQSEvent.Record) async throws -> Void
    ) async throws -> BatchResponse {
        try await process(event, context: context) { record in
            try await handle(try Self.content(Data(record.body.utf8), type), record)
        }
    }

    static func content<Content>(_ data: Data, _ schema: Schema<Content>) throws(BatchContentError) -> Content {
        guard let json = JSONForm.parse(data) else { throw .notJSON }
        do {
            return try schema.value(of: json)
        } catch {
            throw .invalid(error)
        }
    }

    static func content<Content: Decodable>(_ data: Data, _ type: Content.Type) throws -> Content {
        do {
            return try JSONForm.decode(type, from: data)
        } catch let error as DecodingError {
            throw FieldErrors(error).map(BatchContentError.invalid) ?? .notJSON
        }
    }
}
