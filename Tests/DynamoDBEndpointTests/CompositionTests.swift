import Foundation
import Testing

/// "é" is one code point or two: Swift takes both for one text, DynamoDB for two.
@Suite("Names and values that differ in how Unicode composes their letters")
struct CompositionTests {
    private static let one = "\u{E9}"
    private static let two = "e\u{301}"
    private static let nameOne = ##","ExpressionAttributeNames":{"#o":"\##(one)"}"##
    private static let names = ##","ExpressionAttributeNames":{"#o":"\##(one)","#t":"\##(two)"}"##

    /// With an item `a` that has an attribute under each name, and a map with both.
    private func fixture() async throws -> EndpointFixture {
        let fixture = try await EndpointFixture.withTable(stream: true)
        let item = #""\#(Self.one)":{"S":"1"},"\#(Self.two)":{"S":"2"}"#
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"},\#(item),"m":{"M":{\#(item)}}}}"#)
        return fixture
    }

    private func get(_ fixture: EndpointFixture, _ more: String = "", pk: String = "a") async -> String {
        await fixture.send("GetItem", #"{"TableName":"tab","Key":{"pk":{"S":"\#(pk)"}}\#(more)}"#)
    }

    private func update(_ fixture: EndpointFixture, _ expression: String, _ more: String = "") async -> String {
        await fixture.send(
            "UpdateItem",
            #"{"TableName":"tab","Key":{"pk":{"S":"a"}},"UpdateExpression":"\#(expression)","ReturnValues":"UPDATED_NEW"\#(more)}"#
        )
    }

    /// By bytes, as texts in Swift would be equal too often.
    private func expect(_ answer: String, _ expected: String, _ line: SourceLocation = #_sourceLocation) {
        #expect(Array(answer.utf8) == Array(expected.utf8), "\(answer)", sourceLocation: line)
    }

    @Test("an item and a map within it have both names")
    func bothNames() async throws {
        let pair = #""\#(Self.two)":{"S":"2"}"#
        let both = #""\#(Self.one)":{"S":"1"}"#
        expect(
            await get(try await fixture()),
            #"{"Item":{"m":{"M":{\#(pair),\#(both)}},"pk":{"S":"a"},\#(pair),\#(both)}}"#)
    }

    @Test("a projection returns the name that it asks for, and both if it asks for both")
    func projection() async throws {
        let fixture = try await fixture()
        expect(
            await get(fixture, ##","ProjectionExpression":"#o"\##(Self.nameOne)"##),
            #"{"Item":{"\#(Self.one)":{"S":"1"}}}"#)
        expect(
            await get(fixture, ##","ProjectionExpression":"#o, #t"\##(Self.names)"##),
            #"{"Item":{"\#(Self.two)":{"S":"2"},"\#(Self.one)":{"S":"1"}}}"#)
        expect(
            await get(fixture, #","ProjectionExpression":"m.#o, m.#t"\#(Self.names)"#),
            #"{"Item":{"m":{"M":{"\#(Self.two)":{"S":"2"},"\#(Self.one)":{"S":"1"}}}}}"#)
        expect(
            await get(fixture, #","AttributesToGet":["\#(Self.one)","\#(Self.two)"]"#),
            #"{"Item":{"\#(Self.two)":{"S":"2"},"\#(Self.one)":{"S":"1"}}}"#)
    }

    @Test("an update changes the path that it names, at the top and within, and both paths do not overlap")
    func update() async throws {
        let fixture = try await fixture()
        let value = #","ExpressionAttributeValues":{":v":{"S":"3"}}"#
        expect(
            await update(fixture, "SET #o = :v, #t = #o", Self.names + value),
            #"{"Attributes":{"\#(Self.two)":{"S":"1"},"\#(Self.one)":{"S":"3"}}}"#)
        expect(
            await update(fixture, "SET m.#o = :v REMOVE m.#t", Self.names + value),
            #"{"Attributes":{"m":{"M":{"\#(Self.one)":{"S":"3"}}}}}"#)
        _ = await update(fixture, "REMOVE #o", Self.nameOne)
        expect(
            await get(fixture),
            #"{"Item":{"m":{"M":{"\#(Self.one)":{"S":"3"}}},"pk":{"S":"a"},"\#(Self.two)":{"S":"1"}}}"#)
        _ = await fixture.send(
            "UpdateItem",
            """
            {"TableName":"tab","Key":{"pk":{"S":"a"}},"AttributeUpdates":{
            "\(Self.one)":{"Value":{"S":"4"}},"\(Self.two)":{"Value":{"S":"5"}}}}
            """)
        expect(
            await get(fixture, #","AttributesToGet":["\#(Self.one)","\#(Self.two)"]"#),
            #"{"Item":{"\#(Self.two)":{"S":"5"},"\#(Self.one)":{"S":"4"}}}"#)
    }

    @Test("keys with either text are two items, and a key attribute's name is one of the two")
    func keys() async throws {
        let fixture = try EndpointFixture()
        let made = await fixture.send(
            "CreateTable",
            """
            {"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "\(Self.one)", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "\(Self.one)", "KeyType": "HASH"}]}
            """)
        #expect(made.contains("CREATING"))
        for (key, value) in [(Self.one, "1"), (Self.two, "2")] {
            _ = await fixture.send(
                "PutItem", #"{"TableName":"tab","Item":{"\#(Self.one)":{"S":"\#(key)"},"\#(Self.two)":{"S":"\#(value)"}}}"#)
        }
        expect(
            await fixture.send("GetItem", #"{"TableName":"tab","Key":{"\#(Self.one)":{"S":"\#(Self.two)"}}}"#),
            #"{"Item":{"\#(Self.two)":{"S":"2"},"\#(Self.one)":{"S":"\#(Self.two)"}}}"#)
        #expect(await fixture.send("Scan", #"{"TableName":"tab","Select":"COUNT"}"#) == #"{"Count":2,"ScannedCount":2}"#)
        #expect(
            await fixture.send("GetItem", #"{"TableName":"tab","Key":{"\#(Self.two)":{"S":"a"}}}"#)
                == EndpointFixture.validation("The provided key element does not match the schema"))
        #expect(
            await fixture.send("PutItem", #"{"TableName":"tab","Item":{"\#(Self.two)":{"S":"a"}}}"#)
                .contains("Missing the key"))
    }

    @Test("a key of two texts comes twice in a batch and a transaction only if the bytes are the same")
    func batches() async throws {
        let fixture = try await EndpointFixture.withTable()
        let puts = [Self.one, Self.two].map { #"{"PutRequest":{"Item":{"pk":{"S":"\#($0)"}}}}"# }.joined(separator: ",")
        #expect(
            await fixture.send("BatchWriteItem", #"{"RequestItems":{"tab":[\#(puts)]}}"#) == #"{"UnprocessedItems":{}}"#)
        let keys = [Self.one, Self.two].map { #"{"pk":{"S":"\#($0)"}}"# }.joined(separator: ",")
        let got = await fixture.send("BatchGetItem", #"{"RequestItems":{"tab":{"Keys":[\#(keys)]}}}"#)
        #expect(got.utf8.count(where: { $0 == UInt8(ascii: "S") }) == 2, "\(got)")
        let gets = [Self.one, Self.two].map { #"{"Get":{"TableName":"tab","Key":{"pk":{"S":"\#($0)"}}}}"# }
        let all = await fixture.send("TransactGetItems", #"{"TransactItems":[\#(gets.joined(separator: ","))]}"#)
        expect(
            all,
            #"{"Responses":[{"Item":{"pk":{"S":"\#(Self.one)"}}},{"Item":{"pk":{"S":"\#(Self.two)"}}}]}"#)
    }

    @Test(
        "a condition tells the values apart",
        arguments: [
            ("v = :v", false), ("v <> :v", true), ("v IN (:v)", false), ("contains(v, :v)", false), ("begins_with(v, :v)", false),
            ("contains(s, :v)", false), ("contains(l, :v)", false), ("v BETWEEN :v AND :v", false), ("m = :m", false),
            ("l = :l", false), ("s = :s", false),
        ])
    func conditions(condition: String, holds: Bool) async throws {
        let fixture = try await EndpointFixture.withTable()
        let values = { (text: String, mark: String) in
            #""\#(mark)v":{"S":"\#(text)"},"\#(mark)l":{"L":[{"S":"\#(text)"}]},"\#(mark)m":{"M":{"\#(text)":{"S":"1"}}},"#
                + #""\#(mark)s":{"SS":["\#(text)"]}"#
        }
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"},\#(values(Self.one, ""))}}"#)
        let used = [":v", ":l", ":m", ":s"].first { condition.contains($0) } ?? ":v"
        let all = try JSONSerialization.jsonObject(with: Data("{\(values(Self.two, ":"))}".utf8)) as? [String: Any]
        let value = try JSONSerialization.data(withJSONObject: [used: try #require(all?[used])])
        let answer = await fixture.send(
            "DeleteItem",
            """
            {"TableName":"tab","Key":{"pk":{"S":"a"}},"ConditionExpression":"\(condition)",
            "ExpressionAttributeValues":\(String(decoding: value, as: UTF8.self))}
            """)
        #expect((answer == "{}") == holds, "\(answer)")
    }

    @Test("a set has both texts")
    func sets() async throws {
        let fixture = try await EndpointFixture.withTable()
        _ = await fixture.send(
            "PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"},"s":{"SS":["\#(Self.one)","\#(Self.two)"]}}}"#)
        expect(
            await get(fixture), #"{"Item":{"pk":{"S":"a"},"s":{"SS":["\#(Self.two)","\#(Self.one)"]}}}"#)
        _ = await update(fixture, "DELETE s :v", #","ExpressionAttributeValues":{":v":{"SS":["\#(Self.one)"]}}"#)
        expect(await get(fixture), #"{"Item":{"pk":{"S":"a"},"s":{"SS":["\#(Self.two)"]}}}"#)
    }

    @Test("PartiQL reads, inserts and changes the attribute that it names")
    func statements() async throws {
        let fixture = try await EndpointFixture.withTable()
        func execute(_ statement: String) async throws -> String {
            let body = try JSONSerialization.data(withJSONObject: ["Statement": statement])
            return await fixture.send("ExecuteStatement", String(decoding: body, as: UTF8.self))
        }
        let (one, two) = (Self.one, Self.two)
        expect(
            try await execute(
                "INSERT INTO tab VALUE {'pk': 'a', '\(one)': '1', '\(two)': '2', 'm': {'\(one)': '1', '\(two)': '2'}}"),
            #"{"Items":[]}"#)
        expect(
            await get(fixture),
            #"{"Item":{"m":{"M":{"\#(two)":{"S":"2"},"\#(one)":{"S":"1"}}},"pk":{"S":"a"},"\#(two)":{"S":"2"},"\#(one)":{"S":"1"}}}"#
        )
        expect(
            try await execute(#"SELECT "\#(two)" FROM tab WHERE pk = 'a' AND "\#(one)" = '1'"#),
            #"{"Items":[{"\#(two)":{"S":"2"}}]}"#)
        expect(
            try await execute(#"SELECT "\#(two)", "\#(one)" FROM tab WHERE pk = 'a'"#),
            #"{"Items":[{"\#(two)":{"S":"2"},"\#(one)":{"S":"1"}}]}"#)
        _ = try await execute(#"UPDATE tab SET "\#(two)" = '3' SET m."\#(one)" = '4' WHERE pk = 'a'"#)
        expect(
            await get(fixture),
            #"{"Item":{"m":{"M":{"\#(two)":{"S":"2"},"\#(one)":{"S":"4"}}},"pk":{"S":"a"},"\#(two)":{"S":"3"},"\#(one)":{"S":"1"}}}"#
        )
        expect(
            try await execute("INSERT INTO tab VALUE {'pk': '\(one)'}"), #"{"Items":[]}"#)
        expect(
            try await execute("INSERT INTO tab VALUE {'pk': '\(two)'}"), #"{"Items":[]}"#)
        expect(
            try await execute("SELECT * FROM tab WHERE pk = '\(two)'"), #"{"Items":[{"pk":{"S":"\#(two)"}}]}"#)
    }

    @Test("a stream's record has both names in its image, and an update to the other text is a change")
    func stream() async throws {
        let fixture = try await fixture()
        for text in [Self.one, Self.two] {
            _ = await update(
                fixture, "SET #o = :v", Self.nameOne + #","ExpressionAttributeValues":{":v":{"S":"\#(text)"}}"#)
        }
        let arn = try #require(try fixture.store.describeTable(.init(tableName: "tab")).table.latestStreamArn)
        let shards = await fixture.sendToStreams("DescribeStream", #"{"StreamArn":"\#(arn)"}"#)
        let shard = try #require(shards.firstMatch(of: /"ShardId":"([^"]+)"/)?.1)
        let iterators = await fixture.sendToStreams(
            "GetShardIterator", #"{"StreamArn":"\#(arn)","ShardId":"\#(shard)","ShardIteratorType":"TRIM_HORIZON"}"#)
        let iterator = try #require(iterators.firstMatch(of: /"ShardIterator":"([^"]+)"/)?.1)
        let records = await fixture.sendToStreams("GetRecords", #"{"ShardIterator":"\#(iterator)"}"#)
        #expect(records.matches(of: /"eventName"/).count == 3, "\(records)")
        let image =
            #""NewImage":{"m":{"M":{"\#(Self.two)":{"S":"2"},"\#(Self.one)":{"S":"1"}}},"pk":{"S":"a"},"\#(Self.two)":{"S":"2"},"#
        #expect(Data(records.utf8).range(of: Data(image.utf8)) != nil, "\(records)")
    }
}
