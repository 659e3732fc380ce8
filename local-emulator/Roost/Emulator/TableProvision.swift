import DeploymentTemplate
import DynamoDBEndpoint
import Foundation
import LambdaEvents
import StoreEngine

/// Makes one of the template's tables, or brings the one that is there to what the template describes, by the calls that a
/// deployment would make. What no call can change is told, and ends the start.
struct TableProvision {
    var table: Deployment.Table
    var dynamoDB: DynamoDBEndpoint
    var store: StoreEngine

    /// How long an index of a large table may take to be filled.
    private static let longestBackfill = Duration.seconds(600)

    func ensure() async throws {
        let created = await call("CreateTable", table.createTableRequest)
        switch created.status {
        case 200: break
        case 400 where created.body.contains("ResourceInUseException"): try await update()
        default: throw Failure("table \(table.name) was not made: \(created.body)")
        }
        try await setTimeToLive()
        try await setPointInTimeRecovery()
        try await setContributorInsights()
        try await setResourcePolicy()
    }

    private func update() async throws {
        let wanted = try JSONDecoder().decode(JSONValue.self, from: Data(table.createTableRequest.utf8))
        let plan: TablePlan
        do {
            plan = try TablePlan(wanted: wanted, found: try await description())
        } catch let impossible as TablePlan.Impossible {
            throw Failure(
                "table \(table.name) in the data directory has another \(impossible.part) than \(table.logicalID) in the template, which cannot be changed in a table that is there: choose another --data-dir, or give the table another name"
            )
        }
        for var step in plan.steps {
            step["TableName"] = .string(table.name)
            let answer = await call("UpdateTable", try text(step))
            guard answer.status == 200 else {
                throw Failure("table \(table.name) was not changed to what the template describes: \(answer.body)")
            }
            try await waitForIndexes()
        }
        try await tag(wanted["Tags"])
    }

    private func waitForIndexes() async throws {
        let end = ContinuousClock.now + Self.longestBackfill
        while true {
            let found = try await description()
            let indexes = ["GlobalSecondaryIndexes", "VectorIndexes"].flatMap { found[$0]?.arrayValue ?? [] }
            guard indexes.contains(where: { $0["IndexStatus"]?.stringValue != "ACTIVE" }) else { return }
            guard ContinuousClock.now < end else {
                throw Failure("an index of table \(table.name) was not filled in \(Self.longestBackfill)")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Adds the template's tags, and leaves others where they are.
    private func tag(_ tags: JSONValue?) async throws {
        guard let tags = tags?.arrayValue, !tags.isEmpty, let arn = try await description()["TableArn"] else { return }
        try await set("TagResource", ["ResourceArn": arn, "Tags": .array(tags)])
    }

    /// At once, where UpdateTimeToLive wants an hour between two changes: whoever works on a template changes it more often.
    private func setTimeToLive() async throws {
        let present = try store.describeTimeToLive(DescribeTimeToLiveInput(tableName: table.name)).attributeName
        guard present != table.timeToLiveAttribute else { return }
        for (attribute, enabled) in [(present, false), (table.timeToLiveAttribute, true)] {
            guard let attribute else { continue }
            let specification = TimeToLiveSpecification(attributeName: attribute, enabled: enabled)
            var input = UpdateTimeToLiveInput(tableName: table.name, timeToLiveSpecification: specification)
            input.waitsBetweenChanges = false
            do {
                _ = try await store.updateTimeToLive(input)
            } catch {
                throw Failure("time to live of table \(table.name) was not set: \(error.message)")
            }
        }
    }

    private func setPointInTimeRecovery() async throws {
        let name = JSONValue.string(table.name)
        let present = try await ask("DescribeContinuousBackups", ["TableName": name])["ContinuousBackupsDescription"]?[
            "PointInTimeRecoveryDescription"]
        let wanted = table.upkeep.pointInTimeRecovery
        let isEnabled = present?["PointInTimeRecoveryStatus"]?.stringValue == "ENABLED"
        // Without a period the one that is there stays, as in the service.
        let hasPeriod = wanted?.periodDays.map { $0 == present?["RecoveryPeriodInDays"]?.intValue } ?? true
        guard isEnabled != (wanted != nil) || !hasPeriod else { return }
        var specification = ["PointInTimeRecoveryEnabled": JSONValue.bool(wanted != nil)]
        if let days = wanted?.periodDays { specification["RecoveryPeriodInDays"] = .integer(Int64(days)) }
        try await set(
            "UpdateContinuousBackups", ["TableName": name, "PointInTimeRecoverySpecification": .object(specification)])
    }

    private func setContributorInsights() async throws {
        let name = JSONValue.string(table.name)
        let listed = try await ask("ListContributorInsights", ["TableName": name])["ContributorInsightsSummaries"]?.arrayValue
        let present = (listed ?? []).filter { $0["ContributorInsightsStatus"]?.stringValue == "ENABLED" }
        let wanted = table.upkeep.contributorInsights
        for index in Set(wanted.keys).union(present.map { $0["IndexName"]?.stringValue ?? "" }).sorted() {
            let insights = present.first { ($0["IndexName"]?.stringValue ?? "") == index }
            let mode = wanted[index]?.mode
            guard
                (wanted[index] != nil) != (insights != nil)
                    || (mode != nil && mode != insights?["ContributorInsightsMode"]?.stringValue)
            else { continue }
            var parameters: [String: JSONValue] = [
                "TableName": name, "ContributorInsightsAction": .string(wanted[index] == nil ? "DISABLE" : "ENABLE"),
            ]
            if !index.isEmpty { parameters["IndexName"] = .string(index) }
            parameters["ContributorInsightsMode"] = mode.map(JSONValue.string)
            try await set("UpdateContributorInsights", parameters)
        }
    }

    /// A policy that is there already is put again, which changes nothing.
    private func setResourcePolicy() async throws {
        guard let arn = try await description()["TableArn"] else { return }
        if let policy = table.upkeep.resourcePolicy {
            try await set("PutResourcePolicy", ["ResourceArn": arn, "Policy": .string(policy)])
        } else {
            try await set("DeleteResourcePolicy", ["ResourceArn": arn])
        }
    }

    private func description() async throws -> JSONValue {
        try await ask("DescribeTable", ["TableName": .string(table.name)])["Table"] ?? .null
    }

    private func ask(_ operation: String, _ parameters: [String: JSONValue]) async throws -> JSONValue {
        let answer = await call(operation, try text(parameters))
        return try JSONDecoder().decode(JSONValue.self, from: Data(answer.body.utf8))
    }

    private func set(_ operation: String, _ parameters: [String: JSONValue]) async throws {
        let answer = await call(operation, try text(parameters))
        guard answer.status == 200 else {
            throw Failure("\(operation) of table \(table.name), as the template describes it: \(answer.body)")
        }
    }

    private func text(_ parameters: [String: JSONValue]) throws -> String {
        String(decoding: try JSONEncoder().encode(JSONValue.object(parameters)), as: UTF8.self)
    }

    private func call(_ operation: String, _ body: String) async -> (status: Int, body: String) {
        await withCheckedContinuation { continuation in
            dynamoDB.handle(target: "DynamoDB_20120810.\(operation)", body: Array(body.utf8)) { reply in
                continuation.resume(returning: (reply.status, String(decoding: reply.body, as: UTF8.self)))
            }
        }
    }
}
