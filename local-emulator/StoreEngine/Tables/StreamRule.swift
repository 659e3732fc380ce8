extension StreamSpecification {
    /// A view type comes with an enabled stream and with no other. The two operations have texts of their own, recorded in
    /// October 2026.
    func checkForCreation() throws(StoreError) {
        if streamEnabled, streamViewType == nil {
            throw KeySchemaRule.invalid("Table is being created with a stream enabled, UpdateViewType is required")
        }
        if !streamEnabled, streamViewType != nil {
            throw KeySchemaRule.invalid("Table is being created with a stream disabled, UpdateViewType should not be specified")
        }
    }

    func checkForUpdate() throws(StoreError) {
        if streamEnabled, streamViewType == nil {
            throw KeySchemaRule.invalid("If stream is being enabled then UpdateViewType is required")
        }
        if !streamEnabled, streamViewType != nil {
            throw KeySchemaRule.invalid("If stream is being disabled, then UpdateViewType must not be specified")
        }
    }
}
