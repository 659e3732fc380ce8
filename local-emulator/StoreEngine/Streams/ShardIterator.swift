internal import Foundation

/// A place in a shard, as the text that clients carry from call to call. It holds all there is to know, so that nothing is
/// kept of it here, and a restart does not end it.
struct ShardIterator: Sendable {
    /// "Shard iterators expire 15 minutes after you retrieve them" (GetShardIterator, API reference).
    static let lifetimeMilliseconds: Int64 = 15 * 60 * 1000

    var streamARN: String
    /// The records after this number are next; 0 for the oldest there is.
    var after: Int64
    var issuedMilliseconds: Int64

    var text: String {
        let place = Data("\(after),\(issuedMilliseconds)".utf8).base64EncodedString()
        return "\(streamARN)|1|\(place)"
    }

    init(streamARN: String, after: Int64, issuedMilliseconds: Int64) {
        self.streamARN = streamARN
        self.after = after
        self.issuedMilliseconds = issuedMilliseconds
    }

    init(_ text: String) throws(StoreError) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1] == "1", let place = Data(base64Encoded: String(parts[2])) else {
            throw Self.invalid
        }
        let numbers = String(decoding: place, as: UTF8.self).split(separator: ",").map { Int64($0) }
        guard numbers.count == 2, let after = numbers[0], let issued = numbers[1], after >= 0 else { throw Self.invalid }
        self.init(streamARN: String(parts[0]), after: after, issuedMilliseconds: issued)
    }

    private static let invalid = StoreError.validation("Invalid ShardIterator")

    func checkAge(_ nowMilliseconds: Int64) throws(StoreError) {
        guard nowMilliseconds - issuedMilliseconds > Self.lifetimeMilliseconds else { return }
        throw StoreError(
            code: "ExpiredIteratorException",
            message: "The iterator is more than 15 minutes old; get another with GetShardIterator")
    }
}

extension StoreError {
    static let trimmedData = StoreError(
        code: "TrimmedDataAccessException",
        message: "The operation attempted to read past the oldest stream record in a shard")
}
