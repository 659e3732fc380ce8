/// The functions of all expressions.
///
/// Source: "Condition and filter expressions, operators, and functions" and "Using update expressions" in the Amazon
/// DynamoDB Developer Guide.
enum ExpressionFunction: String, Sendable {
    case attributeExists = "attribute_exists"
    case attributeNotExists = "attribute_not_exists"
    case attributeType = "attribute_type"
    case beginsWith = "begins_with"
    case contains
    case size
    case ifNotExists = "if_not_exists"
    case listAppend = "list_append"

    enum Use {
        /// Stands as a condition of its own.
        case condition
        /// Stands as an operand in a condition.
        case operand
        /// Stands in the value of a SET action.
        case update
    }

    var use: Use {
        switch self {
        case .attributeExists, .attributeNotExists, .attributeType, .beginsWith, .contains: .condition
        case .size: .operand
        case .ifNotExists, .listAppend: .update
        }
    }

    var operandCount: Int {
        switch self {
        case .attributeExists, .attributeNotExists, .size: 1
        case .attributeType, .beginsWith, .contains, .ifNotExists, .listAppend: 2
        }
    }

    /// Whether its first operand must be a document path.
    var needsPath: Bool {
        switch self {
        case .attributeExists, .attributeNotExists, .ifNotExists: true
        default: false
        }
    }
}
