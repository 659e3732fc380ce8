/// What a table has beside its keys and indexes. None of it changes what an item operation does here: it is kept, checked
/// and told as the service does.
package struct Tag: Sendable, Codable, Hashable {
    package var key: String
    package var value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

package enum TableClass: String, Sendable, Codable, CaseIterable {
    case standard = "STANDARD"
    case standardInfrequentAccess = "STANDARD_INFREQUENT_ACCESS"
}

package enum SSEType: String, Sendable, Codable, CaseIterable {
    case aes256 = "AES256"
    case kms = "KMS"
}

package struct SSESpecification: Sendable, Codable, Hashable {
    package var enabled: Bool?
    package var sseType: SSEType?
    package var kmsMasterKeyId: String?

    package init(enabled: Bool? = nil, sseType: SSEType? = nil, kmsMasterKeyId: String? = nil) {
        self.enabled = enabled
        self.sseType = sseType
        self.kmsMasterKeyId = kmsMasterKeyId
    }
}

/// The most request units a second that an on-demand table or index may use; -1 takes a bound away.
package struct OnDemandThroughput: Sendable, Codable, Hashable {
    package var maxReadRequestUnits: Int?
    package var maxWriteRequestUnits: Int?

    package init(maxReadRequestUnits: Int? = nil, maxWriteRequestUnits: Int? = nil) {
        self.maxReadRequestUnits = maxReadRequestUnits
        self.maxWriteRequestUnits = maxWriteRequestUnits
    }
}

/// The units a second that a table or index can take at once.
package struct WarmThroughput: Sendable, Codable, Hashable {
    package var readUnitsPerSecond: Int?
    package var writeUnitsPerSecond: Int?

    package init(readUnitsPerSecond: Int? = nil, writeUnitsPerSecond: Int? = nil) {
        self.readUnitsPerSecond = readUnitsPerSecond
        self.writeUnitsPerSecond = writeUnitsPerSecond
    }
}
