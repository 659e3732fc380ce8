/// Parameter Store's shapes, of what Systems Manager offers. Source: AWS Systems Manager API Reference, version 2014-11-06.
public enum SSM {
    public enum ParameterType: String, Sendable, Codable {
        case string = "String"
        /// Values between commas.
        case stringList = "StringList"
        /// Encrypted with a key of KMS.
        case secureString = "SecureString"
    }

    /// One parameter, or one version of it.
    public struct Parameter: Sendable, Equatable, Codable {
        public var name: String
        /// A type that AWS adds later is kept as its text.
        public var type: String
        /// Still encrypted for a `SecureString` that was asked for without decryption.
        public var value: String
        public var version: Int?
        /// `:3` or `:label`, where the name asked for one.
        public var selector: String?
        public var arn: String?
        /// Seconds since 1970.
        public var lastModifiedDate: Double?
        /// `text`, `aws:ec2:image` or `aws:ssm:integration`.
        public var dataType: String?

        public init(
            name: String, type: String = ParameterType.string.rawValue, value: String, version: Int? = nil,
            selector: String? = nil, arn: String? = nil, lastModifiedDate: Double? = nil, dataType: String? = nil
        ) {
            self.name = name
            self.type = type
            self.value = value
            self.version = version
            self.selector = selector
            self.arn = arn
            self.lastModifiedDate = lastModifiedDate
            self.dataType = dataType
        }

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case type = "Type"
            case value = "Value"
            case version = "Version"
            case selector = "Selector"
            case arn = "ARN"
            case lastModifiedDate = "LastModifiedDate"
            case dataType = "DataType"
        }
    }
}

/// Parameter Store over any transport; one method per operation, in the operation's own file.
public struct SSMClient: Sendable {
    let caller: JSONCaller

    public init(transport: any AWSTransport, retry: RetryPolicy = .standard) {
        caller = JSONCaller(
            caller: ServiceCaller(service: .ssm, transport: transport, retry: retry), targetPrefix: "AmazonSSM",
            contentType: "application/x-amz-json-1.1")
    }
}
