import Testing

@testable import StoreEngine

@Suite("Tags")
struct TagTests {
    static let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/tab"

    static func tags(_ store: TestStore) throws -> [String: String] {
        let tags = try store.engine.listTagsOfResource(ListTagsOfResourceInput(resourceARN: arn)).tags
        return Dictionary(uniqueKeysWithValues: tags.map { ($0.key, $0.value) })
    }

    @Test("are added, replaced and taken away")
    func life() async throws {
        let store = try await TestStore.withTable()
        #expect(try Self.tags(store).isEmpty)
        try await store.engine.tagResource(
            TagResourceInput(resourceARN: Self.arn, tags: [Tag(key: "env", value: "test"), Tag(key: "empty", value: "")]))
        try await store.engine.tagResource(
            TagResourceInput(resourceARN: Self.arn, tags: [Tag(key: "env", value: "live"), Tag(key: "ключ", value: "9")]))
        #expect(try Self.tags(store) == ["env": "live", "empty": "", "ключ": "9"])
        try await store.engine.untagResource(UntagResourceInput(resourceARN: Self.arn, tagKeys: ["empty", "absent"]))
        #expect(try Self.tags(store) == ["env": "live", "ключ": "9"])
    }

    @Test("come with the table that is made")
    func made() async throws {
        let store = try TestStore()
        _ = try await store.engine.createTable(TableTests.input { $0.tags = [Tag(key: "a", value: "b")] })
        let list = ListTagsOfResourceInput(resourceARN: "arn:aws:dynamodb:us-east-1:000000000000:table/Music")
        #expect(try store.engine.listTagsOfResource(list).tags == [Tag(key: "a", value: "b")])
    }

    @Test("are fifty at most, counted with those that are there")
    func limit() async throws {
        let store = try await TestStore.withTable()
        func tag(_ numbers: Range<Int>) async -> String? {
            await failure { () throws(StoreError) in
                try await store.engine.tagResource(
                    TagResourceInput(resourceARN: Self.arn, tags: numbers.map { Tag(key: "\($0)", value: "") }))
            }?.code
        }
        #expect(await tag(0..<30) == nil)
        #expect(await tag(20..<50) == nil)
        #expect(await tag(50..<51) == "ValidationException")
        #expect(try Self.tags(store).count == 50)
    }

    @Test(
        "have keys and values of letters, digits, spaces and a few signs",
        arguments: [
            ("hi!", "v", "The Tag Key provided is invalid, Key: hi!"),
            ("k", "d%g", "The Tag Value provided is invalid, Value: d%g"),
            ("", "v", "The Tag Key provided is invalid, Key: "),
            ("aws:x", "v", "Tag Key cannot be prefixed with aws:, Key: aws:x"),
            (long(129), "v", "The Tag Key provided is invalid, Key: \(long(129))"),
            ("k", long(257), "The Tag Value provided is invalid, Value: \(long(257))"),
        ])
    func characters(key: String, value: String, message: String) async throws {
        let store = try await TestStore.withTable()
        let error = await failure { () throws(StoreError) in
            try await store.engine.tagResource(
                TagResourceInput(resourceARN: Self.arn, tags: [Tag(key: key, value: value)]))
        }
        #expect(error == .validation(message))
        #expect(try Self.tags(store).isEmpty)
    }

    static func long(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test("are refused where one key comes twice, and untagged fifty at most at once")
    func counts() async throws {
        let store = try await TestStore.withTable()
        let twice = await failure { () throws(StoreError) in
            try await store.engine.tagResource(
                TagResourceInput(resourceARN: Self.arn, tags: [Tag(key: "dup", value: "1"), Tag(key: "dup", value: "2")]))
        }
        #expect(twice == .validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found dup"))
        let many = await failure { () throws(StoreError) in
            try await store.engine.untagResource(UntagResourceInput(resourceARN: Self.arn, tagKeys: (0...50).map { "\($0)" }))
        }
        #expect(many == .validation("Number of Tags exceed the current limit for the provided ResourceArn"))
    }

    @Test(
        "are a table's: another ARN is refused",
        arguments: [
            ("not-an-arn", "ValidationException"), ("arn:not/a/good/format", "ValidationException"),
            ("\(arn)/index/gsi", "ValidationException"), ("\(arn)x", "ResourceNotFoundException"),
            ("arn:aws:dynamodb:us-east-1:111111111111:table/tab", "AccessDeniedException"),
        ])
    func arns(resource: String, code: String) async throws {
        let store = try await TestStore.withTable()
        let error = await failure { () throws(StoreError) in
            try await store.engine.tagResource(
                TagResourceInput(resourceARN: resource, tags: [Tag(key: "k", value: "v")]))
        }
        #expect(error?.code == code)
    }

    @Test("of a table that is not there are denied, as the service does")
    func absent() async throws {
        let store = try TestStore()
        let error = await failure { () throws(StoreError) in
            try store.engine.listTagsOfResource(ListTagsOfResourceInput(resourceARN: Self.arn))
        }
        #expect(error?.code == "AccessDeniedException")
    }
}
