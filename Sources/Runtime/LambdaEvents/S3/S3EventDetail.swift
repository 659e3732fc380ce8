#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What happened to an object of a bucket that sends its events to EventBridge: `EventBridgeEvent<S3EventDetail>`.
///
/// The event's detail type says which kind: `Object Created`, `Object Deleted`, `Object Restore Completed`, … Keys are not
/// encoded here. Source: Amazon S3 User Guide, "EventBridge event message structure",
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
public struct S3EventDetail: Sendable, Equatable, Codable {
    /// `0`.
    public var version: String
    public var bucket: Bucket
    public var object: Object
    public var requestId: String
    /// An account's id, or a service's name such as `s3.amazonaws.com`.
    public var requester: String
    /// Left out for what S3 did itself.
    public var sourceIPAddress: String?
    /// Object Created: the operation, such as `PutObject`. Object Deleted: `DeleteObject` or `Lifecycle Expiration`.
    public var reason: String?
    /// Object Deleted: `Permanently Deleted` or `Delete Marker Created`.
    public var deletionType: String?
    /// Object Restore Completed: when the temporary copy goes.
    public var restoreExpiryTime: String?
    /// Object Restore Initiated, Object Restore Completed.
    public var sourceStorageClass: String?
    /// Object Storage Class Changed.
    public var destinationStorageClass: String?
    /// Object Access Tier Changed.
    public var destinationAccessTier: String?

    public init(
        version: String = "0", bucket: Bucket, object: Object, requestId: String, requester: String,
        sourceIPAddress: String? = nil, reason: String? = nil, deletionType: String? = nil, restoreExpiryTime: String? = nil,
        sourceStorageClass: String? = nil, destinationStorageClass: String? = nil, destinationAccessTier: String? = nil
    ) {
        self.version = version
        self.bucket = bucket
        self.object = object
        self.requestId = requestId
        self.requester = requester
        self.sourceIPAddress = sourceIPAddress
        self.reason = reason
        self.deletionType = deletionType
        self.restoreExpiryTime = restoreExpiryTime
        self.sourceStorageClass = sourceStorageClass
        self.destinationStorageClass = destinationStorageClass
        self.destinationAccessTier = destinationAccessTier
    }

    /// ``restoreExpiryTime`` as an instant.
    public var restoreExpiryDate: Date? { restoreExpiryTime.flatMap(ISO8601Time.date) }

    private enum CodingKeys: String, CodingKey {
        case version, bucket, object, requester, reason
        case requestId = "request-id"
        case sourceIPAddress = "source-ip-address"
        case deletionType = "deletion-type"
        case restoreExpiryTime = "restore-expiry-time"
        case sourceStorageClass = "source-storage-class"
        case destinationStorageClass = "destination-storage-class"
        case destinationAccessTier = "destination-access-tier"
    }

    public struct Bucket: Sendable, Equatable, Codable {
        public var name: String

        public init(name: String) {
            self.name = name
        }
    }

    public struct Object: Sendable, Equatable, Codable {
        public var key: String
        /// In bytes; nil for an object that is gone.
        public var size: Int?
        public var etag: String?
        /// Nil in a bucket without versions.
        public var versionId: String?
        public var sequencer: String?

        public init(key: String, size: Int? = nil, etag: String? = nil, versionId: String? = nil, sequencer: String? = nil) {
            self.key = key
            self.size = size
            self.etag = etag
            self.versionId = versionId
            self.sequencer = sequencer
        }

        private enum CodingKeys: String, CodingKey {
            case key, size, etag, sequencer
            case versionId = "version-id"
        }
    }
}
