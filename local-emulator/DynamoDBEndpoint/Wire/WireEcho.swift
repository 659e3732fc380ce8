import StoreEngine

/// What the service shows of a request in its messages: the value that breaks a constraint.
enum WireEcho {
    /// As JSON without white space.
    static func json(_ value: WireValue) -> String {
        switch value {
        case .null: return "null"
        case .bool(let flag): return "\(flag)"
        case .number(let text): return text
        case .string(let text): return quoted(text)
        case .array(let elements): return "[\(elements.map(json).joined(separator: ","))]"
        case .object(let members):
            let texts = members.map { member in "\(quoted(member.key)):\(json(member.value))" }
            return "{\(texts.joined(separator: ","))}"
        }
    }

    /// As Java prints lists and maps.
    static func java(_ value: WireValue) -> String {
        switch value {
        case .null: return "null"
        case .bool(let flag): return "\(flag)"
        case .number(let text), .string(let text): return text
        case .array(let elements): return "[\(elements.map(java).joined(separator: ", "))]"
        case .object(let members):
            return "{\(members.map { member in "\(member.key)=\(java(member.value))" }.joined(separator: ", "))}"
        }
    }

    /// A `RequestItems` of BatchWriteItem as the service's own classes print it.
    static func writeRequests(_ value: WireValue) -> String {
        guard case .object(let tables) = value else { return java(value) }
        let texts = tables.map { table in
            guard case .array(let requests) = table.value else { return "\(table.key)=\(java(table.value))" }
            return "\(table.key)=[\(requests.map(writeRequest).joined(separator: ", "))]"
        }
        return "{\(texts.joined(separator: ", "))}"
    }

    private static func writeRequest(_ request: WireValue) -> String {
        let put = member("PutRequest", of: request).map { "PutRequest(item=\(attributes(member("Item", of: $0))))" }
        let delete = member("DeleteRequest", of: request).map { "DeleteRequest(key=\(attributes(member("Key", of: $0))))" }
        return "WriteRequest(putRequest=\(put ?? "null"), deleteRequest=\(delete ?? "null"))"
    }

    private static func attributes(_ value: WireValue?) -> String {
        guard case .object(let attributes)? = value else { return "null" }
        let texts = attributes.map { attribute in "\(attribute.key)=AttributeValue(\(java(attribute.value)))" }
        return "{\(texts.joined(separator: ", "))}"
    }

    private static func member(_ name: String, of value: WireValue) -> WireValue? {
        guard case .object(let members) = value else { return nil }
        return members[name]
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: JSONObjectWriter.text(text), as: UTF8.self)
    }
}
