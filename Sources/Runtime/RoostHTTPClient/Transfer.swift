internal import CRoostCurl

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// One request on its way on a handle that has no other. Belongs to one thread.
final class Transfer {
    private let request: HTTPClientRequest
    private let handle: EasyHandle
    private let errorText: UnsafeMutablePointer<CChar>
    private var fields: UnsafeMutablePointer<curl_slist>?
    private var response = ResponseBuffer()
    /// The body where it is streamed; nil where the request brings it along.
    private let upload: HTTPBodyChannel?

    private var easy: UnsafeMutableRawPointer { handle.pointer }
    /// For an error.
    var url: String { request.loggableURL }

    init(
        _ handle: EasyHandle, request: HTTPClientRequest, timeLimit: Duration?, upload: HTTPBodyChannel? = nil
    ) {
        self.handle = handle
        self.upload = upload
        self.request = request
        errorText = .allocate(capacity: roost_curl_error_size)
        errorText.initialize(to: 0)
        setRequest(timeLimit: timeLimit)
        setCallbacks()
    }

    deinit {
        handle.clearRequest()
        curl_slist_free_all(fields)
        errorText.deallocate()
    }

    private func setRequest(timeLimit: Duration?) {
        roost_curl_set_text(easy, CURLOPT_URL, request.url)
        if let timeLimit { set(CURLOPT_TIMEOUT_MS, min(max(1, timeLimit.wholeMilliseconds), Int(Int32.max))) }
        if upload != nil {
            setUpload()
        } else if request.method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        } else if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
            setBody(request.body)
        }
        roost_curl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
        request.forEachCurlHeaderLine { fields = curl_slist_append(fields, $0) ?? fields }
        if upload != nil { fields = curl_slist_append(fields, "Transfer-Encoding: chunked") ?? fields }
        roost_curl_set_list(easy, CURLOPT_HTTPHEADER, fields)
    }

    /// libcurl keeps its own copy: no pointer into `Data` may outlive the closure.
    private func setBody(_ body: Data) {
        set(CURLOPT_POST, 1)
        roost_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        body.withUnsafeBytes { bytes in
            // A null pointer would make libcurl read the body from standard input.
            if let start = bytes.baseAddress {
                _ = roost_curl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, start)
            } else {
                _ = roost_curl_set_text(easy, CURLOPT_COPYPOSTFIELDS, "")
            }
        }
    }

    private func setCallbacks() {
        roost_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        let user = Unmanaged.passUnretained(self).toOpaque()
        roost_curl_set_pointer(easy, CURLOPT_HEADERDATA, user)
        roost_curl_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, user in
            Transfer.withTransfer(user, bytes, size * count) { $0.addHeaderLine($1) }
        }
        roost_curl_set_pointer(easy, CURLOPT_WRITEDATA, user)
        roost_curl_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, user in
            Transfer.withTransfer(user, bytes, size * count) { $0.response.addBody($1, limit: $0.request.maximumResponseBytes) }
        }
    }

    /// The answer to libcurl is the number of bytes taken; any other ends the transfer with CURLE_WRITE_ERROR.
    private static func withTransfer(
        _ user: UnsafeMutableRawPointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int,
        _ take: (Transfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let user, let bytes else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(user).takeUnretainedValue()
        return take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    private func set(_ option: CURLoption, _ value: Int) {
        handle.set(option, value)
    }
}

extension Transfer {
    /// A body whose length nobody knows yet goes out in chunks, with what ``HTTPBodyChannel/finish(trailers:)`` gave behind them.
    private func setUpload() {
        set(CURLOPT_POST, 1)
        // AWS Lambda Developer Guide, "Building a custom runtime", "Implementing response streaming": the runtime closes the
        // connection after a streamed response. It would be closed too after an answer that came before the body's end.
        set(CURLOPT_FORBID_REUSE, 1)
        let user = Unmanaged.passUnretained(self).toOpaque()
        roost_curl_set_pointer(easy, CURLOPT_READDATA, user)
        roost_curl_set_data_callback(easy, CURLOPT_READFUNCTION) { bytes, size, count, user in
            guard let user, let bytes else { return 0 }
            return Unmanaged<Transfer>.fromOpaque(user).takeUnretainedValue()
                .readUpload(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        }
        roost_curl_set_pointer(easy, CURLOPT_TRAILERDATA, user)
        roost_curl_set_trailer_callback(easy, CURLOPT_TRAILERFUNCTION) { list, user in
            guard let user, let list else { return CURL_TRAILERFUNC_OK }
            let transfer = Unmanaged<Transfer>.fromOpaque(user).takeUnretainedValue()
            // libcurl frees the list.
            for field in transfer.upload?.trailers ?? [] {
                list.pointee = curl_slist_append(list.pointee, "\(field.name): \(field.value)") ?? list.pointee
            }
            return CURL_TRAILERFUNC_OK
        }
    }

    private func readUpload(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        switch upload?.read(into: buffer) {
        case .bytes(let count): count
        case .later: roost_curl_read_pause
        case .end, nil: 0
        }
    }

    /// A refusal that comes before the body's end ends the body: libcurl only stops to send by itself where the answer keeps
    /// the connection and nothing is paused (7.88, Curl_http_readwrite_headers).
    private func addHeaderLine(_ line: UnsafeRawBufferPointer) -> Bool {
        let isTaken = response.addHeaderLine(line)
        if let upload, let status = response.finalStatus, status >= 300 { upload.abandon(.init(status: status)) }
        return isTaken
    }

    /// Goes on with a body that was paused, where there is more of it now.
    func resumeUpload() {
        if upload?.takeResumption() == true { curl_easy_pause(easy, roost_curl_continue) }
    }

    /// What the transfer came to, once libcurl says that it ended with `code`.
    func result(_ code: CURLcode) -> Result<HTTPClientResponse, HTTPClientError> {
        if response.isTooLarge { return .failure(.responseTooLarge(limit: request.maximumResponseBytes, url: url)) }
        guard code == CURLE_OK || answeredEarly else { return .failure(failure(code)) }
        return .success(.init(status: info(CURLINFO_RESPONSE_CODE), headers: response.headers, body: response.body))
    }

    /// A server that refuses a body and closes: that the rest could not be sent is no news.
    private var answeredEarly: Bool { upload != nil && response.finalStatus.map { $0 >= 300 } ?? false }

    private func failure(_ code: CURLcode) -> HTTPClientError {
        let detail = String(cString: errorText)
        let failure = HTTPClientError.TransferFailure(
            url: url, curlCode: Int(code.rawValue), message: detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail,
            requestWasSent: info(CURLINFO_REQUEST_SIZE) > 0)
        switch code {
        case CURLE_COULDNT_CONNECT where info(CURLINFO_OS_ERRNO) == Int(ECONNREFUSED): return .connectionRefused(failure)
        case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .couldNotConnect(failure)
        case CURLE_OPERATION_TIMEDOUT: return .timedOut(failure)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
            return .tls(failure)
        case CURLE_URL_MALFORMAT: return .invalidRequest(failure.description)
        default: return .failed(failure)
        }
    }

    private func info(_ info: CURLINFO) -> Int {
        var value = 0
        roost_curl_get_long(easy, info, &value)
        return value
    }
}

extension Duration {
    /// Rounded up, so that a limit above zero never becomes libcurl's 0, which means none. Durations too long for it become
    /// the longest.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let (whole, isTooLong) = Int(seconds).multipliedReportingOverflow(by: 1000)
        let (sum, overflows) = whole.addingReportingOverflow(Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
        return isTooLong || overflows ? (seconds < 0 ? .min : .max) : sum
    }
}
