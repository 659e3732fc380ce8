#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What happened to objects of a bucket, sent by the bucket's own notifications: straight to a function, or in the body of an
/// SQS message or of an SNS message.
///
/// Source: Amazon S3 User Guide, "Event message structure",
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
public struct S3Event: Sendable, Equatable, Codable {
    public var records: [Record]

    public init(records: [Record]) {
        self.records = records
    }

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
    }

    public struct Record: Sendable, Equatable, Codable {
        /// `2.1`, `2.2` (replication) or `2.3` (lifecycle, tiering, tags, ACL).
        public var eventVersion: String
        /// `aws:s3`.
        public var eventSource: String
        public var awsRegion: String
        /// When S3 finished the request, to the millisecond.
        @ISO8601Time public var eventTime: Date
        public var eventName: EventName
        public var userIdentity: Identity
        public var requestParameters: RequestParameters
        public var responseElements: ResponseElements
        public var s3: Content
        /// With `ObjectRestore:Completed` only.
        public var glacierEventData: GlacierEventData?
        /// With `Replication:*` only.
        public var replicationEventData: ReplicationEventData?
        /// With `IntelligentTiering` only.
        public var intelligentTieringEventData: IntelligentTieringEventData?
        /// With `LifecycleTransition` only.
        public var lifecycleEventData: LifecycleEventData?

        public init(
            eventVersion: String = "2.1", eventSource: String = "aws:s3", awsRegion: String, eventTime: Date,
            eventName: EventName, userIdentity: Identity, requestParameters: RequestParameters,
            responseElements: ResponseElements, s3: Content, glacierEventData: GlacierEventData? = nil,
            replicationEventData: ReplicationEventData? = nil,
            intelligentTieringEventData: IntelligentTieringEventData? = nil, lifecycleEventData: LifecycleEventData? = nil
        ) {
            self.eventVersion = eventVersion
            self.eventSource = eventSource
            self.awsRegion = awsRegion
            self.eventTime = eventTime
            self.eventName = eventName
            self.userIdentity = userIdentity
            self.requestParameters = requestParameters
            self.responseElements = responseElements
            self.s3 = s3
            self.glacierEventData = glacierEventData
            self.replicationEventData = replicationEventData
            self.intelligentTieringEventData = intelligentTieringEventData
            self.lifecycleEventData = lifecycleEventData
        }
    }

    /// `ObjectCreated:Put` and its like; the list: Amazon S3 User Guide, "Event notification types and destinations",
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
    public struct EventName: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let objectCreatedPut = EventName(rawValue: "ObjectCreated:Put")
        public static let objectCreatedPost = EventName(rawValue: "ObjectCreated:Post")
        public static let objectCreatedCopy = EventName(rawValue: "ObjectCreated:Copy")
        public static let objectCreatedCompleteMultipartUpload = EventName(rawValue: "ObjectCreated:CompleteMultipartUpload")
        public static let objectRemovedDelete = EventName(rawValue: "ObjectRemoved:Delete")
        public static let objectRemovedDeleteMarkerCreated = EventName(rawValue: "ObjectRemoved:DeleteMarkerCreated")
        public static let objectRestorePost = EventName(rawValue: "ObjectRestore:Post")
        public static let objectRestoreCompleted = EventName(rawValue: "ObjectRestore:Completed")
        public static let objectRestoreDelete = EventName(rawValue: "ObjectRestore:Delete")
        public static let reducedRedundancyLostObject = EventName(rawValue: "ReducedRedundancyLostObject")
        public static let lifecycleExpirationDelete = EventName(rawValue: "LifecycleExpiration:Delete")
        public static let lifecycleExpirationDeleteMarkerCreated = EventName(
            rawValue: "LifecycleExpiration:DeleteMarkerCreated")
        public static let lifecycleTransition = EventName(rawValue: "LifecycleTransition")
        public static let intelligentTiering = EventName(rawValue: "IntelligentTiering")
        public static let objectTaggingPut = EventName(rawValue: "ObjectTagging:Put")
        public static let objectTaggingDelete = EventName(rawValue: "ObjectTagging:Delete")
        public static let objectAclPut = EventName(rawValue: "ObjectAcl:Put")

        /// Any `ObjectCreated:…`.
        public var isObjectCreated: Bool { rawValue.hasPrefix("ObjectCreated:") }
        /// Any `ObjectRemoved:…`; what a lifecycle rule expires is not among them.
        public var isObjectRemoved: Bool { rawValue.hasPrefix("ObjectRemoved:") }
    }

    public struct Identity: Sendable, Equatable, Codable {
        public var principalId: String

        public init(principalId: String) {
            self.principalId = principalId
        }
    }

    public struct RequestParameters: Sendable, Equatable, Codable {
        /// An address, or `s3.amazonaws.com` for what S3 did itself.
        public var sourceIPAddress: String

        public init(sourceIPAddress: String) {
            self.sourceIPAddress = sourceIPAddress
        }
    }

    /// What AWS support asks for.
    public struct ResponseElements: Sendable, Equatable, Codable {
        public var requestId: String?
        public var id2: String?

        public init(requestId: String? = nil, id2: String? = nil) {
            self.requestId = requestId
            self.id2 = id2
        }

        private enum CodingKeys: String, CodingKey {
            case requestId = "x-amz-request-id"
            case id2 = "x-amz-id-2"
        }
    }

    public struct Content: Sendable, Equatable, Codable {
        /// `1.0`.
        public var s3SchemaVersion: String
        /// The notification configuration's id.
        public var configurationId: String
        public var bucket: Bucket
        public var object: Object

        public init(s3SchemaVersion: String = "1.0", configurationId: String, bucket: Bucket, object: Object) {
            self.s3SchemaVersion = s3SchemaVersion
            self.configurationId = configurationId
            self.bucket = bucket
            self.object = object
        }
    }

    public struct Bucket: Sendable, Equatable, Codable {
        public var name: String
        public var ownerIdentity: Identity
        public var arn: String

        public init(name: String, ownerIdentity: Identity, arn: String) {
            self.name = name
            self.ownerIdentity = ownerIdentity
            self.arn = arn
        }
    }

    public struct Object: Sendable, Equatable, Codable {
        /// The key in the form of an HTML form's value: `red+flower.jpg`, `Happy%20Face.jpg`. Calls of S3 want ``decodedKey``.
        public var key: String
        /// In bytes; nil for an object that is gone.
        public var size: Int?
        public var eTag: String?
        /// Nil in a bucket without versions.
        public var versionId: String?
        /// Hexadecimal digits that order the events of one key: compare them as numbers, the shorter one padded with zeros on the
        /// right. Nil for events other than of creation and removal.
        public var sequencer: String?

        public init(key: String, size: Int? = nil, eTag: String? = nil, versionId: String? = nil, sequencer: String? = nil) {
            self.key = key
            self.size = size
            self.eTag = eTag
            self.versionId = versionId
            self.sequencer = sequencer
        }

        /// The key as S3 has it: `red flower.jpg`.
        public var decodedKey: String { FormText.decode(key) }
    }

    public struct GlacierEventData: Sendable, Equatable, Codable {
        public var restoreEventData: RestoreEventData

        public init(restoreEventData: RestoreEventData) {
            self.restoreEventData = restoreEventData
        }

        public struct RestoreEventData: Sendable, Equatable, Codable {
            @ISO8601Time public var lifecycleRestorationExpiryTime: Date
            /// The storage class that the object was restored from.
            public var lifecycleRestoreStorageClass: String

            public init(lifecycleRestorationExpiryTime: Date, lifecycleRestoreStorageClass: String) {
                self.lifecycleRestorationExpiryTime = lifecycleRestorationExpiryTime
                self.lifecycleRestoreStorageClass = lifecycleRestoreStorageClass
            }
        }
    }

    public struct ReplicationEventData: Sendable, Equatable, Codable {
        public var replicationRuleId: String
        /// The ARN.
        public var destinationBucket: String
        /// `OBJECT_PUT` and its like.
        public var s3Operation: String
        @ISO8601Time public var requestTime: Date
        /// With a failed replication.
        public var failureReason: String?
        /// Minutes, as text: with a replication that missed its time or met it after that.
        public var threshold: String?
        /// With a replication that was done after the threshold: how long it took.
        public var replicationTime: String?

        public init(
            replicationRuleId: String, destinationBucket: String, s3Operation: String, requestTime: Date,
            failureReason: String? = nil, threshold: String? = nil, replicationTime: String? = nil
        ) {
            self.replicationRuleId = replicationRuleId
            self.destinationBucket = destinationBucket
            self.s3Operation = s3Operation
            self.requestTime = requestTime
            self.failureReason = failureReason
            self.threshold = threshold
            self.replicationTime = replicationTime
        }
    }

    public struct IntelligentTieringEventData: Sendable, Equatable, Codable {
        public var destinationAccessTier: String

        public init(destinationAccessTier: String) {
            self.destinationAccessTier = destinationAccessTier
        }
    }

    public struct LifecycleEventData: Sendable, Equatable, Codable {
        public var transitionEventData: TransitionEventData

        public init(transitionEventData: TransitionEventData) {
            self.transitionEventData = transitionEventData
        }

        public struct TransitionEventData: Sendable, Equatable, Codable {
            public var destinationStorageClass: String

            public init(destinationStorageClass: String) {
                self.destinationStorageClass = destinationStorageClass
            }
        }
    }
}
