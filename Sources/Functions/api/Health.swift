import FunctionToolkit
import Platform

/// `GET /health`: whether the function runs and reaches the store.
enum Health {
    static func answer(_ services: APIServices) async throws -> HTTPResponse {
        // No organization has this id, so there is never such an item: an answer is all that is asked for.
        _ = try await services.store.get(ItemKey("-", "health"))
        return Envelope.success(["status": "ok", "time": .time(services.time.now)])
    }
}
