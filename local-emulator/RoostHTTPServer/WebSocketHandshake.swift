import Foundation
import RoostCryptography

/// The server's side of the opening handshake (RFC 6455, 4.2).
package enum WebSocketHandshake {
    /// What to answer to a request that is no opening handshake; nil where it is one.
    ///
    /// In this order: the method and the `Upgrade` and `Connection` fields (426), the version (426 with the one that is
    /// spoken), the key (400).
    package static func refusal(of request: HTTPRequest) -> HTTPResponse? {
        let headers = request.headers
        guard request.method == "GET", headers.lists("Upgrade", "websocket"), headers.lists("Connection", "upgrade") else {
            return HTTPResponse(status: 426, headers: ["Upgrade": "websocket", "Connection": "Upgrade"])
        }
        guard headers["Sec-WebSocket-Version"] == "13" else {
            return HTTPResponse(status: 426, headers: ["Sec-WebSocket-Version": "13"])
        }
        guard let key = headers["Sec-WebSocket-Key"], Data(base64Encoded: key)?.count == 16 else {
            return HTTPResponse(status: 400)
        }
        return nil
    }

    /// `Sec-WebSocket-Accept` for a key (RFC 6455, 4.2.2, step 5.4).
    static func accept(key: String) -> String {
        do {
            return try ProtocolDigest.sha1(Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)).base64EncodedString()
        } catch {
            // Only where libcrypto was built without SHA-1: then no client could connect at all.
            preconditionFailure("libcrypto has no SHA-1")
        }
    }
}

extension HTTPHeaders {
    /// Whether a comma-separated field holds a token, in any case.
    fileprivate func lists(_ name: String, _ token: String) -> Bool {
        all(name).contains { value in
            value.split(separator: ",").contains { $0.trimmingCharacters(in: .whitespaces).lowercased() == token }
        }
    }
}
