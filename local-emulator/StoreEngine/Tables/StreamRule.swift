extension StreamSpecification {
    /// A view type comes with an enabled stream and with no other.
    func check() throws(StoreError) {
        if streamEnabled, streamViewType == nil {
            throw KeySchemaRule.invalid("StreamViewType must be specified when StreamEnabled is true")
        }
        if !streamEnabled, streamViewType != nil {
            throw KeySchemaRule.invalid("StreamViewType must not be specified when StreamEnabled is false")
        }
    }
}
