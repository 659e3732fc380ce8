import DeploymentTemplate
import DynamoDBEndpoint
import EmulatorClock
import Foundation
import StoreEngine
import Testing

@testable import Roost

@Suite("The template's tables in the store")
struct TableProvisionTests {
    private let store: StoreEngine
    private let endpoint: DynamoDBEndpoint

    init() throws {
        store = try StoreEngine(location: .inMemory, clock: ManualClock())
        endpoint = DynamoDBEndpoint(store: store)
    }

    private func ensure(_ upkeep: Deployment.Table.Upkeep) async throws {
        let request = """
            {"TableName":"items","BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
            "GlobalSecondaryIndexes":[{"IndexName":"other","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
            "Projection":{"ProjectionType":"ALL"}}]}
            """
        let table = Deployment.Table(logicalID: "Items", name: "items", createTableRequest: request, upkeep: upkeep)
        try await TableProvision(table: table, dynamoDB: endpoint, store: store).ensure()
    }

    private func insights() throws -> [String: ContributorInsightsMode?] {
        let enabled = try store.listContributorInsights("items").filter { $0.status == .enabled }
        return Dictionary(uniqueKeysWithValues: enabled.map { ($0.indexName ?? "", $0.mode) })
    }

    private func policy() -> String? {
        try? store.getResourcePolicy("arn:aws:dynamodb:us-east-1:000000000000:table/items").policy
    }

    @Test("recovery, insights and the policy follow the template, on, changed and off")
    func upkeep() async throws {
        try await ensure(Deployment.Table.Upkeep())
        #expect(try store.describeContinuousBackups("items").pointInTimeRecovery == nil)
        #expect(try insights().isEmpty && policy() == nil)

        let allow = #"{"Statement":[{"Action":"dynamodb:*","Effect":"Allow","Principal":"*","Resource":"*"}]}"#
        var upkeep = Deployment.Table.Upkeep(pointInTimeRecovery: .init(), resourcePolicy: allow)
        upkeep.contributorInsights = ["": .init(), "other": .init(mode: "THROTTLED_KEYS")]
        try await ensure(upkeep)
        #expect(try store.describeContinuousBackups("items").pointInTimeRecovery?.recoveryPeriodInDays == 35)
        #expect(try insights() == ["": .accessedAndThrottledKeys, "other": .throttledKeys])
        #expect(policy() == allow)

        upkeep.pointInTimeRecovery?.periodDays = 3
        upkeep.contributorInsights = ["": .init(mode: "THROTTLED_KEYS")]
        for _ in 1...2 {
            try await ensure(upkeep)
            #expect(try store.describeContinuousBackups("items").pointInTimeRecovery?.recoveryPeriodInDays == 3)
            #expect(try insights() == ["": .throttledKeys])
        }

        try await ensure(Deployment.Table.Upkeep())
        #expect(try store.describeContinuousBackups("items").pointInTimeRecovery == nil)
        #expect(try insights().isEmpty && policy() == nil)
    }

    @Test("vector indexes follow the template in a table that is there, and are made when the start goes on")
    func vectorIndexes() async throws {
        func ensure(_ dimensions: Int?) async throws -> [VectorIndex] {
            let index = dimensions.map {
                #","VectorIndexes":[{"IndexName":"vix","VectorAttribute":{"AttributeName":"v"},"Dimensions":\#($0),"#
                    + #""DistanceFunction":"COSINE","Projection":{"ProjectionType":"ALL"}}]"#
            }
            let request = """
                {"TableName":"items","BillingMode":"PAY_PER_REQUEST",
                "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]\(index ?? "")}
                """
            let table = Deployment.Table(logicalID: "Items", name: "items", createTableRequest: request)
            try await TableProvision(table: table, dynamoDB: endpoint, store: store).ensure()
            let described = try store.describeTable(DescribeTableInput(tableName: "items")).table
            #expect(described.tableStatus == .active)
            #expect(described.vectorIndexes?.allSatisfy { $0.indexStatus == .active } ?? true)
            return described.vectorIndexes?.map(\.index) ?? []
        }
        for dimensions in [nil, 2, 3, 3, nil] {
            #expect(try await ensure(dimensions).map(\.dimensions) == (dimensions.map { [$0] } ?? []))
        }
    }

    @Test("a policy that the store refuses ends the start, with the reason")
    func refused() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await ensure(Deployment.Table.Upkeep(resourcePolicy: #"{"Statement":[]}"#))
        }
        #expect(failure?.description.contains("Invalid policy document") == true)
    }
}
