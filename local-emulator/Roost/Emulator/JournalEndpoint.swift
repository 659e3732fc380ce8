import Foundation
import Journal
import RoostHTTPServer

/// `GET /_roost/journal?after=0&limit=1000`: what happened, oldest first, each entry with its cause.
///
/// The answer is `{"entries": [{"id", "cause", "time", "source", "message", "details"}]}`; `time` is RFC 3339 in UTC.
struct JournalEndpoint {
    static let path = "/_roost/journal"
    /// What one answer holds at most; ask again with the last id as `after`.
    private static let pageLimit = 1000

    private struct Page: Encodable {
        var entries: [Journal.Entry]
    }

    var journal: Journal

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard request.method == "GET" else { return refusal(405, "\(request.method) is not supported here; only GET is") }
        var numbers = ["after": 0, "limit": Self.pageLimit]
        for part in request.rawQuery.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, numbers[pair[0]] != nil, let number = Int(pair[1]), number >= 0 else {
                return refusal(400, "'\(part)' is not understood; after=<id> and limit=<count> are")
            }
            numbers[pair[0]] = number
        }
        let entries = journal.entries(
            after: Journal.EntryID(number: numbers["after"] ?? 0), limit: min(numbers["limit"] ?? 0, Self.pageLimit))
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts, numbers and dates always encode.
        let body = (try? encoder.encode(Page(entries: entries))) ?? Data()
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
    }

    private func refusal(_ status: Int, _ message: String) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "application/json"],
            body: (try? JSONEncoder().encode(["message": message])) ?? Data())  // a text always encodes
    }
}
