#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A value to bind to a statement's parameter.
package enum SQLiteValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
    case data(Data)

    package static func integer(_ value: Int) -> SQLiteValue { .integer(Int64(value)) }
    package static func flag(_ value: Bool) -> SQLiteValue { .integer(value ? 1 : 0) }

    /// NULL where there is no text.
    package static func optional(_ text: String?) -> SQLiteValue { text.map(SQLiteValue.text) ?? .null }
    /// NULL where there is no number.
    package static func optional(_ number: Int64?) -> SQLiteValue { number.map(SQLiteValue.integer) ?? .null }
    /// NULL where there are no bytes.
    package static func optional(_ data: Data?) -> SQLiteValue { data.map(SQLiteValue.data) ?? .null }
}

extension SQLiteValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(nilLiteral: ()) { self = .null }
}
