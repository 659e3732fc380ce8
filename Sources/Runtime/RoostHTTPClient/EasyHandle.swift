internal import CRoostCurl

/// Owns a `CURL*`, which keeps its buffers from one transfer to the next. Belongs to one thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer

    /// nil when libcurl is out of memory.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
    }
}
