internal import StoreEngine

/// The records that were read from a shard and are not done with, in order, and what becomes of them when the function fails.
///
/// A batch is one segment at first; bisecting splits it. Only the first segment is in work.
struct StreamBatch {
    struct Segment {
        var records: [StreamRecord]
        /// How often it failed; splitting does not count (AWS Lambda Developer Guide, "Configuring error handling controls":
        /// "Splitting a batch doesn't count towards the retry quota").
        var failures = 0
        /// For the wait before the next try: counts splits too.
        var tries = 0
    }

    /// What to do after a failure.
    struct Next {
        /// The last record that is done with, if there is a new one.
        var checkpoint: String?
        /// What is given up.
        var discarded: Segment?
        /// How often it failed in a row, for the wait before the next try; 0 goes on at once.
        var tries = 0
    }

    /// The shard that all of the records come from.
    let shardID: String
    private(set) var segments: [Segment]
    /// -1: until the records expire.
    let maximumRetryAttempts: Int
    let bisects: Bool

    init(_ records: [StreamRecord], shardID: String, maximumRetryAttempts: Int, bisects: Bool) {
        self.shardID = shardID
        segments = records.isEmpty ? [] : [Segment(records: records)]
        self.maximumRetryAttempts = maximumRetryAttempts
        self.bisects = bisects
    }

    var current: Segment? { segments.first }

    /// The function has dealt with the current segment.
    ///
    /// - Returns: its last sequence number.
    mutating func succeed() -> String? {
        segments.isEmpty ? nil : segments.removeFirst().records.last?.sequenceNumber
    }

    /// The function failed on the current segment, from the record at `index` on: what is before it is done with.
    mutating func fail(from index: Int = 0) -> Next {
        guard !segments.isEmpty else { return Next() }
        var segment = segments.removeFirst()
        var next = Next()
        if index > 0 {
            next.checkpoint = segment.records[index - 1].sequenceNumber
            // What comes now failed for the first time.
            segment = Segment(records: Array(segment.records[index...]))
        }
        segment.tries += 1
        next.tries = segment.tries
        if bisects, index == 0, segment.records.count > 1 {
            split(segment)
            return next
        }
        segment.failures += 1
        if maximumRetryAttempts >= 0, segment.failures > maximumRetryAttempts {
            next.discarded = segment
            next.tries = 0
        } else {
            segments.insert(segment, at: 0)
        }
        return next
    }

    private mutating func split(_ segment: Segment) {
        let middle = segment.records.count / 2
        let halves = [segment.records[..<middle], segment.records[middle...]].map { records in
            Segment(records: Array(records), failures: segment.failures, tries: segment.tries)
        }
        segments.insert(contentsOf: halves, at: 0)
    }
}
