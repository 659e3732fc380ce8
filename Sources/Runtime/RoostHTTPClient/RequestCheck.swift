#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension HTTPClientRequest {
    /// Refuses what libcurl would send otherwise than it is written, or what could smuggle a second request.
    func check(trustStore: TrustStore) throws(HTTPClientError) {
        guard !method.isEmpty, method.utf8.allSatisfy(\.isTokenByte) else {
            throw .invalidRequest("the method \(method.debugDescription) is no token")
        }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .invalidRequest("the URL holds characters that are not percent-encoded")
        }
        let isSecure = url.beginsIgnoringCase("https://")
        guard isSecure || url.beginsIgnoringCase("http://") else {
            throw .invalidRequest("the URL is neither http nor https: \(loggableURL)")
        }
        if isSecure, case .missing(let paths) = trustStore { throw .noTrustStore(lookedAt: paths) }
        for field in headers { try check(field) }
    }

    private func check(_ field: (name: String, value: String)) throws(HTTPClientError) {
        try checkSyntax(of: field)
        if field.name.equalsIgnoringCase("Transfer-Encoding") || field.name.equalsIgnoringCase("Expect") {
            throw .invalidRequest("the header \(field.name) is the client's own")
        }
        if field.name.equalsIgnoringCase("Content-Length"), field.value != String(body.count) {
            throw .invalidRequest("Content-Length is \(field.value) and the body has \(body.count) bytes")
        }
    }

    /// Without user, query and fragment, which may hold secrets.
    var loggableURL: String {
        let end = url.firstIndex { $0 == "?" || $0 == "#" } ?? url.endIndex
        let plain = url[..<end]
        guard let colon = plain.firstIndex(of: ":"),
            let authority = plain.index(colon, offsetBy: 3, limitedBy: plain.endIndex)
        else { return String(plain) }
        let authorityEnd = plain[authority...].firstIndex(of: "/") ?? plain.endIndex
        guard let at = plain[authority..<authorityEnd].lastIndex(of: "@") else { return String(plain) }
        return String(plain[..<authority]) + plain[plain.index(after: at)...]
    }

    /// The fields in libcurl's notation: `Name;` for an empty value, `Name:` to keep out one that libcurl would add.
    func forEachCurlHeaderLine(_ body: (String) -> Void) {
        for field in headers { body(field.value.isEmpty ? field.name + ";" : field.name + ": " + field.value) }
        for name in ["Expect", "Accept", "Content-Type"] {
            if headers.contains(where: { $0.name.equalsIgnoringCase(name) && !$0.value.isEmpty }) { continue }
            body(name + ":")
        }
    }
}

func checkSyntax(of field: (name: String, value: String)) throws(HTTPClientError) {
    guard !field.name.isEmpty, field.name.utf8.allSatisfy(\.isTokenByte) else {
        throw .invalidRequest("the header name \(field.name.debugDescription) is no token")
    }
    guard !field.value.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) else {
        throw .invalidRequest("the header \(field.name) holds a line break or NUL")
    }
}

extension UInt8 {
    /// A character of a token (RFC 9110, 5.6.2).
    fileprivate var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"):
            true
        default: "!#$%&'*+.^_`|~".utf8.contains(self)
        }
    }
}
