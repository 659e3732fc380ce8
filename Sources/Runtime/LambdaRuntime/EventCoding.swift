#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostJSON

/// Events in and answers out: the one place where the runtime touches JSON for a handler.
enum EventCoding {
    /// `Data` takes the event's bytes as they are.
    static func decode<Event: Decodable>(_ type: Event.Type, from event: Data) throws(InvocationFailure) -> Event {
        if type == Data.self, let bytes = event as? Event { return bytes }
        do {
            return try LeanJSONDecoder().decode(type, from: event)
        } catch {
            throw .undecodableEvent(error, as: type)
        }
    }

    /// `Data` is the answer's bytes as they are.
    static func encode<Output: Encodable>(_ output: Output) throws(InvocationFailure) -> Data {
        if Output.self == Data.self, let bytes = output as? Data { return bytes }
        do {
            return try LeanJSONEncoder().encode(output)
        } catch {
            throw .unencodableAnswer(error, as: Output.self)
        }
    }
}
