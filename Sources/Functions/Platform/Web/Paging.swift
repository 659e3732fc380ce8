#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import FunctionToolkit
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

    /// The parameters of a list; others that it has (filters) are read beside them.
    ///
    /// - Parameters:
    ///   - sorts: what `sort` may name, the first being the default.
    ///   - ascending: the order if the caller names none.
    package static func schema(sorts: [String], ascending: Bool) -> Schema<PageRequest> {
        struct Parameters: Sendable {
            var page: Int?
            var perPage: Int
            var sort: String
            var order: String
            var cursor: String?
        }
        return Schema<Parameters>.object(
            Parameters.init, unknown: .ignored, .optional("page", .integer(in: 1...1_000_000)),
            .optional("per_page", .integer(in: 1...100), default: 20),
            .optional("sort", .choice(of: sorts), default: sorts[0]),
            .optional("order", .choice(of: ["asc", "desc"]), default: ascending ? "asc" : "desc"),
            .optional("cursor", .cursor)
        ).mapped { given, errors in
            let request = PageRequest(
                page: given.page ?? 1, perPage: given.perPage, sort: given.sort, ascending: given.order == "asc",
                cursor: given.cursor)
            if given.cursor == nil {
                errors.require(
                    request.page * request.perPage <= deepestItem, "page",
                    "Pages end at item \(deepestItem); go on with cursor (meta.next_cursor)")
            } else {
                errors.require(given.page == nil, "page", "A cursor takes the place of a page")
            }
            return request
        }
    }
}

extension Schema where Value == String {
    /// The sort key that a cursor stands for.
    fileprivate static var cursor: Schema {
        Schema.text(length: 0...4096).mapped("This is not a cursor of this list") { text in
            guard let data = Base64URL.decode(text), let key = String(validating: data, as: UTF8.self), !key.isEmpty,
                key.utf8.count <= 1024
            else { return nil }
            return key
        }.described("`meta.next_cursor` of the part before.")
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
