/// A kind of thing that people create, read and list: its fields with their bounds, and the orders it is listed in.
package struct ResourceType: Sendable {
    /// In the plural, as in paths and permissions: `forums`.
    package var name: String
    package var fields: [ResourceField]
    /// What `sort` may name; the first is the default.
    package var sortOrders: [String]

    package init(name: String, fields: [ResourceField], sortOrders: [String]) {
        self.name = name
        self.fields = fields
        self.sortOrders = sortOrders
    }

    package func field(_ name: String) -> ResourceField? {
        fields.first { $0.name == name }
    }
}

package struct ResourceField: Sendable {
    package enum Kind: Sendable {
        /// One line; the length in Unicode scalars, as a database's VARCHAR counts.
        case text(ClosedRange<Int>)
        /// The same over several lines.
        case lines(ClosedRange<Int>)
        case choice([String])
        case integer(ClosedRange<Int>)
        /// At most so many texts, each of a length.
        case texts(count: Int, length: ClosedRange<Int>)
        case url(maximumLength: Int)
    }

    package var name: String
    package var kind: Kind
    package var isRequired: Bool

    package init(_ name: String, _ kind: Kind, required: Bool = false) {
        self.name = name
        self.kind = kind
        isRequired = required
    }
}
