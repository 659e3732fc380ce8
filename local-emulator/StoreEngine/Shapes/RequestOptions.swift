/// What a write answers of the item before or after it.
package enum ReturnValues: String, Sendable, CaseIterable {
    case none = "NONE"
    case allOld = "ALL_OLD"
    case updatedOld = "UPDATED_OLD"
    case allNew = "ALL_NEW"
    case updatedNew = "UPDATED_NEW"
}

/// Whether the item that failed a condition comes with the error.
package enum ReturnValuesOnConditionCheckFailure: String, Sendable, CaseIterable {
    case none = "NONE"
    case allOld = "ALL_OLD"
}

package enum ReturnConsumedCapacity: String, Sendable, CaseIterable {
    case none = "NONE"
    case total = "TOTAL"
    case indexes = "INDEXES"
}

/// `SIZE` answers sizes only for tables with local secondary indexes.
package enum ReturnItemCollectionMetrics: String, Sendable, CaseIterable {
    case none = "NONE"
    case size = "SIZE"
}

package enum Select: String, Sendable, CaseIterable {
    case allAttributes = "ALL_ATTRIBUTES"
    case allProjectedAttributes = "ALL_PROJECTED_ATTRIBUTES"
    case specificAttributes = "SPECIFIC_ATTRIBUTES"
    case count = "COUNT"
}
