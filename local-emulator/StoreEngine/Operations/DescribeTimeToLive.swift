/// DescribeTimeToLive: an attribute's name comes only with ENABLED.
extension StoreEngine {
    package func describeTimeToLive(_ input: DescribeTimeToLiveInput) throws(StoreError) -> DescribeTimeToLiveOutput {
        let attribute = try namedTable(input.tableName).definition.timeToLiveAttribute
        return DescribeTimeToLiveOutput(timeToLiveStatus: attribute == nil ? .disabled : .enabled, attributeName: attribute)
    }
}
