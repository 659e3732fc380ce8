import DeploymentTemplate
import DynamoDBEndpoint
import Foundation
import LambdaEvents

/// Makes one of the template's tables, or checks that the one that is there is the one that the template describes.
struct TableProvision {
    var table: Deployment.Table
    var dynamoDB: DynamoDBEndpoint

    func ensure() async throws {
        let created = await call("CreateTable", table.createTableRequest)
        switch created.status {
        case 200: break
        case 400 where created.body.contains("ResourceInUseException"): try await check()
        default: throw Failure("table \(table.name) was not made: \(created.body)")
        }
        guard let attribute = table.timeToLiveAttribute else { return }
        let specification = "{\"AttributeName\":\"\(attribute)\",\"Enabled\":true}"
        let answer = await call(
            "UpdateTimeToLive", "{\"TableName\":\"\(table.name)\",\"TimeToLiveSpecification\":\(specification)}")
        // Enabling what is enabled is refused as DynamoDB does; the attribute is then the one that was set first.
        guard answer.status == 200 || answer.body.contains("TimeToLive is already enabled") else {
            throw Failure("time to live of table \(table.name) was not set: \(answer.body)")
        }
    }

    private func check() async throws {
        let answer = await call("DescribeTable", "{\"TableName\":\"\(table.name)\"}")
        let description = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body.utf8))["Table"] ?? .null
        let wanted = try JSONDecoder().decode(JSONValue.self, from: Data(table.createTableRequest.utf8))
        for (part, same) in [
            ("key schema", Self.keys(description) == Self.keys(wanted)),
            ("indexes", Self.indexes(description) == Self.indexes(wanted)),
            (
                "stream",
                description["StreamSpecification"]?["StreamViewType"] == wanted["StreamSpecification"]?["StreamViewType"]
            ),
        ] where !same {
            throw Failure(
                "table \(table.name) in the data directory has another \(part) than \(table.logicalID) in the template; changing a table that is there is not built yet: choose another --data-dir, or give the table another name"
            )
        }
    }

    private static func keys(_ value: JSONValue) -> Set<String> {
        Set(
            (value["KeySchema"]?.arrayValue ?? []).map {
                "\($0["KeyType"]?.stringValue ?? "") \($0["AttributeName"]?.stringValue ?? "")"
            })
    }

    private static func indexes(_ value: JSONValue) -> [String: Set<String>] {
        Dictionary((value["GlobalSecondaryIndexes"]?.arrayValue ?? []).map { ($0["IndexName"]?.stringValue ?? "", keys($0)) }) {
            first, _ in first
        }
    }

    private func call(_ operation: String, _ body: String) async -> (status: Int, body: String) {
        await withCheckedContinuation { continuation in
            dynamoDB.handle(target: "DynamoDB_20120810.\(operation)", body: Data(body.utf8)) { reply in
                continuation.resume(returning: (reply.status, String(decoding: reply.body, as: UTF8.self)))
            }
        }
    }
}
