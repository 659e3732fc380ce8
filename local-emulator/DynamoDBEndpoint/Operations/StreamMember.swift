/// The lengths that the DynamoDB Streams model gives its members.
enum StreamMember {
    static let arnLength = 37...1024
    static let shardIDLength = 28...65
    static let sequenceNumberLength = 21...40
    static let iteratorLength = 1...2048
}

/// The kinds of `ShardFilter`.
enum ShardFilterType: String {
    case childShards = "CHILD_SHARDS"
}
