/// Tasks of an S3 Batch Operations job, one object each; the answer is an ``S3BatchResponse``.
///
/// Source: Amazon S3 User Guide, "Invoke AWS Lambda function",
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
public struct S3BatchEvent: Sendable, Equatable, Codable {
    /// `1.0`, or `2.0` for directory buckets and for a job with arguments.
    public var invocationSchemaVersion: String
    public var invocationId: String
    public var job: Job
    public var tasks: [Task]

    public init(invocationSchemaVersion: String = "1.0", invocationId: String, job: Job, tasks: [Task]) {
        self.invocationSchemaVersion = invocationSchemaVersion
        self.invocationId = invocationId
        self.job = job
        self.tasks = tasks
    }

    public struct Job: Sendable, Equatable, Codable {
        public var id: String
        /// Schema 2.0: what the job was given for its function.
        public var userArguments: [String: String]?

        public init(id: String, userArguments: [String: String]? = nil) {
            self.id = id
            self.userArguments = userArguments
        }
    }

    public struct Task: Sendable, Equatable, Codable {
        public var taskId: String
        /// The key in the form of an HTML form's value, as in the job's manifest; ``decodedKey`` is what S3 has.
        public var s3Key: String
        public var s3VersionId: String?
        /// Schema 1.0.
        public var s3BucketArn: String?
        /// Schema 2.0.
        public var s3Bucket: String?

        public init(
            taskId: String, s3Key: String, s3VersionId: String? = nil, s3BucketArn: String? = nil, s3Bucket: String? = nil
        ) {
            self.taskId = taskId
            self.s3Key = s3Key
            self.s3VersionId = s3VersionId
            self.s3BucketArn = s3BucketArn
            self.s3Bucket = s3Bucket
        }

        public var decodedKey: String { FormText.decode(s3Key) }

        /// The bucket's name, whichever schema.
        public var bucketName: String? {
            s3Bucket ?? s3BucketArn.map { String($0.split(separator: ":", omittingEmptySubsequences: false).last ?? "") }
        }
    }
}

/// What became of each task.
///
/// Source: Amazon S3 User Guide, "Invoke AWS Lambda function", response codes,
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
public struct S3BatchResponse: Sendable, Equatable, Codable {
    public var invocationSchemaVersion: String
    /// What a task is that the answer leaves out.
    public var treatMissingKeysAs: ResultCode
    public var invocationId: String
    public var results: [Result]

    public init(invocationSchemaVersion: String, treatMissingKeysAs: ResultCode, invocationId: String, results: [Result]) {
        self.invocationSchemaVersion = invocationSchemaVersion
        self.treatMissingKeysAs = treatMissingKeysAs
        self.invocationId = invocationId
        self.results = results
    }

    /// The answer to an event, in its schema.
    public init(to event: S3BatchEvent, treatMissingKeysAs: ResultCode = .permanentFailure, results: [Result]) {
        self.init(
            invocationSchemaVersion: event.invocationSchemaVersion, treatMissingKeysAs: treatMissingKeysAs,
            invocationId: event.invocationId, results: results)
    }

    public struct Result: Sendable, Equatable, Codable {
        public var taskId: String
        public var resultCode: ResultCode
        /// For the job's report, at most 1024 characters.
        public var resultString: String

        public init(taskId: String, resultCode: ResultCode, resultString: String = "") {
            self.taskId = taskId
            self.resultCode = resultCode
            self.resultString = resultString
        }
    }

    public struct ResultCode: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let succeeded = ResultCode(rawValue: "Succeeded")
        /// The task is run again.
        public static let temporaryFailure = ResultCode(rawValue: "TemporaryFailure")
        public static let permanentFailure = ResultCode(rawValue: "PermanentFailure")
    }
}
