internal import CRoostCurl

/// Owns a `CURL*`, which keeps its buffers from one transfer to the next, and the options that all of them have. Belongs to
/// one thread and one configuration.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer

    /// nil when libcurl is out of memory.
    init?(_ configuration: HTTPClientConfiguration) {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_TCP_NODELAY, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PATH_AS_IS, 1)
        // The services answer over 1.1; HTTP/2 would change the case of field names for no gain.
        set(CURLOPT_HTTP_VERSION, roost_curl_http_1_1)
        set(CURLOPT_SSLVERSION, roost_curl_tls_1_2)
        roost_curl_set_text(pointer, CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.wholeMilliseconds)
        if !configuration.usesProxyFromEnvironment { roost_curl_set_text(pointer, CURLOPT_PROXY, "") }
        if case .file(let path) = configuration.trustStore {
            roost_curl_set_text(pointer, CURLOPT_CAINFO, path)
            // The folder that libcurl was built with would be trusted beside the file.
            roost_curl_set_text(pointer, CURLOPT_CAPATH, nil)
        }
    }

    func set(_ option: CURLoption, _ value: Int) {
        roost_curl_set_long(pointer, option, value)
    }

    /// Takes back what one request set: the next one finds the handle as it was made, and no pointer stays behind.
    /// (curl_easy_reset would take the rest too, and each request set it again.)
    func clearRequest() {
        roost_curl_set_list(pointer, CURLOPT_HTTPHEADER, nil)
        roost_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, nil)
        roost_curl_set_pointer(pointer, CURLOPT_HEADERDATA, nil)
        roost_curl_set_pointer(pointer, CURLOPT_WRITEDATA, nil)
        roost_curl_set_text(pointer, CURLOPT_CUSTOMREQUEST, nil)
        set(CURLOPT_TIMEOUT_MS, 0)
        roost_curl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, nil)
        roost_curl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, -1)
        // Last: it takes POST and HEAD back.
        set(CURLOPT_HTTPGET, 1)
    }

    deinit {
        curl_easy_cleanup(pointer)
    }
}
