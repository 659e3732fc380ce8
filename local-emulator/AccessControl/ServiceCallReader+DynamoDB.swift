internal import PartiQL

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
        case "ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction":
            return Set(body.statements.compactMap(statement)).sorted()
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

    /// "IAM security policies with PartiQL for DynamoDB", Developer Guide: each kind of statement has an action of its own.
    /// What is no statement needs nothing, since the service refuses it.
    private func statement(_ text: String) -> ServiceCall? {
        guard let statement = try? Statement.parse(text) else { return nil }
        return switch statement {
        case .select(let select), .exists(let select):
            call("PartiQLSelect", table: select.from.table, index: select.from.index)
        case .insert(let insert): call("PartiQLInsert", table: insert.table.table)
        case .update(let update): call("PartiQLUpdate", table: update.table.table)
        case .delete(let delete): call("PartiQLDelete", table: delete.table.table)
        }
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
