#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension InvocationFailure {
    /// `Lambda-Runtime-Function-XRay-Error-Cause`: what becomes the `cause` of the function's segment in X-Ray; nil where it is
    /// too long to be sent.
    ///
    /// `{"working_directory":…,"exceptions":[{"type":…,"message":…,"stack":[{"label":…}]}],"paths":[]}`. Source: AWS X-Ray
    /// Developer Guide, "X-Ray segment documents", "Errors and exceptions"; the limit is that of AWS's own runtimes.
    var xrayCause: String? {
        var exception = JSONObjectText()
        exception.add("type", errorType)
        exception.add("message", shortMessage)
        exception.add(
            "stack",
            shortTrace.map { frame in
                var object = JSONObjectText()
                object.add("label", frame)
                return object
            })
        var cause = JSONObjectText()
        cause.add("working_directory", Self.workingDirectory)
        cause.add("exceptions", [exception])
        cause.add("paths", [String]())
        let text = asciiOnly(cause.text)
        return text.utf8.count < Self.maximumCauseBytes ? text : nil
    }

    /// AWS's runtimes leave a cause out from 1 MiB up. libcurl builds a request's head in a buffer of 1 MiB
    /// (`DYN_HTTP_REQUEST`), so ours also leaves room for the other fields.
    static let maximumCauseBytes = (1 << 20) - (4 << 10)

    private static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "" }
        defer { free(path) }
        return String(cString: path)
    }
}

/// JSON in a header's field: what is not ASCII becomes an escape, which means the same (RFC 8259, 7).
private func asciiOnly(_ json: String) -> String {
    guard !json.utf8.allSatisfy({ $0 < 0x80 }) else { return json }
    return json.utf16.reduce(into: "") { text, unit in
        if let scalar = UnicodeScalar(unit), scalar.isASCII {
            text.unicodeScalars.append(scalar)
        } else {
            let digits = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
    }
}
