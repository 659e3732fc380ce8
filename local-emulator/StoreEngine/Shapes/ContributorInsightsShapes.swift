#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

package enum ContributorInsightsMode: String, Sendable, Codable {
    case accessedAndThrottledKeys = "ACCESSED_AND_THROTTLED_KEYS"
    case throttledKeys = "THROTTLED_KEYS"
}

package enum ContributorInsightsStatus: String, Sendable {
    case enabling = "ENABLING"
    case enabled = "ENABLED"
    case disabling = "DISABLING"
    case disabled = "DISABLED"
}

package struct ContributorInsights: Sendable, Equatable {
    package var tableName: String
    package var indexName: String?
    package var status: ContributorInsightsStatus
    package var mode: ContributorInsightsMode?
    package var lastUpdate: Date?
}

/// Kept in a table's definition for the table and for each index that it was ever turned on for.
struct ContributorInsightsSetting: Sendable, Codable {
    var isEnabled: Bool
    var mode: ContributorInsightsMode
    var changedSeconds: Double
}
