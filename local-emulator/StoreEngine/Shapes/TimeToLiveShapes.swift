package struct UpdateTimeToLiveInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String
    package var timeToLiveSpecification: TimeToLiveSpecification
    /// False for the emulator's own changes, which follow a template as often as it is changed.
    package var waitsBetweenChanges = true

    package init(tableName: String, timeToLiveSpecification: TimeToLiveSpecification) {
        self.tableName = tableName
        self.timeToLiveSpecification = timeToLiveSpecification
    }
}

package struct UpdateTimeToLiveOutput: Sendable {
    package var timeToLiveSpecification: TimeToLiveSpecification
}

package struct DescribeTimeToLiveInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String

    package init(tableName: String) {
        self.tableName = tableName
    }
}

package enum TimeToLiveStatus: String, Sendable {
    case enabled = "ENABLED"
    case disabled = "DISABLED"
}

package struct DescribeTimeToLiveOutput: Sendable {
    package var timeToLiveStatus: TimeToLiveStatus
    package var attributeName: String? = nil
}
