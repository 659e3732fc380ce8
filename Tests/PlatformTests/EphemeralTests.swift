import Foundation
import LambdaEvents
import Testing

@testable import Platform

@Suite struct RateLimiterTests {
    private func allowed(_ limiter: RateLimiter, _ limit: RateLimit) async throws -> Int? {
        do {
            try await limiter.take(limit, organization: "o", key: "k")
            return nil
        } catch let error as PlatformError {
            #expect(error.code == .rateLimited)
            return error.retryAfterSeconds
        }
    }

    @Test("a bucket gives what it holds, then one after each interval")
    func refill() async throws {
        let bed = try await TestBed()
        let limiter = RateLimiter(store: bed.store)
        let limit = RateLimit("codes", 3, perSeconds: 3600)
        for _ in 1...3 { #expect(try await allowed(limiter, limit) == nil) }
        #expect(try await allowed(limiter, limit) == 1200)
        bed.cloud.advanceTime(bySeconds: 1199)
        #expect(try await allowed(limiter, limit) == 1)
        bed.cloud.advanceTime(bySeconds: 1)
        #expect(try await allowed(limiter, limit) == nil)
        #expect(try await allowed(limiter, limit) == 1200)
        bed.cloud.advanceTime(bySeconds: 7200)
        for _ in 1...3 { #expect(try await allowed(limiter, limit) == nil) }
        #expect(try await allowed(limiter, limit) != nil)
    }

    @Test("calls in parallel never take more than there is")
    func parallel() async throws {
        let bed = try await TestBed()
        let limiter = RateLimiter(store: bed.store)
        let limit = RateLimit("calls", 10, perSeconds: 3600)
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 1...40 {
                group.addTask {
                    do {
                        try await limiter.take(limit, organization: "o", key: "k")
                        return true
                    } catch is PlatformError {
                        return false
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 10)
    }
}

@Suite struct CodeTests {
    private func phoneHash(_ bed: TestBed) throws -> String {
        bed.vault.hash(try #require(PhoneNumber("+41790000001")), organization: bed.organization)
    }

    @Test("the right code is good once, and the store does not hold it")
    func once() async throws {
        let bed = try await TestBed()
        let codes = CodeRepository(store: bed.store, vault: bed.vault)
        let hash = try phoneHash(bed)
        let code = try await codes.issue(.login, phoneHash: hash, user: "u", organization: bed.organization)
        #expect(code.count == 6 && code.allSatisfy(\.isNumber))
        let item = try #require(
            try await bed.store.get(Keys.code(bed.organization, purpose: "login", phoneHash: hash), from: .ephemeral))
        #expect(!"\(item)".contains("\"\(code)\""))
        #expect(try await codes.redeem(code, .verification, phoneHash: hash, organization: bed.organization) == nil)
        #expect(try await codes.redeem(code, .login, phoneHash: hash, organization: bed.organization) == "u")
        #expect(try await codes.redeem(code, .login, phoneHash: hash, organization: bed.organization) == nil)
    }

    @Test("after five attempts even the right one is wrong; a new one is good again")
    func attempts() async throws {
        let bed = try await TestBed()
        let codes = CodeRepository(store: bed.store, vault: bed.vault)
        let hash = try phoneHash(bed)
        let code = try await codes.issue(.login, phoneHash: hash, user: "u", organization: bed.organization)
        let wrong = code == "000000" ? "000001" : "000000"
        for _ in 1...5 { #expect(try await codes.redeem(wrong, .login, phoneHash: hash, organization: bed.organization) == nil) }
        #expect(try await codes.redeem(code, .login, phoneHash: hash, organization: bed.organization) == nil)
        let next = try await codes.issue(.login, phoneHash: hash, user: "u", organization: bed.organization)
        #expect(try await codes.redeem(next, .login, phoneHash: hash, organization: bed.organization) == "u")
    }

    @Test("a code is good for ten minutes")
    func expiry() async throws {
        let bed = try await TestBed()
        let codes = CodeRepository(store: bed.store, vault: bed.vault)
        let hash = try phoneHash(bed)
        for (seconds, user) in [(599.0, "u"), (600.0, nil)] as [(Double, String?)] {
            let code = try await codes.issue(.login, phoneHash: hash, user: "u", organization: bed.organization)
            bed.cloud.advanceTime(bySeconds: seconds)
            #expect(try await codes.redeem(code, .login, phoneHash: hash, organization: bed.organization) == user)
        }
    }
}

@Suite struct SessionTests {
    @Test("a refresh token is good once; the second use ends the session for everybody")
    func rotation() async throws {
        let bed = try await TestBed()
        let sessions = SessionRepository(store: bed.store)
        let first = try await sessions.start(user: "01990000-0000-7000-8000-000000000001", organization: bed.organization)
        guard case .token(let second) = try await sessions.refresh(first) else {
            Issue.record("the first refresh was refused")
            return
        }
        #expect(second.sessionID == first.sessionID && second.secret != first.secret)
        #expect(try await sessions.isOpen(first.sessionID, user: first.userID, organization: bed.organization))
        #expect(try await sessions.refresh(first) == .reused)
        #expect(try await sessions.refresh(second) == .ended)
        #expect(try await sessions.isOpen(first.sessionID, user: first.userID, organization: bed.organization) == false)
    }

    @Test("of refreshes in parallel one gets the next token, and the session ends")
    func parallel() async throws {
        let bed = try await TestBed()
        let sessions = SessionRepository(store: bed.store)
        let token = try await sessions.start(user: "01990000-0000-7000-8000-000000000001", organization: bed.organization)
        let good = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 1...8 {
                group.addTask { if case .token = try await sessions.refresh(token) { true } else { false } }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(good == 1)
        #expect(try await sessions.isOpen(token.sessionID, user: token.userID, organization: bed.organization) == false)
    }

    @Test("seven days without a refresh end it, and thirty days in all")
    func ends() async throws {
        let bed = try await TestBed()
        let sessions = SessionRepository(store: bed.store)
        var token = try await sessions.start(user: "01990000-0000-7000-8000-000000000001", organization: bed.organization)
        for _ in 1...4 {
            bed.cloud.advanceTime(bySeconds: 6.9 * 86_400)
            guard case .token(let next) = try await sessions.refresh(token) else {
                Issue.record("refused too early")
                return
            }
            token = next
        }
        bed.cloud.advanceTime(bySeconds: 2.5 * 86_400)
        #expect(try await sessions.refresh(token) == .ended)
        let idle = try await sessions.start(user: token.userID, organization: bed.organization)
        bed.cloud.advanceTime(bySeconds: 7 * 86_400)
        #expect(try await sessions.refresh(idle) == .ended)
    }
}

@Suite struct RealTimeRecordTests {
    @Test("somebody is online from their first socket to their last")
    func presence() async throws {
        let bed = try await TestBed()
        let connections = ConnectionRepository(store: bed.store)
        for id in ["c1", "c2"] {
            try await connections.add(
                Connection(connectionID: id, userID: "u", sessionID: "s", connectedAt: bed.cloud.now),
                organization: bed.organization)
        }
        #expect(Set(try await connections.list(user: "u", organization: bed.organization).map(\.connectionID)) == ["c1", "c2"])
        #expect(try await connections.online(organization: bed.organization).map(\.userID) == ["u"])
        try await connections.remove("c1", user: "u", organization: bed.organization)
        try await connections.remove("c1", user: "u", organization: bed.organization)
        #expect(try await connections.presence(user: "u", organization: bed.organization)?.status == .online)
        try await connections.remove("c2", user: "u", organization: bed.organization)
        let presence = try await connections.presence(user: "u", organization: bed.organization)
        #expect(presence?.status == .offline && presence?.lastSeenAt == bed.cloud.now)
        #expect(try await connections.online(organization: bed.organization).isEmpty)
        #expect(try await connections.list(user: "u", organization: bed.organization).isEmpty)
    }

    @Test("a socket that never said goodbye is not listed after its time")
    func expiredConnection() async throws {
        let bed = try await TestBed()
        let connections = ConnectionRepository(store: bed.store)
        try await connections.add(
            Connection(connectionID: "c", userID: "u", sessionID: "s", connectedAt: bed.cloud.now), organization: bed.organization
        )
        bed.cloud.advanceTime(bySeconds: Double(Connection.lifetimeSeconds))
        #expect(try await connections.list(user: "u", organization: bed.organization).isEmpty)
    }

    @Test("unread messages are counted and read, and who has written to each other are friends")
    func unread() async throws {
        let bed = try await TestBed()
        let (ada, ben) = (try await bed.user(1), try await bed.user(2))
        let message = try await MessageSender(store: bed.store).send(
            .init(destination: .user(ben.id), content: "Hi"), from: ada, blueprint: TestBed.blueprint)
        let key = Keys.conversation(bed.organization, user: ben.id, conversation: message.conversationID)
        try await bed.store.transact([ConversationRepository.received(message, by: ben.id)])
        #expect(try await bed.store.get(key)?["unread_count"] == .number("1"))
        let users = UserRepository(store: bed.store)
        #expect(try await users.areFriends(ada.id, ben.id, organization: bed.organization) == false)
        let receipts = ReceiptRepository(store: bed.store)
        #expect(try await receipts.markRead(message, by: ben.id)?.senderID == ada.id)
        #expect(try await receipts.markRead(message, by: ben.id) == nil)
        #expect(try await bed.store.get(key)?["unread_count"] == .number("0"))
        let answer = try await MessageSender(store: bed.store).send(
            .init(destination: .user(ada.id), content: "Ho"), from: ben, blueprint: TestBed.blueprint)
        try await bed.store.transact([ConversationRepository.received(answer, by: ada.id)])
        #expect(try await users.areFriends(ada.id, ben.id, organization: bed.organization))
    }

    @Test("a delivery is put once, waits until it is due, and is taken out of the index once")
    func deliveries() async throws {
        let bed = try await TestBed()
        let deliveries = DeliveryRepository(store: bed.store)
        var delivery = Delivery(
            organizationID: bed.organization, eventID: "message-created:m", messageID: "m", recipientID: "u", channel: .sms,
            createdAt: bed.cloud.now)
        delivery.waiting = .init(.quietHours, until: bed.cloud.now.addingTimeInterval(60))
        #expect(try await deliveries.create(delivery) == delivery)
        var other = delivery
        other.status = .failed
        #expect(try await deliveries.create(other) == delivery)
        func due() async throws -> [Delivery] {
            var all: [Delivery] = []
            for shard in Identifier.dueShards { all += try await deliveries.due(shard: shard, at: bed.cloud.now, limit: 10) }
            return all
        }
        #expect(try await due().isEmpty)
        bed.cloud.advanceTime(bySeconds: 60)
        #expect(try await due() == [delivery])
        #expect(try await deliveries.stopWaiting(delivery))
        #expect(try await deliveries.stopWaiting(delivery) == false)
        #expect(try await due().isEmpty)
        var sent = delivery
        sent.waiting = nil
        let before = sent
        sent.status = .sent
        sent.attempts = 1
        try await deliveries.save(sent, replacing: before)
        await #expect(throws: ConditionFailed.self) { try await deliveries.save(sent, replacing: before) }
        #expect(try await deliveries.list(message: "m", organization: bed.organization, limit: 10) == [sent])
    }
}
