/// Values by their type: what a middleware found out for the handlers behind it.
struct TypedValues: Sendable {
    private var values: [ObjectIdentifier: any Sendable] = [:]

    subscript<Value: Sendable>(type: Value.Type) -> Value? {
        get { values[ObjectIdentifier(type)] as? Value }
        set { values[ObjectIdentifier(type)] = newValue }
    }
}
