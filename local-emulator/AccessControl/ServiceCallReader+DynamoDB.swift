/// Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon DynamoDB", and Amazon
/// DynamoDB Developer Guide, "Amazon DynamoDB Transactions: How it works", "IAM": a transaction needs the permissions of
/// the actions in it, and has none of its own.
extension ServiceCallReader {
    func dynamoDB(_ operation: String, _ body: CallFields) -> [ServiceCall] {
        switch operation {
        case "ListTables", "DescribeLimits", "DescribeEndpoints":
            return [ServiceCall("dynamodb:\(operation)", on: "*")]
        case "BatchGetItem", "BatchWriteItem":
            return body.batchTables.map { call(operation, table: $0) }
        case "TransactGetItems":
            return transaction(body, ["Get": "GetItem"])
        case "TransactWriteItems":
            return transaction(
                body, ["Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"])
        case "TagResource", "UntagResource", "ListTagsOfResource":
            return [ServiceCall("dynamodb:\(operation)", on: body.resourceArn ?? "*")]
        default:
            return body.tableName.map { [call(operation, table: $0, index: body.indexName)] } ?? []
        }
    }

    func streams(_ operation: String, _ body: CallFields) -> [ServiceCall] {
        switch operation {
        case "ListStreams": [ServiceCall("dynamodb:ListStreams", on: "*")]
        case "GetRecords":
            // An iterator carries its stream's ARN in front, as the emulator makes them and the service does.
            [ServiceCall("dynamodb:GetRecords", on: body.shardIterator?.streamARN ?? "*")]
        default: body.streamArn.map { [ServiceCall("dynamodb:\(operation)", on: $0)] } ?? []
        }
    }

    private func transaction(_ body: CallFields, _ actions: [String: String]) -> [ServiceCall] {
        let calls = body.transaction.compactMap { item in
            actions[item.action].map { call($0, table: item.table) }
        }
        return Set(calls).sorted()
    }

    /// - Parameter table: its name or its ARN.
    private func call(_ operation: String, table: String, index: String? = nil) -> ServiceCall {
        let table = table.hasPrefix("arn:") ? table : arn("dynamodb", "table/\(table)")
        return ServiceCall("dynamodb:\(operation)", on: index.map { "\(table)/index/\($0)" } ?? table)
    }
}

extension String {
    fileprivate var streamARN: String? {
        hasPrefix("arn:") ? String(prefix { $0 != "|" }) : nil
    }
}
