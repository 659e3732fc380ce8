/// The certificate that a client showed under mutual TLS.
public struct ClientCertificate: Sendable, Equatable, Codable {
    public var clientCertPem: String
    public var subjectDN: String
    public var issuerDN: String
    public var serialNumber: String
    public var validity: Validity

    public init(clientCertPem: String, subjectDN: String, issuerDN: String, serialNumber: String, validity: Validity) {
        self.clientCertPem = clientCertPem
        self.subjectDN = subjectDN
        self.issuerDN = issuerDN
        self.serialNumber = serialNumber
        self.validity = validity
    }

    /// Times in OpenSSL's form: `May 28 12:30:02 2019 GMT`.
    public struct Validity: Sendable, Equatable, Codable {
        public var notBefore: String
        public var notAfter: String

        public init(notBefore: String, notAfter: String) {
            self.notBefore = notBefore
            self.notAfter = notAfter
        }
    }
}
