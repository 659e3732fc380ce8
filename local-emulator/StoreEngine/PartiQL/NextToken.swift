#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import LambdaEvents

/// Where the next page of a SELECT begins. It is bound to the statement and its parameters, as the service's is, and not to
/// Limit or ConsistentRead.
struct NextToken: Sendable {
    /// Which of the statement's reads goes on.
    var read: Int
    /// The last row that was read; nil where the read has not begun.
    var startKey: AttributeMap?

    func text(for digest: Int64) -> String {
        let head = "\(digest) \(read) "
        let bytes = Array(head.utf8) + (startKey.map(AttributeJSONWriter.item) ?? [])
        return Data(bytes).base64EncodedString()
    }

    init(read: Int, startKey: AttributeMap? = nil) {
        self.read = read
        self.startKey = startKey
    }

    init(_ text: String, for digest: Int64) throws(StoreError) {
        let invalid = StoreError.validation("Invalid NextToken")
        guard let data = Data(base64Encoded: text) else { throw invalid }
        let parts = data.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let tokenDigest = Int64(String(decoding: parts[0], as: UTF8.self)),
            let read = Int(String(decoding: parts[1], as: UTF8.self)), read >= 0
        else { throw invalid }
        guard tokenDigest == digest else { throw .validation("NextToken does not match request") }
        self.read = read
        guard !parts[2].isEmpty else { return }
        do throws(StoreError) { startKey = try AttributeJSONReader.item(Array(parts[2])) } catch { throw invalid }
    }
}

/// Stands for what statements say, the same in every process: FNV-1a over their texts and parameters.
struct StatementDigest {
    private var hash: UInt64 = 14_695_981_039_346_656_037

    var value: Int64 { Int64(bitPattern: hash) }

    mutating func add(_ statement: String, _ parameters: [AttributeValue]) {
        add(Array(statement.utf8))
        add(AttributeJSONWriter.item(["": .list(parameters)]))
    }

    private mutating func add(_ bytes: [UInt8]) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        hash = (hash ^ 0xff) &* 1_099_511_628_211
    }
}
