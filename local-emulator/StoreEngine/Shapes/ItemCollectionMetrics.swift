package import LambdaEvents

/// How large the item collection of an item that was written is: all items with its partition key, in the table and in its
/// local secondary indexes.
package struct ItemCollectionMetrics: Sendable, Equatable {
    /// The partition key's attribute.
    package var itemCollectionKey: AttributeMap
    /// The whole gigabytes that the size lies between.
    package var sizeEstimateRangeGB: ClosedRange<Double>
}
