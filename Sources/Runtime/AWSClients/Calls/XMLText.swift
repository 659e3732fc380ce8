#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The little that the Query protocol's answers need of XML: the text of an element whose name occurs once.
///
/// Such answers are made by the service alone, without comments, CDATA sections or attributes on these elements.
struct XMLText {
    private let text: Substring

    init(_ document: Data) {
        text = Substring(String(decoding: document, as: UTF8.self))
    }

    /// The decoded text of the first element of that name; nil if there is none.
    func element(_ name: String) -> String? {
        guard let start = text.firstRange(of: "<\(name)>"), let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else {
            return nil
        }
        return Self.decoded(text[start.upperBound..<end.lowerBound])
    }

    /// Source: Extensible Markup Language (XML) 1.0, 4.1 and 4.6.
    private static func decoded(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let ampersand = rest.firstIndex(of: "&"), let end = rest[ampersand...].firstIndex(of: ";") {
            result += rest[..<ampersand]
            let reference = rest[rest.index(after: ampersand)..<end]
            result += character(reference) ?? "&\(reference);"
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func character(_ reference: Substring) -> String? {
        switch reference {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let number = reference.hasPrefix("#x") ? UInt32(reference.dropFirst(2), radix: 16) : UInt32(reference.dropFirst())
            guard reference.hasPrefix("#"), let scalar = number.flatMap(Unicode.Scalar.init) else { return nil }
            return String(Character(scalar))
        }
    }
}

extension AWSServiceError {
    /// Reads the error answer of the Query protocol: `<ErrorResponse><Error><Code>…</Code><Message>…</Message></Error>`.
    init(xmlAnswer response: AWSResponse, service: AWSService, operation: String) {
        let document = XMLText(response.body)
        self.init(
            service: service, operation: operation, code: document.element("Code") ?? "HTTP\(response.status)",
            message: document.element("Message") ?? "", status: response.status,
            requestID: response.header("x-amzn-RequestId") ?? document.element("RequestId"))
    }
}
