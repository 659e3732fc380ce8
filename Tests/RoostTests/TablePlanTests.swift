import Foundation
import LambdaEvents
import Testing

@testable import Roost

@Suite("A table brought to what the template describes")
struct TablePlanTests {
    private static func json(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    private static func table(
        attributes: [String] = ["pk"], billing: String = #""BillingMode":"PAY_PER_REQUEST""#, more: String = ""
    ) -> String {
        let definitions = attributes.map { #"{"AttributeName":"\#($0)","AttributeType":"S"}"# }
        return #"{"AttributeDefinitions":[\#(definitions.joined(separator: ","))],"#
            + #""KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],\#(billing)\#(more)}"#
    }

    private static let onDemand = #""BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"}"#

    private static func indexes(_ names: (name: String, key: String)...) -> String {
        let indexes = names.map {
            #"{"IndexName":"\#($0.name)","KeySchema":[{"AttributeName":"\#($0.key)","KeyType":"HASH"}],"#
                + #""Projection":{"ProjectionType":"ALL"}}"#
        }
        return #","GlobalSecondaryIndexes":[\#(indexes.joined(separator: ","))]"#
    }

    private static func steps(_ wanted: String, _ found: String) throws -> [TablePlan.Step] {
        try TablePlan(wanted: try json(wanted), found: try json(found)).steps
    }

    @Test("stays as it is when nothing differs")
    func same() throws {
        let more = Self.indexes(("a", "x"))
        #expect(
            try Self.steps(
                Self.table(attributes: ["pk", "x"], more: more),
                Self.table(attributes: ["pk", "x"], billing: Self.onDemand, more: more)
            ).isEmpty)
    }

    @Test("loses the indexes that went, then gets the new ones, one by one")
    func indexes() throws {
        let steps = try Self.steps(
            Self.table(attributes: ["pk", "x", "y"], more: Self.indexes(("a", "y"), ("b", "x"))),
            Self.table(attributes: ["pk", "x"], billing: Self.onDemand, more: Self.indexes(("a", "x"), ("c", "x"))))
        let updates = steps.compactMap { $0["GlobalSecondaryIndexUpdates"]?[0] }
        #expect(updates.compactMap { $0["Delete"]?["IndexName"]?.stringValue } == ["a", "c"])
        #expect(updates.compactMap { $0["Create"]?["IndexName"]?.stringValue } == ["a", "b"])
        #expect(steps.last?["AttributeDefinitions"]?.arrayValue?.count == 3)
    }

    @Test("gets a vector index anew when what makes it has changed")
    func vectorIndexes() throws {
        func indexes(_ names: String..., dimensions: Int = 3, schema: String = "HASH") -> String {
            let indexes = names.map {
                #"{"IndexName":"\#($0)","VectorAttribute":{"AttributeName":"v"},"Dimensions":\#(dimensions),"#
                    + #""DistanceFunction":"COSINE","Projection":{"ProjectionType":"ALL"},"#
                    + #""SearchSchema":[{"AttributeName":"x","SearchSchemaElementType":"\#(schema)"}]}"#
            }
            return #","VectorIndexes":[\#(indexes.joined(separator: ","))]"#
        }
        let found = Self.table(attributes: ["pk", "x"], billing: Self.onDemand, more: indexes("a", "b"))
        for (more, changes) in [
            (indexes("a", "b"), []), (indexes("a"), ["-b"]), (indexes("a", "c", "b"), ["+c"]),
            (indexes("b", "a", dimensions: 4), ["-a", "-b", "+b", "+a"]),
            (indexes("a", schema: "INLINE_FILTER"), ["-a", "-b", "+a"]),
        ] {
            let steps = try Self.steps(Self.table(attributes: ["pk", "x"], more: more), found)
            let told = steps.map { step in
                let update = step["VectorIndexUpdates"]?[0]
                let deleted = update?["Delete"]?["IndexName"]?.stringValue
                return deleted.map { "-\($0)" } ?? "+\(update?["Create"]?["IndexName"]?.stringValue ?? "")"
            }
            #expect(told == changes)
            #expect(steps.allSatisfy { $0["VectorIndexUpdates"]?[0]?["Create"] == nil || $0["AttributeDefinitions"] != nil })
        }
    }

    @Test("names the throughput of the indexes that stay when it becomes provisioned")
    func billing() throws {
        let units = #"{"ReadCapacityUnits":1,"WriteCapacityUnits":2}"#
        let index =
            #","GlobalSecondaryIndexes":[{"IndexName":"a","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"#
            + #""Projection":{"ProjectionType":"ALL"},"ProvisionedThroughput":\#(units)}]"#
        let steps = try Self.steps(
            Self.table(billing: #""BillingMode":"PROVISIONED","ProvisionedThroughput":\#(units)"#, more: index),
            Self.table(billing: Self.onDemand, more: Self.indexes(("a", "pk"))))
        #expect(steps.count == 1)
        #expect(steps.first?["BillingMode"] == "PROVISIONED")
        #expect(steps.first?["GlobalSecondaryIndexUpdates"]?[0]?["Update"]?["ProvisionedThroughput"] == (try Self.json(units)))
    }

    @Test("has its stream turned off before it is turned on with another view")
    func stream() throws {
        let steps = try Self.steps(
            Self.table(more: #","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"}"#),
            Self.table(
                billing: Self.onDemand, more: #","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}"#))
        #expect(steps.map { $0["StreamSpecification"]?["StreamEnabled"] } == [.bool(false), .bool(true)])
    }

    @Test("changes protection, class and encryption in calls of their own, as UpdateTable wants them")
    func settings() throws {
        let more =
            #","DeletionProtectionEnabled":true,"TableClass":"STANDARD_INFREQUENT_ACCESS","SSESpecification":{"Enabled":true}"#
        let steps = try Self.steps(Self.table(more: more), Self.table(billing: Self.onDemand))
        #expect(steps.map { $0.keys.sorted() } == [["DeletionProtectionEnabled"], ["TableClass"], ["SSESpecification"]])
    }

    @Test("cannot have another key")
    func impossible() throws {
        let other = Self.table(attributes: ["id"]).replacingOccurrences(of: #""pk""#, with: #""id""#)
        let error = #expect(throws: TablePlan.Impossible.self) { _ = try Self.steps(Self.table(), other) }
        #expect(error?.part == "key schema")
    }
}
