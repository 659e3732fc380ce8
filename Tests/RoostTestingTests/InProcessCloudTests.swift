import AWSClients
import Foundation
import LambdaEvents
import RoostTesting
import Testing

@Suite("The in-process cloud")
struct InProcessCloudTests {
    private func cloudWithTable() async throws -> InProcessCloud {
        let cloud = try InProcessCloud()
        try await cloud.dynamoDB.createTable(
            .init(
                tableName: "people",
                attributeDefinitions: [
                    .init(attributeName: "pk", attributeType: .string), .init(attributeName: "sk", attributeType: .string),
                ],
                keySchema: [.init(attributeName: "pk", keyType: .hash), .init(attributeName: "sk", keyType: .range)]))
        return cloud
    }

    @Test("a client writes and reads items with the service's semantics")
    func items() async throws {
        let cloud = try await cloudWithTable()
        let key: DynamoDB.Item = ["pk": .string("org"), "sk": .string("1")]
        try await cloud.dynamoDB.putItem(.init(tableName: "people", item: key.merging(["n": .number("1.0")]) { $1 }))
        let updated = try await cloud.dynamoDB.updateItem(
            .init(
                tableName: "people", key: key, updateExpression: "ADD n :one",
                expressionAttributeValues: [":one": .number("1")], returnValues: .updatedNew))
        #expect(updated.attributes == ["n": .number("2")])
        let page = try await cloud.dynamoDB.query(
            .init(
                tableName: "people", keyConditionExpression: "pk = :p AND begins_with(sk, :s)",
                expressionAttributeValues: [":p": .string("org"), ":s": .string("1")]))
        #expect(page.items == [key.merging(["n": .number("2")]) { $1 }])
    }

    @Test("a refusal arrives as the client's typed error, with the item that failed the condition")
    func refusal() async throws {
        let cloud = try await cloudWithTable()
        let item: DynamoDB.Item = ["pk": .string("a"), "sk": .string("b"), "name": .string("first")]
        try await cloud.dynamoDB.putItem(.init(tableName: "people", item: item))
        let error = try await #require(throws: AWSServiceError.self) {
            try await cloud.dynamoDB.putItem(
                .init(
                    tableName: "people", item: ["pk": .string("a"), "sk": .string("b")],
                    conditionExpression: "attribute_not_exists(pk)", returnValuesOnConditionCheckFailure: .allOld))
        }
        #expect(error.code == "ConditionalCheckFailedException")
        #expect(error.message == "The conditional request failed")
        #expect(error.item == item)
    }

    @Test("a cancelled transaction tells which of its actions was to blame")
    func transaction() async throws {
        let cloud = try await cloudWithTable()
        let key: DynamoDB.Item = ["pk": .string("a"), "sk": .string("b")]
        try await cloud.dynamoDB.putItem(.init(tableName: "people", item: key))
        let error = try await #require(throws: AWSServiceError.self) {
            try await cloud.dynamoDB.transactWriteItems(
                .init(transactItems: [
                    .put(.init(tableName: "people", item: ["pk": .string("new"), "sk": .string("x")])),
                    .put(.init(tableName: "people", item: key, conditionExpression: "attribute_not_exists(pk)")),
                ]))
        }
        #expect(error.failedConditions == [1])
        let left = try await cloud.dynamoDB.getItem(.init(tableName: "people", key: ["pk": .string("new"), "sk": .string("x")]))
        #expect(left.item == nil)
    }

    @Test("two clouds do not see each other's tables")
    func separate() async throws {
        let first = try await cloudWithTable()
        let second = try InProcessCloud()
        #expect(try await first.dynamoDB.listTables(.init()).tableNames == ["people"])
        #expect(try await second.dynamoDB.listTables(.init()).tableNames == [])
    }

    @Test("time stands still until a test moves it")
    func time() throws {
        let cloud = try InProcessCloud(start: Date(timeIntervalSince1970: 1_000))
        cloud.advanceTime(bySeconds: 90)
        #expect(cloud.now == Date(timeIntervalSince1970: 1_090))
    }
}
