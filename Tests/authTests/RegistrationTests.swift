import LambdaEvents
import Testing

@testable import Platform
@testable import auth

@Suite struct RegistrationTests {
    private let ada: JSONValue = [
        "full_name": "Ada Lovelace", "phone_number": "+41 79 000 00 01", "email": "ada@example.com",
        "password": "a password of Ada's",
    ]

    @Test("from the registration by code and approval to the first login")
    func wholeWay() async throws {
        let bed = try await AuthTestBed()
        let registered = try await bed.call("POST", "/auth/register", ada)
        #expect(registered.status == 201 && registered.body["data"]?["code_sent"] == true)
        let id = try #require(registered.body["data"]?["id"]?.stringValue)
        let code = try bed.phones.code(to: "+41790000001")
        let verified = try await bed.call("POST", "/v1/auth/verify-sms", ["phone_number": "+41790000001", "code": .string(code)])
        #expect(verified.status == 200 && verified.body["data"]?["phone_verified"] == true)
        let login: JSONValue = ["phone_number": "+41790000001", "password": "a password of Ada's"]
        #expect(try await bed.call("POST", "/auth/login", login).body["error"]?["code"] == "PENDING_APPROVAL")

        let grace = try #require(
            try await bed.login("+41790000000", password: "a password of Grace's")["access_token"]?.stringValue)
        let waiting = try await bed.call("GET", "/auth/approval-pending", token: grace)
        #expect(waiting.body["data"]?[0]?["id"]?.stringValue == id && waiting.body["meta"]?["total"] == 1)
        let approval: JSONValue = ["user_id": .string(id), "notes": "A friend"]
        #expect(try await bed.call("POST", "/auth/approve-user", approval, token: grace).body["data"]?["status"] == "approved")
        #expect(try await bed.call("POST", "/auth/approve-user", approval, token: grace).status == 409)
        #expect(try await bed.call("GET", "/auth/approval-pending", token: grace).body["meta"]?["total"] == 0)

        let session = try await bed.call("POST", "/auth/login", login)
        #expect(session.status == 200 && session.body["data"]?["user"]?["status"] == "active")
        #expect(try await bed.user(id)?.status == .active)
    }

    @Test("until the code is entered a number is free: of two registrations the second one's password and address count")
    func again() async throws {
        let bed = try await AuthTestBed()
        let squatter: JSONValue = [
            "full_name": "Mallory", "phone_number": "+41790000001", "email": "mallory@example.com", "password": "mallory waits",
        ]
        let first = try await bed.call("POST", "/auth/register", squatter)
        let second = try await bed.call("POST", "/auth/register", ada)
        #expect(first.status == 201 && second.status == 201)
        let body: JSONValue = ["phone_number": "+41790000001", "code": .string(try bed.phones.code(to: "+41790000001"))]
        let verified = try await bed.call("POST", "/auth/verify-sms", body)
        #expect(verified.status == 200 && verified.body["data"]?["full_name"] == "Ada Lovelace")
        let stolen = try await bed.call(
            "POST", "/auth/login", ["phone_number": "+41790000001", "password": "mallory waits"])
        #expect(stolen.body["error"]?["code"] == "INVALID_CREDENTIALS")
        let own = try await bed.call(
            "POST", "/auth/login", ["phone_number": "+41790000001", "password": "a password of Ada's"])
        #expect(own.body["error"]?["code"] == "PENDING_APPROVAL")
        #expect(try await bed.call("POST", "/auth/register", squatter).status == 409, "now it is hers")
        let elsewhere: JSONValue = [
            "full_name": "Mal", "phone_number": "+41790000008", "email": "mallory@example.com",
        ]
        #expect(try await bed.call("POST", "/auth/register", elsewhere).status == 201, "the other address is free again")
    }

    @Test("neither number nor address nor password stands in the store")
    func nothingPlain() async throws {
        let bed = try await AuthTestBed()
        _ = try await bed.call("POST", "/auth/register", ada)
        for table in ["entities", "ephemeral"] {
            let text = "\(try await bed.cloud.dynamoDB.scan(.init(tableName: table)).items)"
            #expect(!text.contains("790000001") && !text.contains("ada@example.com") && !text.contains("password of Ada"))
        }
    }

    @Test("the sixth registration from one address within an hour is too much, and the fourth code to one phone")
    func limits() async throws {
        let bed = try await AuthTestBed()
        for _ in 1...5 { #expect(try await bed.call("POST", "/auth/register", ["full_name": "X"]).status == 400) }
        let sixth = try await bed.call("POST", "/auth/register", ada)
        #expect(sixth.status == 429)
        #expect(try await bed.call("POST", "/auth/register", ada, address: "203.0.113.8").status == 201)
        for status in [202, 202, 429] {
            #expect(try await bed.call("POST", "/auth/login", ["phone_number": "+41790000001"]).status == status)
        }
        #expect(bed.phones.count(to: "+41790000001") == 3)
        bed.cloud.advanceTime(bySeconds: 1200)
        #expect(try await bed.call("POST", "/auth/login", ["phone_number": "+41790000001"]).status == 202)
    }

    @Test("when no SMS goes out the answer says so, and another code can be asked for")
    func phonesDown() async throws {
        let bed = try await AuthTestBed()
        bed.phones.isDown = true
        let answer = try await bed.call("POST", "/auth/register", ada)
        #expect(answer.status == 201 && answer.body["data"]?["code_sent"] == false)
        bed.phones.isDown = false
        #expect(try await bed.call("POST", "/auth/login", ["phone_number": "+41790000001"]).status == 202)
        let code = try bed.phones.code(to: "+41790000001")
        let verified = try await bed.call("POST", "/auth/verify-sms", ["phone_number": "+41790000001", "code": .string(code)])
        #expect(verified.status == 200)
    }

    @Test("asking for a code tells nobody whether a number is known")
    func unknownNumber() async throws {
        let bed = try await AuthTestBed()
        let known = try await bed.call("POST", "/auth/login", ["phone_number": "+41790000000"])
        let unknown = try await bed.call("POST", "/auth/login", ["phone_number": "+41790009999"])
        #expect(known.status == unknown.status && known.body == unknown.body)
        #expect(bed.phones.count(to: "+41790009999") == 0)
        bed.phones.isDown = true
        let refused = try await bed.call("POST", "/auth/login", ["phone_number": "+41790000000"])
        #expect(refused.status == unknown.status && refused.body == unknown.body)
    }

    @Test("listing and approving count among the calls of an hour")
    func approvalLimit() async throws {
        let bed = try await AuthTestBed()
        let data = try await bed.login("+41790000000", password: "a password of Grace's")
        let token = try #require(data["access_token"]?.stringValue)
        #expect(try await bed.call("GET", "/auth/approval-pending", token: token).status == 200)
        // The bucket is emptied directly: a thousand calls would say the same.
        let key = Keys.bucket("lincoln-high", limit: "api-calls", key: try #require(data["user"]?["id"]?.stringValue))
        let full = bed.store.time.nowMilliseconds + 3_600_000
        try await bed.store.write(
            WriteOperation(
                .update(key, expression: "SET full_at_ms = :full"), in: .ephemeral, values: [":full": .number(String(full))]))
        #expect(try await bed.call("GET", "/auth/approval-pending", token: token).status == 429)
        #expect(try await bed.call("POST", "/auth/approve-user", ["user_id": "x"], token: token).status == 429)
    }

    @Test("members approve, and only those who are in")
    func permissions() async throws {
        let bed = try await AuthTestBed()
        let eve = try await bed.run([
            "command": "create-user", "organization": "lincoln-high",
            "user": ["full_name": "Eve", "phone_number": "+41790000005", "status": "pending"],
        ])
        let body: JSONValue = ["user_id": eve["user"]?["id"] ?? .null]
        #expect(try await bed.call("POST", "/auth/approve-user", body).status == 401)
        _ = try await bed.run([
            "command": "create-user", "organization": "lincoln-high",
            "user": ["full_name": "Ben", "phone_number": "+41790000002"],
        ])
        try await bed.setPassword("a password of Ben's", of: "+41790000002")
        let ben = try #require(try await bed.login("+41790000002", password: "a password of Ben's")["access_token"]?.stringValue)
        #expect(try await bed.call("POST", "/auth/approve-user", body, token: ben).status == 200)
    }
}
