/// Where and how coding failed, without the data: texts that come with the errors may quote it.
extension DecodingError {
    var placeDescription: String {
        switch self {
        case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
        case .valueNotFound(let type, let context): "\(place(context.codingPath)) is null and must be a \(type)"
        case .typeMismatch(let type, let context): "\(place(context.codingPath)) is no \(type)"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "it is not valid JSON or not of the right form" : "\(place(context.codingPath)) is not valid"
        @unknown default: "it does not decode"
        }
    }
}

extension EncodingError {
    var placeDescription: String {
        switch self {
        case .invalidValue(let value, let context):
            "\(place(context.codingPath)) holds a \(type(of: value)) that JSON has no form for"
        @unknown default: "it does not encode"
        }
    }
}

/// `records[0].body`, or `the top level`.
private func place(_ path: [any CodingKey]) -> String {
    guard !path.isEmpty else { return "the top level" }
    return path.reduce(into: "") { text, key in
        if let index = key.intValue {
            text += "[\(index)]"
        } else {
            text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
        }
    }
}
