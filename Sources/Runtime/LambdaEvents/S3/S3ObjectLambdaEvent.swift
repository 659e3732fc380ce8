/// A request of S3 Object Lambda, which the function answers by calling `WriteGetObjectResponse` (a get) or by what it returns
/// (a head, a list).
///
/// Open to its old customers only, since November 2025. Source: Amazon S3 User Guide, "Event context format and usage",
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
public struct S3ObjectLambdaEvent: Sendable, Equatable, Codable {
    public var xAmzRequestId: String
    /// One of the four, by the request's kind.
    public var getObjectContext: GetObjectContext?
    public var headObjectContext: InputContext?
    public var listObjectsContext: InputContext?
    public var listObjectsV2Context: InputContext?
    public var configuration: Configuration
    public var userRequest: UserRequest
    public var userIdentity: UserIdentity
    /// `1.00`, `1.01`, …: the number before the point changes with a field that goes or changes its meaning.
    public var protocolVersion: String

    public init(
        xAmzRequestId: String, getObjectContext: GetObjectContext? = nil, headObjectContext: InputContext? = nil,
        listObjectsContext: InputContext? = nil, listObjectsV2Context: InputContext? = nil, configuration: Configuration,
        userRequest: UserRequest, userIdentity: UserIdentity, protocolVersion: String
    ) {
        self.xAmzRequestId = xAmzRequestId
        self.getObjectContext = getObjectContext
        self.headObjectContext = headObjectContext
        self.listObjectsContext = listObjectsContext
        self.listObjectsV2Context = listObjectsV2Context
        self.configuration = configuration
        self.userRequest = userRequest
        self.userIdentity = userIdentity
        self.protocolVersion = protocolVersion
    }

    public struct GetObjectContext: Sendable, Equatable, Codable {
        /// Presigned, with the caller's rights.
        public var inputS3Url: String
        /// Both go into the call of `WriteGetObjectResponse`.
        public var outputRoute: String
        public var outputToken: String

        public init(inputS3Url: String, outputRoute: String, outputToken: String) {
            self.inputS3Url = inputS3Url
            self.outputRoute = outputRoute
            self.outputToken = outputToken
        }
    }

    public struct InputContext: Sendable, Equatable, Codable {
        /// Presigned, with the caller's rights.
        public var inputS3Url: String

        public init(inputS3Url: String) {
            self.inputS3Url = inputS3Url
        }
    }

    public struct Configuration: Sendable, Equatable, Codable {
        public var accessPointArn: String
        public var supportingAccessPointArn: String
        /// The access point's own text for its function.
        public var payload: String?

        public init(accessPointArn: String, supportingAccessPointArn: String, payload: String? = nil) {
            self.accessPointArn = accessPointArn
            self.supportingAccessPointArn = supportingAccessPointArn
            self.payload = payload
        }
    }

    public struct UserRequest: Sendable, Equatable, Codable {
        /// Without authorization parameters.
        public var url: String
        /// Without authorization headers.
        public var headers: [String: String]

        public init(url: String, headers: [String: String]) {
            self.url = url
            self.headers = headers
        }
    }

    public struct UserIdentity: Sendable, Equatable, Codable {
        /// `AssumedRole`, `IAMUser`, `Root`, …
        public var type: String
        public var principalId: String
        public var arn: String?
        public var accountId: String?
        public var accessKeyId: String?
        public var userName: String?
        public var invokedBy: String?
        /// With temporary credentials.
        public var sessionContext: SessionContext?

        public init(
            type: String, principalId: String, arn: String? = nil, accountId: String? = nil, accessKeyId: String? = nil,
            userName: String? = nil, invokedBy: String? = nil, sessionContext: SessionContext? = nil
        ) {
            self.type = type
            self.principalId = principalId
            self.arn = arn
            self.accountId = accountId
            self.accessKeyId = accessKeyId
            self.userName = userName
            self.invokedBy = invokedBy
            self.sessionContext = sessionContext
        }
    }

    public struct SessionContext: Sendable, Equatable, Codable {
        public var attributes: Attributes?
        public var sessionIssuer: SessionIssuer?

        public init(attributes: Attributes? = nil, sessionIssuer: SessionIssuer? = nil) {
            self.attributes = attributes
            self.sessionIssuer = sessionIssuer
        }
    }

    public struct Attributes: Sendable, Equatable, Codable {
        public var mfaAuthenticated: String?
        /// `Wed Mar 10 23:41:52 UTC 2021`.
        public var creationDate: String?

        public init(mfaAuthenticated: String? = nil, creationDate: String? = nil) {
            self.mfaAuthenticated = mfaAuthenticated
            self.creationDate = creationDate
        }
    }

    public struct SessionIssuer: Sendable, Equatable, Codable {
        public var type: String?
        public var principalId: String?
        public var arn: String?
        public var accountId: String?
        public var userName: String?

        public init(
            type: String? = nil, principalId: String? = nil, arn: String? = nil, accountId: String? = nil,
            userName: String? = nil
        ) {
            self.type = type
            self.principalId = principalId
            self.arn = arn
            self.accountId = accountId
            self.userName = userName
        }
    }
}
