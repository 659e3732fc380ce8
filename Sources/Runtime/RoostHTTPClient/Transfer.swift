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
    let url: String
    private let handle: EasyHandle
    private let maximumResponseBytes: Int
    private let errorText: UnsafeMutablePointer<CChar>
    private var fields: UnsafeMutablePointer<curl_slist>?
    private var response = ResponseBuffer()

    private var easy: UnsafeMutableRawPointer { handle.pointer }

    init(_ handle: EasyHandle, request: HTTPClientRequest, timeLimit: Duration?, configuration: HTTPClientConfiguration) {
        self.handle = handle
        url = request.loggableURL
        maximumResponseBytes = request.maximumResponseBytes
        errorText = .allocate(capacity: roost_curl_error_size)
        errorText.initialize(repeating: 0, count: roost_curl_error_size)
        setConnectionOptions(configuration)
        setRequest(request, timeLimit: timeLimit)
        setCallbacks()
    }

    deinit {
        // The handle must not keep pointers into what goes now.
        curl_easy_reset(easy)
        curl_slist_free_all(fields)
        errorText.deallocate()
    }

    private func setConnectionOptions(_ configuration: HTTPClientConfiguration) {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_TCP_NODELAY, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PATH_AS_IS, 1)
        // The services answer over 1.1; HTTP/2 would change the case of field names for no gain.
        set(CURLOPT_HTTP_VERSION, roost_curl_http_1_1)
        set(CURLOPT_SSLVERSION, roost_curl_tls_1_2)
        roost_curl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.wholeMilliseconds)
        if !configuration.usesProxyFromEnvironment { roost_curl_set_text(easy, CURLOPT_PROXY, "") }
        if case .file(let path) = configuration.trustStore {
            roost_curl_set_text(easy, CURLOPT_CAINFO, path)
            // The folder that libcurl was built with would be trusted beside the file.
            roost_curl_set_text(easy, CURLOPT_CAPATH, nil)
        }
    }

    private func setRequest(_ request: HTTPClientRequest, timeLimit: Duration?) {
        roost_curl_set_text(easy, CURLOPT_URL, request.url)
        if let timeLimit { set(CURLOPT_TIMEOUT_MS, min(max(1, timeLimit.wholeMilliseconds), Int(Int32.max))) }
        if request.method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        } else if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
            setBody(request.body)
        }
        roost_curl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
        for line in request.curlHeaderLines { fields = curl_slist_append(fields, line) ?? fields }
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
            Transfer.withTransfer(user, bytes, size * count) { $0.response.addHeaderLine($1) }
        }
        roost_curl_set_pointer(easy, CURLOPT_WRITEDATA, user)
        roost_curl_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, user in
            Transfer.withTransfer(user, bytes, size * count) { $0.response.addBody($1, limit: $0.maximumResponseBytes) }
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
        roost_curl_set_long(easy, option, value)
    }
}

extension Transfer {
    /// What the transfer came to, once libcurl says that it ended with `code`.
    func result(_ code: CURLcode) -> Result<HTTPClientResponse, HTTPClientError> {
        if response.isTooLarge { return .failure(.responseTooLarge(limit: maximumResponseBytes, url: url)) }
        guard code == CURLE_OK else { return .failure(failure(code)) }
        return .success(.init(status: info(CURLINFO_RESPONSE_CODE), headers: response.headers, body: response.body))
    }

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
    /// Rounded up, so that a limit above zero never becomes libcurl's 0, which means none.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
