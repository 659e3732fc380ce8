/// A PartiQL statement as it is written: no table, parameter or number has been looked at.
///
/// Source: "PartiQL statements for DynamoDB" in the Amazon DynamoDB Developer Guide.
package indirect enum Statement: Sendable {
    case select(SelectStatement)
    case insert(InsertStatement)
    case update(UpdateStatement)
    case delete(DeleteStatement)
    /// A condition of a transaction: `EXISTS(SELECT …)`.
    case exists(SelectStatement)
}

package struct SelectStatement: Sendable {
    /// Nil for `*`.
    package var columns: [Expression]?
    package var from: TableReference
    package var condition: Expression?
    package var order: [OrderTerm]

    package struct OrderTerm: Sendable {
        package var expression: Expression
        package var isDescending: Bool
    }
}

package struct InsertStatement: Sendable {
    package var table: TableReference
    package var item: Expression
    package var returning: Returning?
}

package struct UpdateStatement: Sendable {
    package var table: TableReference
    package var changes: [Change]
    package var condition: Expression?
    package var returning: Returning?

    package enum Change: Sendable {
        case set(path: Expression, value: Expression)
        case remove(path: Expression)
    }
}

package struct DeleteStatement: Sendable {
    package var table: TableReference
    package var condition: Expression?
    package var returning: Returning?
}

/// What comes after FROM, INTO or UPDATE: a table, and of a read perhaps an index.
package struct TableReference: Sendable, Hashable {
    package var table: String
    package var index: String?
}

/// `RETURNING ALL OLD *` and so on.
package enum Returning: String, Sendable {
    case allOld = "ALL OLD *"
    case modifiedOld = "MODIFIED OLD *"
    case allNew = "ALL NEW *"
    case modifiedNew = "MODIFIED NEW *"
}
