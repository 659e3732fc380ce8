#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Events in and answers out: the one place where the runtime touches JSON for a handler.
enum EventCoding {
    /// `Data` takes the event's bytes as they are.
    static func decode<Event: Decodable>(_ type: Event.Type, from event: Data) throws(InvocationFailure) -> Event {
        if let bytes = event as? Event { return bytes }
        do {
            return try JSONDecoder().decode(type, from: event)
        } catch {
            throw .undecodableEvent(error, as: type)
        }
    }

    /// `Data` is the answer's bytes as they are.
    static func encode<Output: Encodable>(_ output: Output) throws(InvocationFailure) -> Data {
        if let bytes = output as? Data { return bytes }
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            return try encoder.encode(output)
        } catch {
            throw .unencodableAnswer(error, as: Output.self)
        }
    }
}
