#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

internal import AWSClients
internal import LambdaEvents
internal import RoostHTTPClient
internal import RoostJSON

/// Records each request of a traced task as a subsegment, and sends the trace's header with it. A call that is tried again is
/// one subsegment for each attempt.
struct RequestTracing: HTTPClientObserver {
    func requestBegins(
        _ request: inout HTTPClientRequest
    ) -> (@Sendable (Result<HTTPClientResponse, HTTPClientError>) -> Void)? {
        guard let scope = TraceScope.current else { return nil }
        var document: SegmentDocument?
        if scope.isRecorded { document = Self.document(of: request, in: scope) }
        let header = TraceHeader.fieldName.lowercased()
        if !request.headers.contains(where: { $0.name.lowercased() == header }) {
            request.headers.append((TraceHeader.fieldName, scope.header(parent: document?.id ?? scope.parentID)))
        }
        guard let document else { return nil }
        let isCloudService = request.subject != nil
        return { result in
            var document = document
            document.end = scope.now()
            switch result {
            case .success(let response): document.add(response, isCloudService: isCloudService)
            case .failure(let error): document.add(error)
            }
            document.send(to: scope.daemon)
        }
    }

    /// A queue's longest message and most batches of items fit.
    private static let longestBodyRead = 1 << 20

    private static func document(of request: HTTPClientRequest, in scope: TraceScope) -> SegmentDocument {
        guard let subject = request.subject else {
            var document = scope.document(.remote, host(of: request.url))
            document.request = (request.method, plain(request.url))
            return document
        }
        var document = scope.document(.aws, subject.service)
        document.aws["region"] = .string(subject.region)
        if !subject.operation.isEmpty { document.aws["operation"] = .string(subject.operation) }
        // A body that says no such thing is none of those that do; a long one is not read for the sake of a name.
        if request.body.count <= longestBodyRead,
            let names = try? LeanJSONDecoder().decode(ResourceNames.self, from: request.body)
        {
            document.aws.merge(names.members) { $1 }
        }
        return document
    }

    /// What a call works on. Source: AWS X-Ray Developer Guide, "AWS X-Ray segment documents", "AWS resource data".
    private struct ResourceNames: Decodable {
        private struct Anything: Decodable {}

        private enum CodingKeys: String, CodingKey {
            case table = "TableName"
            case queue = "QueueUrl"
            case tables = "RequestItems"
        }

        private(set) var members: [String: JSONValue] = [:]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            if let table = try container.decodeIfPresent(String.self, forKey: .table) { members["table_name"] = .string(table) }
            if let queue = try container.decodeIfPresent(String.self, forKey: .queue) { members["queue_url"] = .string(queue) }
            if let tables = try container.decodeIfPresent([String: Anything].self, forKey: .tables) {
                members["table_names"] = .array(tables.keys.sorted().map { .string($0) })
            }
        }
    }

    /// Without user, query and fragment, which may hold secrets.
    static func plain(_ url: String) -> String {
        let (scheme, authority, path) = parts(of: url)
        return scheme + authority + path
    }

    /// With its port, if the URL has one.
    private static func host(of url: String) -> String { String(parts(of: url).authority) }

    /// `https://`, `host:port` and the path.
    private static func parts(of url: String) -> (scheme: String, authority: Substring, path: Substring) {
        let bare = url.prefix { $0 != "?" && $0 != "#" }
        guard let colon = bare.firstIndex(of: ":"), bare[colon...].hasPrefix("://") else { return ("", bare, "") }
        let rest = bare[colon...].dropFirst(3)
        let authority = rest.prefix { $0 != "/" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return (String(bare[..<colon]) + "://", host, rest[authority.endIndex...])
    }
}

extension SegmentDocument {
    fileprivate mutating func add(_ response: HTTPClientResponse, isCloudService: Bool) {
        let length = response.header("Content-Length").flatMap { Int($0) } ?? response.body.count
        setStatus(response.status, contentLength: length)
        guard isCloudService else { return }
        for name in ["x-amzn-RequestId", "x-amz-request-id"] {
            if let id = response.header(name) { aws["request_id"] = .string(id) }
        }
        guard response.status >= 400, let refusal = AWSRefusal(response) else { return }
        if AWSServiceError.isThrottling(code: refusal.code) { (isError, isThrottled) = (true, true) }
        exceptions.append(Exception(type: refusal.code, message: refusal.message, isRemote: true))
    }
}

/// The code and message of an error answer in JSON.
private struct AWSRefusal {
    var code: String
    var message: String

    private struct Body: Decodable {
        var __type: String?
        var code: String?
        var message: String?
        var Message: String?
    }

    init?(_ response: HTTPClientResponse) {
        let body = try? LeanJSONDecoder().decode(Body.self, from: response.body)  // another form leaves the header
        guard let name = response.header("x-amzn-ErrorType") ?? body?.__type ?? body?.code else { return nil }
        code = String((name.split(separator: "#").last ?? "").prefix { $0 != ":" })
        message = body?.message ?? body?.Message ?? ""
    }
}
