internal import Foundation

/// A place in a shard, as the text that clients carry from call to call. It holds all there is to know, so that nothing is
/// kept of it here, and a restart does not end it.
struct ShardIterator: Sendable {
    /// "Shard iterators expire 15 minutes after you retrieve them" (GetShardIterator, API reference).
    static let lifetimeMilliseconds: Int64 = 15 * 60 * 1000

    enum Place: Sendable, Equatable {
        /// The oldest record that is there when the iterator is used.
        case oldest
        /// What comes after a sequence number.
        case after(Int64)
    }

    var streamARN: String
    /// The number with which the shard begins; it names the shard.
    var shard: Int64
    var place: Place
    var issuedMilliseconds: Int64

    var text: String {
        let after = if case .after(let number) = place { number } else { Int64(-1) }
        return "\(streamARN)|1|" + Data("\(shard),\(after),\(issuedMilliseconds)".utf8).base64EncodedString()
    }

    init(streamARN: String, shard: Int64, place: Place, issuedMilliseconds: Int64) {
        self.streamARN = streamARN
        self.shard = shard
        self.place = place
        self.issuedMilliseconds = issuedMilliseconds
    }

    init(_ text: String) throws(StoreError) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1] == "1", let data = Data(base64Encoded: String(parts[2])) else { throw Self.invalid }
        let numbers = String(decoding: data, as: UTF8.self).split(separator: ",").map { Int64($0) }
        guard numbers.count == 3, let shard = numbers[0], let after = numbers[1], let issued = numbers[2], after >= -1 else {
            throw Self.invalid
        }
        self.init(
            streamARN: String(parts[0]), shard: shard, place: after < 0 ? .oldest : .after(after), issuedMilliseconds: issued)
    }

    private static let invalid = StoreError.validation("Invalid ShardIterator")

    func checkAge(_ nowMilliseconds: Int64) throws(StoreError) {
        // Written so that no forged time can overflow.
        guard issuedMilliseconds < nowMilliseconds - Self.lifetimeMilliseconds else { return }
        throw StoreError(
            code: "ExpiredIteratorException",
            message: "The shard iterator has expired and can no longer be used to retrieve stream records. A shard iterator "
                + "expires 15 minutes after it is retrieved using the GetShardIterator action.")
    }
}

extension StoreError {
    static let trimmedData = StoreError(
        code: "TrimmedDataAccessException", message: "The data you are trying to access has been trimmed.")
}
