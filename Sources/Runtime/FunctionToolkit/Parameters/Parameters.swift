#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

public import AWSClients

/// Parameter Store's parameters, kept in memory for a time; callers at one time share one call.
///
/// ```swift
/// let parameters = Parameters(client: SSMClient(transport: transport))
/// let limit = try await parameters.json(Limit.self, "/shop/limit")
/// let settings = try await parameters.texts(under: "/shop/prod")
/// ```
///
/// It needs `ssm:GetParameter` and `ssm:GetParametersByPath`, and `kms:Decrypt` for a `SecureString` under a key of one's own.
public struct Parameters: Sendable {
    private struct One: Hashable {
        var name: String
        var isDecrypted: Bool
    }

    private struct Path: Hashable {
        var path: String
        var isRecursive: Bool
        var isDecrypted: Bool
    }

    private let single: TimedCache<One, SSM.Parameter>
    private let paths: TimedCache<Path, [String: String]>

    public init(client: SSMClient, cache: CachePolicy = .init()) {
        single = TimedCache(cache) { one in
            try await client.getParameter(.init(name: one.name, withDecryption: one.isDecrypted)).parameter
        }
        paths = TimedCache(cache) { path in
            let found = try await client.allParametersByPath(
                .init(path: path.path, recursive: path.isRecursive, withDecryption: path.isDecrypted))
            let prefix = path.path.hasSuffix("/") ? path.path : path.path + "/"
            let texts = found.map { ($0.name.hasPrefix(prefix) ? String($0.name.dropFirst(prefix.count)) : $0.name, $0.value) }
            return Dictionary(texts) { _, last in last }
        }
    }

    /// - Parameters:
    ///   - name: name or ARN; `name:3` for a version, `name:label` for the one that carries the label.
    ///   - decrypts: a `SecureString` arrives as its text, not as its cipher text.
    ///   - maximumAge: for this look alone; zero to ask the service in any case.
    /// - Throws: `AWSServiceError`, with `ParameterNotFound` where there is none.
    public func parameter(_ name: String, decrypts: Bool = true, maximumAge: Duration? = nil) async throws -> SSM.Parameter {
        try await single.value(One(name: name, isDecrypted: decrypts), maximumAge: maximumAge)
    }

    public func text(_ name: String, decrypts: Bool = true, maximumAge: Duration? = nil) async throws -> String {
        try await parameter(name, decrypts: decrypts, maximumAge: maximumAge).value
    }

    /// The text read as JSON.
    ///
    /// - Throws: ``ParameterError/notJSON(name:reason:)`` too.
    public func json<Value: Decodable>(
        _ type: Value.Type = Value.self, _ name: String, decrypts: Bool = true, maximumAge: Duration? = nil
    ) async throws -> Value {
        let text = try await text(name, decrypts: decrypts, maximumAge: maximumAge)
        return try ParameterText.json(type, from: Data(text.utf8), name: name)
    }

    /// The text read as base64.
    ///
    /// - Throws: ``ParameterError/notBase64(name:)`` too.
    public func bytes(_ name: String, decrypts: Bool = true, maximumAge: Duration? = nil) async throws -> Data {
        try ParameterText.bytes(try await text(name, decrypts: decrypts, maximumAge: maximumAge), name: name)
    }

    /// All parameters under a path, by their names without it.
    ///
    /// - Parameter recursive: those of deeper levels too, as `level/name`.
    public func texts(
        under path: String, recursive: Bool = false, decrypts: Bool = true, maximumAge: Duration? = nil
    ) async throws -> [String: String] {
        try await paths.value(Path(path: path, isRecursive: recursive, isDecrypted: decrypts), maximumAge: maximumAge)
    }

    /// The next looks ask the service.
    public func invalidate() async {
        await single.invalidateAll()
        await paths.invalidateAll()
    }
}
