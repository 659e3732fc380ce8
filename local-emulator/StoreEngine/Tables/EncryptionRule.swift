/// Encryption at rest is told as it was asked for; what lies in the data directory is as the machine keeps its files.
extension SSESpecification {
    func check() throws(StoreError) {
        if sseType == .aes256 {
            throw KeySchemaRule.invalid("SSEType AES256 is not supported")
        }
        guard enabled == false else {
            if kmsMasterKeyId != nil, sseType == nil {
                throw KeySchemaRule.invalid("SSEType KMS is required if KMSMasterKeyId is specified")
            }
            return
        }
        if kmsMasterKeyId != nil {
            throw KeySchemaRule.invalid("KMSMasterKeyId can not be specified if Enabled is false")
        }
        if sseType != nil {
            throw KeySchemaRule.invalid("SSEType can not be specified if Enabled is false")
        }
    }

    /// Whether the table has a key of the account's. Without `Enabled` the service goes by the type, as measured in October 2026:
    /// `{}` is the encryption that every table has, `{"SSEType": "KMS"}` the account's managed key.
    var hasKey: Bool { enabled ?? (sseType != nil) }

    /// The key as the service tells it: an ARN. Without a key of one's own it is the account's managed key for DynamoDB,
    /// here always the same one.
    func keyARN(region: String, accountID: String) -> String {
        let key = kmsMasterKeyId ?? "alias/aws/dynamodb"
        if key.hasPrefix("arn:") { return key }
        let account = "arn:aws:kms:\(region):\(accountID)"
        if key == "alias/aws/dynamodb" { return "\(account):key/5e0f8f3a-2b4e-4c7e-9d57-64796e616d6f" }
        return key.hasPrefix("alias/") ? "\(account):\(key)" : "\(account):key/\(key)"
    }
}
