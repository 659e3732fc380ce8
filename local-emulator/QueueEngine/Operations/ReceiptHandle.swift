internal import Foundation

/// What a receive hands out to delete the message by: its row, and a nonce that a later receive replaces.
struct ReceiptHandle {
    var queue: String
    var row: Int64
    var nonce: String

    init(queue: String, row: Int64, nonce: String) {
        self.queue = queue
        self.row = row
        self.nonce = nonce
    }

    /// - Throws: `ReceiptHandleIsInvalid` for what no receive of this queue has handed out.
    init(_ text: String, of queue: String) throws(QueueError) {
        guard let data = Data(base64Encoded: text) else { throw .receiptHandleIsInvalid(text) }
        let parts = String(decoding: data, as: UTF8.self).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == queue, let row = Int64(parts[1]) else { throw .receiptHandleIsInvalid(text) }
        self.init(queue: queue, row: row, nonce: String(parts[2]))
    }

    var text: String { Data("\(queue)/\(row)/\(nonce)".utf8).base64EncodedString() }
}
