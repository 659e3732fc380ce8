internal import DynamoDBExpressions
internal import LambdaEvents
internal import RoostSQLite

extension WriteTransaction {
    private static let insert = """
        INSERT INTO stream_records
        (stream, sequence, created_ms, event, keys, keys_size, new_image, new_size, old_image, old_size, by_ttl)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """

    /// Writes the record of a change into the table's stream, if it has one, in the transaction of the change.
    func appendStreamRecord(_ current: CurrentItem, _ new: NewItem?, in table: Table, by identity: StreamIdentity?) throws {
        guard let stream = table.stream else { return }
        let old = current.document
        let event: StreamEventName = old == nil ? .insert : new == nil ? .remove : .modify
        let names = table.key.all.map(\.name)
        let keys = (try new?.attributes ?? current.attributes()).filter { names.contains($0.key) }
        let newImage = stream.viewType.keepsNewImage ? new?.document : nil
        let oldImage = stream.viewType.keepsOldImage ? old : nil
        try database.run(
            Self.insert, .integer(stream.id), .integer(sequences.next(in: stream.id)), .integer(nowMilliseconds),
            .text(event.rawValue), .blob(AttributeJSONWriter.item(keys)), .integer(ItemSize.bytes(of: keys)),
            newImage.map { .blob($0.json) } ?? .null, .integer(newImage?.size ?? 0),
            oldImage.map { .blob($0.json) } ?? .null, .integer(oldImage?.size ?? 0), .flag(identity == .timeToLive))
        noteStreamRecord(of: table)
    }
}

extension StreamViewType {
    var keepsNewImage: Bool { self == .newImage || self == .newAndOldImages }
    var keepsOldImage: Bool { self == .oldImage || self == .newAndOldImages }
}
