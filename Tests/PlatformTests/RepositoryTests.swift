import Foundation
import LambdaEvents
import Testing

@testable import Platform

@Suite struct UserRepositoryTests {
    @Test("a phone number is registered once, and a refused registration leaves nothing")
    func uniquePhone() async throws {
        let bed = try await TestBed()
        let users = UserRepository(store: bed.store)
        let ada = try await bed.user(1)
        let before = try await bed.itemCount()
        var second = try bed.draft(2)
        second.phoneHash = ada.phoneHash
        let error = await #expect(throws: PlatformError.self) {
            try await users.create(
                second, preferences: Preferences(organizationID: bed.organization, userID: second.id, at: bed.cloud.now))
        }
        #expect(error?.code == .conflict && error?.fields.keys.contains("phone_number") == true)
        #expect(try await bed.itemCount() == before)
        #expect(try await users.find(phoneHash: ada.phoneHash, organization: bed.organization) == ada)
        #expect(try await users.find(phoneHash: ada.phoneHash, organization: "other") == nil)
    }

    @Test("an address is unique too; changing it frees the old one")
    func uniqueEmail() async throws {
        let bed = try await TestBed()
        let users = UserRepository(store: bed.store)
        let (ada, ben) = (try await bed.user(1), try await bed.user(2))
        let address = try #require(EmailAddress("a@example.com"))
        var changed = ada
        try bed.vault.setEmail(address, of: &changed)
        let saved = try await users.save(changed, replacing: ada)
        #expect(saved.version == 2)
        var other = ben
        try bed.vault.setEmail(address, of: &other)
        let error = await #expect(throws: PlatformError.self) { try await users.save(other, replacing: ben) }
        #expect(error?.fields.keys.contains("email") == true)
        var without = saved
        try bed.vault.setEmail(nil, of: &without)
        try await users.save(without, replacing: saved)
        try await users.save(other, replacing: ben)
        let hash = bed.vault.hash(address, organization: bed.organization)
        #expect(try await users.find(emailHash: hash, organization: bed.organization)?.id == ben.id)
    }

    @Test("a write that is based on an older version fails")
    func versions() async throws {
        let bed = try await TestBed()
        let users = UserRepository(store: bed.store)
        let ada = try await bed.user(1)
        var first = ada
        first.displayName = "A"
        try await users.save(first, replacing: ada)
        await #expect(throws: ConditionFailed.self) { try await users.save(first, replacing: ada) }
    }

    @Test("those who wait are listed with their number, and not once they are approved")
    func pending() async throws {
        let bed = try await TestBed()
        let users = UserRepository(store: bed.store)
        let waiting = [try await bed.user(1, status: .pending), try await bed.user(2, status: .pending)]
        _ = try await bed.user(3)
        let first = try await users.list(state: "pending", organization: bed.organization, page: page(ascending: true))
        #expect(first.elements.map(\.id) == waiting.map(\.id) && first.total == 2)
        let approved = try await users.approve(waiting[0], by: waiting[1].id, notes: "friend")
        #expect(approved.status == .approved)
        let second = try await users.list(state: "pending", organization: bed.organization, page: page())
        #expect(second.elements.map(\.id) == [waiting[1].id] && second.total == 1)
        let item = try #require(
            try await bed.store.get(Keys.approval(bed.organization, user: approved.id, approver: waiting[1].id)))
        #expect(item["notes"] == .string("friend") && item["approved_by"] == .string(waiting[1].id))
    }
}

@Suite struct PreferencesRepositoryTests {
    @Test("of two changes that are based on the same preferences, the second fails rather than undo the first")
    func conflict() async throws {
        let bed = try await TestBed()
        let ada = try await bed.user(1)
        let repository = PreferencesRepository(store: bed.store)
        let read = try await repository.get(user: ada.id, organization: bed.organization)
        var (first, second) = (read, read)
        first.primaryChannel = .sms
        second.timezone = "Europe/Zurich"
        try await repository.save(first)
        await #expect(throws: ConditionFailed.self) { try await repository.save(second) }
        var kept = try await repository.get(user: ada.id, organization: bed.organization)
        #expect(kept.primaryChannel == .sms && kept.timezone == "UTC")
        kept.timezone = "Europe/Zurich"
        #expect(try await repository.save(kept).primaryChannel == .sms)
    }
}

@Suite struct ForumRepositoryTests {
    @Test("forums are listed by age and by name, private ones to their members, pages join to the whole")
    func lists() async throws {
        let bed = try await TestBed()
        let forums = ForumRepository(store: bed.store)
        let (ada, ben) = (try await bed.user(1), try await bed.user(2))
        for (name, type) in [("delta", ForumType.public), ("Bravo", .private), ("alpha", .main), ("Charlie", .public)] {
            _ = try await bed.forum(name, by: ada, type: type)
            bed.cloud.advanceTime(bySeconds: 1)
        }
        func names(_ user: User, _ query: [String: String]) async throws -> ([String], PageRequest, Page<Forum>) {
            let request = try page(query, sorts: ForumRepository.sorts, ascending: true)
            let part = try await forums.list(visibleTo: user.id, organization: bed.organization, page: request)
            return (part.elements.map(\.name), request, part)
        }
        #expect(try await names(ada, [:]).0 == ["delta", "Bravo", "alpha", "Charlie"])
        #expect(try await names(ada, ["sort": "name"]).0 == ["alpha", "Bravo", "Charlie", "delta"])
        #expect(try await names(ada, ["sort": "name", "order": "desc"]).0 == ["delta", "Charlie", "Bravo", "alpha"])
        let bens = try await names(ben, ["sort": "name"])
        #expect(bens.0 == ["alpha", "Charlie", "delta"] && bens.2.total == 3)
        var all: [String] = []
        for number in 1...3 {
            let part = try await names(ada, ["sort": "name", "page": String(number), "per_page": "2"])
            all += part.0
            #expect(part.2.total == 4 && (part.2.next == nil) == (number > 1))
        }
        #expect(all == ["alpha", "Bravo", "Charlie", "delta"])
        let first = try await names(ada, ["sort": "name", "per_page": "3"])
        let cursor = try #require(first.2.meta(for: first.1)["next_cursor"]?.stringValue)
        #expect(try await names(ada, ["sort": "name", "per_page": "3", "cursor": cursor]).0 == ["delta"])
    }

    @Test("joining and leaving are counted once each")
    func membership() async throws {
        let bed = try await TestBed()
        let forums = ForumRepository(store: bed.store)
        let (ada, ben) = (try await bed.user(1), try await bed.user(2))
        let forum = try await bed.forum("Reunion", by: ada)
        #expect(try await forums.join(forum, user: ben.id)?.role == .member)
        #expect(try await forums.join(forum, user: ben.id) == nil)
        #expect(try await forums.memberCount(forum.id, organization: bed.organization) == 2)
        let first = try await forums.members(of: forum.id, organization: bed.organization, limit: 1)
        #expect(first.members.map(\.userID) == [ada.id] && first.next == ada.id)
        let second = try await forums.members(of: forum.id, organization: bed.organization, after: first.next, limit: 1)
        #expect(second.members.map(\.userID) == [ben.id])
        #expect(try await forums.leave(forum.id, user: ben.id, organization: bed.organization))
        #expect(try await forums.leave(forum.id, user: ben.id, organization: bed.organization) == false)
        #expect(try await forums.memberCount(forum.id, organization: bed.organization) == 1)
        var gone = forum
        gone.id = ada.id
        await #expect(throws: PlatformError.notFound("forum")) { try await forums.join(gone, user: ben.id) }
    }
}

@Suite struct MessageSenderTests {
    @Test("a direct message is in the lists of both, newest first, and counted")
    func direct() async throws {
        let bed = try await TestBed()
        let sender = MessageSender(store: bed.store)
        let messages = MessageRepository(store: bed.store)
        let (ada, ben) = (try await bed.user(1), try await bed.user(2, name: "Ben"))
        let first = try await sender.send(
            .init(destination: .user(ben.id), content: "Hi"), from: ada, blueprint: TestBed.blueprint)
        bed.cloud.advanceTime(bySeconds: 1)
        let second = try await sender.send(
            .init(destination: .user(ada.id), content: "Ho", parentID: first.id), from: ben, blueprint: TestBed.blueprint)
        for user in [ada, ben] {
            let box = try await messages.mailbox(of: user.id, organization: bed.organization, page: page())
            #expect(box.elements == [second, first] && box.total == 2)
        }
        let conversation = try await messages.list(
            conversation: first.conversationID, organization: bed.organization, page: page(["per_page": "1", "page": "2"]))
        #expect(conversation.elements == [first] && conversation.total == 2 && conversation.next == nil)
    }

    @Test("who may not, what is not there, and too much are refused, each by its name")
    func refusals() async throws {
        let bed = try await TestBed()
        let sender = MessageSender(store: bed.store)
        let (ada, ben) = (try await bed.user(1), try await bed.user(2))
        let pending = try await bed.user(3, status: .pending)
        let (open, hidden) = (try await bed.forum("Open", by: ben), try await bed.forum("Hidden", by: ben, type: .private))
        func code(_ draft: MessageDraft, _ user: User) async throws -> PlatformError.Code? {
            do {
                _ = try await sender.send(draft, from: user, blueprint: TestBed.blueprint)
                return nil
            } catch let error as PlatformError {
                return error.code
            }
        }
        #expect(try await code(.init(destination: .user(ben.id), content: "x"), pending) == .pendingApproval)
        #expect(try await code(.init(destination: .user(pending.id), content: "x"), ada) == .notFound)
        #expect(try await code(.init(destination: .user(ada.id), content: "x"), ada) == .invalidInput)
        #expect(try await code(.init(destination: .forum(open.id), content: "x"), ada) == .forbidden)
        #expect(try await code(.init(destination: .forum(hidden.id), content: "x"), ada) == .notFound)
        _ = try await ForumRepository(store: bed.store).join(open, user: ada.id)
        #expect(try await code(.init(destination: .forum(open.id), content: "x", announcement: true), ada) == .forbidden)
        #expect(try await code(.init(destination: .forum(open.id), content: "x", announcement: true), ben) == nil)
        #expect(try await code(.init(destination: .user(ben.id), content: "x", parentID: open.id), ada) == .invalidInput)
        for _ in 1...3 { #expect(try await code(.init(destination: .user(ben.id), content: "x"), ada) == nil) }
        #expect(try await code(.init(destination: .user(ben.id), content: "x"), ada) == .rateLimited)
        // Posts have a bucket of their own.
        #expect(try await code(.init(destination: .forum(open.id), content: "x"), ada) == nil)
    }

    @Test("a page deep in a list, a cursor from it, and an order the other way round")
    func paging() async throws {
        let bed = try await TestBed()
        let messages = MessageRepository(store: bed.store)
        let (ada, ben) = (try await bed.user(1), try await bed.user(2))
        var ids: [String] = []
        for number in 1...7 {
            bed.cloud.advanceTime(bySeconds: 1)
            let message = Message(
                id: Identifier.new(at: bed.cloud.now), organizationID: bed.organization, senderID: ada.id, senderName: "Ada",
                destination: .user(ben.id), content: "\(number)", createdAt: bed.cloud.now)
            try await messages.create(message)
            ids.append(message.id)
        }
        let conversation = Identifier.conversation(between: ada.id, and: ben.id)
        func list(_ query: [String: String]) async throws -> (ids: [String], cursor: String?) {
            let request = try page(query)
            let part = try await messages.list(conversation: conversation, organization: bed.organization, page: request)
            #expect(part.total == 7)
            return (part.elements.map(\.id), part.meta(for: request)["next_cursor"]?.stringValue)
        }
        let newest = Array(ids.reversed())
        let second = try await list(["page": "2", "per_page": "3"])
        #expect(second.ids == Array(newest[3..<6]))
        let cursor = try #require(second.cursor)
        #expect(try await list(["cursor": cursor, "per_page": "3"]).ids == [newest[6]])
        #expect(try await list(["page": "3", "per_page": "3"]).ids == [newest[6]])
        #expect(try await list(["page": "4", "per_page": "3"]).ids.isEmpty)
        #expect(try await list(["order": "asc", "per_page": "2"]).ids == Array(ids[..<2]))
    }
}
