extension HTTPRoutes {
    /// `GET`.
    public mutating func get<each Input, Answer: HTTPAnswer>(
        _ path: String, _ inputs: repeat HTTPInput<each Input>, status: Int? = nil,
        documented operation: Operation = Operation(),
        handler: @escaping @Sendable (HTTPRequest, repeat each Input) async throws -> Answer
    ) {
        on("GET", path, repeat each inputs, status: status, documented: operation, handler: handler)
    }

    /// `POST`.
    public mutating func post<each Input, Answer: HTTPAnswer>(
        _ path: String, _ inputs: repeat HTTPInput<each Input>, status: Int? = nil,
        documented operation: Operation = Operation(),
        handler: @escaping @Sendable (HTTPRequest, repeat each Input) async throws -> Answer
    ) {
        on("POST", path, repeat each inputs, status: status, documented: operation, handler: handler)
    }

    /// `PUT`.
    public mutating func put<each Input, Answer: HTTPAnswer>(
        _ path: String, _ inputs: repeat HTTPInput<each Input>, status: Int? = nil,
        documented operation: Operation = Operation(),
        handler: @escaping @Sendable (HTTPRequest, repeat each Input) async throws -> Answer
    ) {
        on("PUT", path, repeat each inputs, status: status, documented: operation, handler: handler)
    }

    /// `PATCH`.
    public mutating func patch<each Input, Answer: HTTPAnswer>(
        _ path: String, _ inputs: repeat HTTPInput<each Input>, status: Int? = nil,
        documented operation: Operation = Operation(),
        handler: @escaping @Sendable (HTTPRequest, repeat each Input) async throws -> Answer
    ) {
        on("PATCH", path, repeat each inputs, status: status, documented: operation, handler: handler)
    }

    /// `DELETE`.
    public mutating func delete<each Input, Answer: HTTPAnswer>(
        _ path: String, _ inputs: repeat HTTPInput<each Input>, status: Int? = nil,
        documented operation: Operation = Operation(),
        handler: @escaping @Sendable (HTTPRequest, repeat each Input) async throws -> Answer
    ) {
        on("DELETE", path, repeat each inputs, status: status, documented: operation, handler: handler)
    }
}
