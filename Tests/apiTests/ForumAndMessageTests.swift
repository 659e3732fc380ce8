import LambdaEvents
import Testing

@testable import Platform
@testable import api

@Suite struct ForumTests {
    @Test("a forum is opened, found, joined and left")
    func life() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001")
        let ben = try await bed.user("Ben", phone: "+41790000002")
        let created = try await bed.call("POST", "/api/forums", ["name": "Reunion"], as: ada)
        #expect(created.status == 201 && created.body["data"]?["type"] == "public")
        let id = try #require(created.body["data"]?["id"]?.stringValue)
        #expect(try await bed.call("GET", "/api/forums", as: ben).body["data"]?[0]?["id"]?.stringValue == id)
        #expect(try await bed.call("POST", "/api/forums/\(id)/join", as: ben).status == 201)
        #expect(try await bed.call("POST", "/api/forums/\(id)/join", as: ben).status == 409)
        let seen = try await bed.call("GET", "/api/forums/\(id)", as: ben).body["data"]
        #expect(seen?["member_count"] == 2 && seen?["role"] == "member")
        #expect(try await bed.call("POST", "/api/forums/\(id)/leave", as: ben).status == 200)
        #expect(try await bed.call("POST", "/api/forums/\(id)/leave", as: ben).status == 409)
        #expect(try await bed.call("GET", "/api/forums/\(ada.id)", as: ben).status == 404)
        #expect(try await bed.call("GET", "/api/forums/nonsense", as: ben).status == 404)
    }

    @Test("a private forum exists for its members only, a main one is opened by an admin")
    func kinds() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001")
        let ben = try await bed.user("Ben", phone: "+41790000002")
        let grace = try await bed.user("Grace", phone: "+41790000003", role: "admin")
        let id = try #require(
            try await bed.call("POST", "/api/forums", ["name": "Committee", "type": "private"], as: ada).body["data"]?["id"]?
                .stringValue)
        for path in ["", "/join"] {
            let method = path.isEmpty ? "GET" : "POST"
            #expect(try await bed.call(method, "/api/forums/\(id)\(path)", as: ben).status == 404)
        }
        #expect(try await bed.call("GET", "/api/forums", as: ben).body["meta"]?["total"] == 0)
        #expect(try await bed.call("GET", "/api/forums", as: ada).body["meta"]?["total"] == 1)
        #expect(try await bed.call("GET", "/api/messages", as: ben, query: ["forum_id": id]).status == 404)
        #expect(try await bed.call("POST", "/api/forums", ["name": "All", "type": "main"], as: ada).status == 403)
        #expect(try await bed.call("POST", "/api/forums", ["name": "All", "type": "main"], as: grace).status == 201)
    }

    @Test("what is not built has its name in the answer, and no path is a 404 or a 405")
    func paths() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001")
        for (method, path) in [
            ("PUT", "/api/forums/\(ada.id)"), ("DELETE", "/api/forums/\(ada.id)"), ("GET", "/api/users/search"),
        ] {
            let answer = try await bed.call(method, path, as: ada)
            #expect(answer.status == 501 && answer.body["error"]?["message"]?.stringValue?.contains("not built") == true)
        }
        #expect(try await bed.call("GET", "/api/nothing", as: ada).status == 404)
        #expect(try await bed.call("PATCH", "/api/preferences", as: ada).status == 405)
        #expect(try await bed.call("GET", "/health").body["data"]?["status"] == "ok")
    }
}

@Suite struct MessageTests {
    @Test("a direct message is read by the two and by nobody else")
    func direct() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001")
        let ben = try await bed.user("Ben", phone: "+41790000002")
        let cleo = try await bed.user("Cleo", phone: "+41790000003")
        let sent = try await bed.call("POST", "/api/messages", ["recipient_id": .string(ben.id), "content": "Hi"], as: ada)
        #expect(sent.status == 201)
        let id = try #require(sent.body["data"]?["id"]?.stringValue)
        for (user, status) in [(ada, 200), (ben, 200), (cleo, 404)] {
            #expect(try await bed.call("GET", "/api/messages/\(id)", as: user).status == status)
        }
        let conversation = try await bed.call("GET", "/api/conversations/\(ada.id)", as: ben)
        #expect(conversation.body["data"]?[0]?["content"] == "Hi" && conversation.body["meta"]?["total"] == 1)
        #expect(try await bed.call("GET", "/api/conversations/\(ada.id)", as: cleo).body["meta"]?["total"] == 0)
        #expect(try await bed.call("GET", "/api/messages", as: ben, query: ["user_id": ada.id]).body["meta"]?["total"] == 1)
        #expect(try await bed.call("GET", "/api/messages", as: cleo).body["meta"]?["total"] == 0)
    }

    @Test("a forum's messages are for its members, and a reply knows its parent")
    func forum() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001")
        let ben = try await bed.user("Ben", phone: "+41790000002")
        let forum = try #require(
            try await bed.call("POST", "/api/forums", ["name": "Reunion"], as: ada).body["data"]?["id"]?.stringValue)
        let post = try await bed.call(
            "POST", "/api/messages", ["forum_id": .string(forum), "content": "<b>Hi</b>", "announcement": true], as: ada)
        bed.cloud.advanceTime(bySeconds: 1)
        let parent = try #require(post.body["data"]?["id"]?.stringValue)
        #expect(try await bed.call("GET", "/api/messages/\(parent)", as: ben).status == 404)
        #expect(try await bed.call("GET", "/api/messages", as: ben, query: ["forum_id": forum]).status == 403)
        _ = try await bed.call("POST", "/api/forums/\(forum)/join", as: ben)
        let reply = try await bed.call(
            "POST", "/api/messages", ["forum_id": .string(forum), "content": "Ho", "parent_id": .string(parent)], as: ben)
        #expect(reply.status == 201 && reply.body["data"]?["parent_id"]?.stringValue == parent)
        let list = try await bed.call("GET", "/api/messages", as: ben, query: ["forum_id": forum, "order": "asc"])
        #expect(list.body["data"]?[0]?["content"] == "<b>Hi</b>" && list.body["meta"]?["total"] == 2)
        let wrong = try await bed.call("GET", "/api/messages", as: ben, query: ["sort": "content"])
        #expect(wrong.status == 400 && wrong.body["error"]?["fields"]?["sort"] != nil)
    }

    @Test("the characters of expressions stay data")
    func expressionCharacters() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001")
        let name = "x = :y OR attribute_exists(#pk) -- \"; '🙂"
        let forum = try await bed.call("POST", "/api/forums", ["name": .string(name)], as: ada)
        let id = try #require(forum.body["data"]?["id"]?.stringValue)
        #expect(try await bed.call("GET", "/api/forums/\(id)", as: ada).body["data"]?["name"]?.stringValue == name)
    }
}
