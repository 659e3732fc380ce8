internal import DynamoDBExpressions
internal import LambdaEvents

/// An `ExclusiveStartKey` and the checks that the service makes of it, in parts, because it makes others in between.
struct StartKey: Sendable {
    /// Normalized.
    let values: AttributeMap

    /// - Parameter wording: of a broken value's message, which Scan has in its older form. Query tells what is wrong with a
    ///   value without the words about the key, but for two kinds of empty sets.
    init?(_ given: AttributeMap?, wording: ValueWording = .current) throws(StoreError) {
        guard let given else { return nil }
        do throws(StoreError) {
            values = try RequestExpressions.normalized(given, wording: wording)
        } catch {
            let isBare = wording == .current && !Self.prefixed.contains(error.message)
            throw .validation(isBare ? error.message : "\(Self.prefix)\(error.message)")
        }
    }

    private static let prefixed = [
        AttributeValueValidation.emptyStringSet.message, AttributeValueValidation.emptyBinarySet.message,
    ]
    private static let prefix = "The provided starting key is invalid: "
    static let invalid = StoreError.validation("The provided starting key is invalid")

    /// As many attributes as the keys of the source and of the table have together.
    func hasNumber(of source: ItemSource) -> Bool { values.count == source.startKeyAttributes.count }

    /// One attribute of the key that is read by.
    func check(_ attribute: KeyAttributes.Attribute) throws(StoreError) {
        guard let value = values[attribute.name] else { throw Self.invalid }
        guard value.descriptor.rawValue == attribute.type.rawValue else { throw Table.keyDoesNotMatch }
    }

    /// The row that it stands for, when the parts of the key that is read by are right.
    func position(in source: ItemSource) throws(StoreError) -> StartPosition {
        var tableKey: AttributeMap = [:]
        for attribute in source.table.key.all { tableKey[attribute.name] = values[attribute.name] }
        do throws(StoreError) {
            _ = try source.table.itemKey(tableKey)
        } catch {
            throw .validation("\(Self.prefix)\(error.message)")
        }
        guard let key = try source.key.encode(values), let inIndexes = try source.table.key.encodeForIndexes(values) else {
            throw Self.invalid
        }
        return StartPosition(key: key, tableKey: source.index == nil ? nil : inIndexes)
    }
}

/// The row after which a page starts, as bytes: the source's key, and with an index the table's.
struct StartPosition: Sendable {
    var key: ItemKey
    /// As the index's rows have it; nil when the source is the table.
    var tableKey: ItemKey?

    /// The values of the source's `positionColumns`.
    var withinPartition: [[UInt8]] { [key.range] + (tableKey.map { [$0.hash, $0.range] } ?? []) }
}
