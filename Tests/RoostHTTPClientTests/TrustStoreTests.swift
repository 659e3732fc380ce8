import Testing

@testable import RoostHTTPClient

@Suite("Where the certificate authorities are")
struct TrustStoreTests {
    @Test("AWS_CA_BUNDLE wins over the system's files")
    func named() {
        let store = TrustStore.find(environment: ["AWS_CA_BUNDLE": "/my/ca.pem"]) { _ in true }
        #expect(store == .file("/my/ca.pem"))
    }

    @Test("an AWS_CA_BUNDLE that cannot be read is not silently replaced by the system's")
    func namedButMissing() {
        let store = TrustStore.find(environment: ["AWS_CA_BUNDLE": "/my/ca.pem"]) { $0 != "/my/ca.pem" }
        #expect(store == .missing(lookedAt: ["/my/ca.pem"]))
    }

    @Test(
        "Amazon Linux's file comes before Debian's, Debian's before macOS's",
        arguments: [
            (["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt"], "/etc/pki/tls/certs/ca-bundle.crt"),
            (["/etc/ssl/cert.pem", "/etc/ssl/certs/ca-certificates.crt"], "/etc/ssl/certs/ca-certificates.crt"),
            (["/etc/ssl/cert.pem"], "/etc/ssl/cert.pem"),
        ])
    func order(present: [String], found: String) {
        #expect(TrustStore.find(environment: ["AWS_CA_BUNDLE": ""]) { present.contains($0) } == .file(found))
    }
}
