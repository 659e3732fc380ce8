import Foundation
import RoostHTTPClient
import Testing

@Suite("https")
struct TLSTests {
    @Test("a server whose authority is named by AWS_CA_BUNDLE is trusted")
    func trusted() async throws {
        try await withTLSServer { url, bundle in
            let client = try HTTPClient(configuration: .init(trustStore: .find(environment: ["AWS_CA_BUNDLE": bundle.path])))
            let response = try await client.send(.init(method: "POST", url: url + "/echo", body: Data("over TLS".utf8)))
            #expect(response.status == 200)
            #expect(String(decoding: response.body, as: UTF8.self).hasSuffix("\n\nover TLS"))
        }
    }

    @Test("the same server is refused without it, before the request goes out")
    func untrusted() async throws {
        try await withTLSServer { url, _ in
            let client = try HTTPClient(configuration: .init(trustStore: .find(environment: [:])))
            let error = await #expect(throws: HTTPClientError.self) { try await client.send(.init(url: url + "/echo")) }
            guard case .tls(let failure) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(failure.curlCode == 60)  // CURLE_PEER_FAILED_VERIFICATION
            #expect(error?.requestMayHaveArrived == false)
        }
    }

    @Test("a certificate for another name is refused")
    func otherName() async throws {
        try await withTLSServer { url, bundle in
            let client = try HTTPClient(configuration: .init(trustStore: .file(bundle.path)))
            let other = url.replacingOccurrences(of: "127.0.0.1", with: "localhost")
            let error = await #expect(throws: HTTPClientError.self) { try await client.send(.init(url: other + "/echo")) }
            guard case .tls = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
    }

    @Test("without any trust store https is refused with the places that were looked at, and http works")
    func noTrustStore() async throws {
        let store = TrustStore.find(environment: ["AWS_CA_BUNDLE": "/nowhere/bundle.pem"])
        let client = try HTTPClient(configuration: .init(trustStore: store))
        await #expect(throws: HTTPClientError.noTrustStore(lookedAt: ["/nowhere/bundle.pem"])) {
            try await client.send(.init(url: "https://127.0.0.1:1/"))
        }
        try await withPythonServer { server in
            let response = try await client.send(.init(url: server.address + "/echo"))
            #expect(response.status == 200)
        }
    }
}

/// A TLS server on 127.0.0.1 with a certificate made for this test by the openssl command, and the authority's file.
private func withTLSServer(_ body: (_ url: String, _ bundle: URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // In the system's temporary folder.
    let bundle = folder.appendingPathComponent("authority.pem")
    let serverFile = folder.appendingPathComponent("server.pem")
    let openssl = Process()
    openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    openssl.arguments = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
        "-subj", "/CN=roost test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", serverFile.path, "-out", bundle.path,
    ]
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
    try #require(openssl.terminationStatus == 0)
    try (Data(contentsOf: serverFile) + Data(contentsOf: bundle)).write(to: serverFile)
    let server = try PythonServer(certificate: serverFile)
    defer { server.stop() }
    try await body("https://127.0.0.1:\(server.port)", bundle)
}
