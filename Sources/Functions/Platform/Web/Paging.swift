#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import LambdaEvents
import RoostCryptography

/// Which part of a list a caller asks for: `page`, `per_page`, `sort`, `order`, or `cursor`.
package struct PageRequest: Sendable, Equatable {
    package var page: Int
    package var perPage: Int
    package var sort: String
    package var ascending: Bool
    /// The sort key after which to go on.
    package var cursor: String?

    /// Pages skip through the index; deeper than this only a cursor leads.
    package static let deepestItem = 1000

    package var offset: Int { cursor == nil ? (page - 1) * perPage : 0 }

    /// - Parameters:
    ///   - sorts: what `sort` may name, the first being the default.
    ///   - ascending: the order if the caller names none.
    ///   - filters: the other parameters that this list knows; the rest are refused.
    package init(
        query: [String: String], sorts: [String], ascending: Bool, filters: Set<String> = []
    ) throws(PlatformError) {
        var reader = QueryReader(query)
        page = reader.integer("page", in: 1...1_000_000) ?? 1
        perPage = reader.integer("per_page", in: 1...100) ?? 20
        sort = reader.choice("sort", of: sorts) ?? sorts[0]
        self.ascending = reader.choice("order", of: ["asc", "desc"]).map { $0 == "asc" } ?? ascending
        cursor = nil
        if let text = query["cursor"] {
            if let data = Base64URL.decode(text), let key = String(validating: data, as: UTF8.self), !key.isEmpty,
                key.utf8.count <= 1024
            {
                cursor = key
            } else {
                reader.report("cursor", "This is not a cursor of this list")
            }
            if query["page"] != nil { reader.report("page", "A cursor takes the place of a page") }
        }
        if cursor == nil, page * perPage > Self.deepestItem {
            reader.report("page", "Pages end at item \(Self.deepestItem); go on with cursor (meta.next_cursor)")
        }
        try reader.finish(known: filters.union(["page", "per_page", "sort", "order", "cursor"]))
    }
}

/// Reads query parameters, which are texts.
private struct QueryReader {
    let query: [String: String]
    var problems: [String: [String]] = [:]

    init(_ query: [String: String]) {
        self.query = query
    }

    mutating func report(_ name: String, _ problem: String) {
        problems[name, default: []].append(problem)
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            report(name, "This must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func choice(_ name: String, of choices: [String]) -> String? {
        guard let text = query[name] else { return nil }
        guard choices.contains(text) else {
            report(name, "This must be one of \(choices.joined(separator: ", "))")
            return nil
        }
        return text
    }

    mutating func finish(known: Set<String>) throws(PlatformError) {
        for name in query.keys where !known.contains(name) { report(name, "This parameter is not known") }
        guard problems.isEmpty else { throw PlatformError(.invalidInput, "The query is not valid", fields: problems) }
    }
}

/// One part of a list.
package struct Page<Element: Sendable>: Sendable {
    package var elements: [Element]
    /// The sort key of the last element, if there are more.
    package var next: String?
    /// How many the whole list has.
    package var total: Int

    package init(elements: [Element], next: String?, total: Int) {
        self.elements = elements
        self.next = next
        self.total = total
    }

    package func meta(for request: PageRequest) -> JSONValue {
        [
            "page": .integer(Int64(request.page)), "per_page": .integer(Int64(request.perPage)), "total": .integer(Int64(total)),
            "next_cursor": .optional(next.map { Base64URL.encode(Data($0.utf8)) }),
        ]
    }
}

extension PlatformStore {
    /// The items of one page, and where the next one begins.
    package func page(_ query: PartitionQuery, _ request: PageRequest) async throws -> (items: [Item], next: String?) {
        var query = query
        query.ascending = request.ascending
        if let cursor = request.cursor {
            query.sort = request.ascending ? .greaterThan(cursor) : .lessThan(cursor)
        } else if request.offset > 0 {
            var skipping = query
            skipping.keysOnly = true
            guard let last = try await queryAll(skipping, limit: request.offset).dropFirst(request.offset - 1).last,
                case .string(let key)? = last[query.sortName]
            else { return ([], nil) }
            query.sort = request.ascending ? .greaterThan(key) : .lessThan(key)
        }
        // One more than asked for tells whether there is a next page.
        var items = try await queryAll(query, limit: request.perPage + 1)
        guard items.count > request.perPage else { return (items, nil) }
        items.removeLast()
        guard case .string(let key)? = items.last?[query.sortName] else { return (items, nil) }
        return (items, key)
    }
}
