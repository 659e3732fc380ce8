internal import Foundation

/// A service's refusal; each service writes it in its own form.
struct ServiceError: Error, Sendable, Equatable {
    /// The error's name, as `ResourceNotFoundException`.
    var code: String
    var message: String
    var status = 400

    /// An operation that the emulator has not built.
    static func notBuilt(_ operation: String, of service: String) -> ServiceError {
        ServiceError(
            code: "UnknownOperationException",
            message: "The operation \(operation) of \(service) is not supported by the emulator.")
    }

    static func internalError(_ error: any Error) -> ServiceError {
        ServiceError(code: "InternalFailure", message: "The emulator could not do this: \(error)", status: 500)
    }
}

/// A request's JSON body with the members that are built; any other is refused by name.
protocol ServiceInput: Decodable {
    /// The names of the members, as the wire has them.
    static var members: [String] { get }
}

extension ServiceInput {
    /// - Throws: `SerializationException` for what is not JSON of this shape, `ValidationException` for unknown members.
    static func read(_ body: Data) throws(ServiceError) -> Self {
        let body = body.isEmpty ? Data("{}".utf8) : body
        do {
            let names = try JSONDecoder().decode([String: AnyJSON].self, from: body).filter { !$0.value.isNull }.keys
            if let unknown = names.sorted().first(where: { !members.contains($0) }) {
                throw ServiceError(
                    code: "ValidationException", message: "The parameter \(unknown) is not supported by the emulator.")
            }
            return try JSONDecoder().decode(Self.self, from: body)
        } catch let error as ServiceError {
            throw error
        } catch let error as DecodingError {
            throw ServiceError(code: "SerializationException", message: error.explanation)
        } catch {
            throw ServiceError(code: "SerializationException", message: "The body is not JSON.")
        }
    }
}

/// Any JSON value, of which only its being null is asked.
private struct AnyJSON: Decodable {
    var isNull: Bool

    init(from decoder: any Decoder) throws {
        isNull = try decoder.singleValueContainer().decodeNil()
    }
}

extension DecodingError {
    /// What is wrong and where, in one line and without values.
    fileprivate var explanation: String {
        switch self {
        case .typeMismatch(let type, let context): "\(Self.path(context.codingPath)) is not of type \(type)."
        case .valueNotFound(_, let context): "\(Self.path(context.codingPath)) is missing."
        case .keyNotFound(let key, let context): "\(Self.path(context.codingPath + [key])) is missing."
        case .dataCorrupted(let context) where context.codingPath.isEmpty: "The body is not JSON."
        case .dataCorrupted(let context): "\(Self.path(context.codingPath)) is not well-formed."
        @unknown default: "The body is not as expected."
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        let path = keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        return path.isEmpty ? "The body" : path
    }
}
