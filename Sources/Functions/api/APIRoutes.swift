import FunctionToolkit
import LambdaEvents
import Platform

/// The paths of this function.
///
/// Checked in this order: the path (404) and its method (405), the caller (401, 403), their limit (429), their permission
/// (403), the fields (400), then what the store says.
struct APIRoutes: Sendable {
    let services: APIServices

    func router() throws -> HTTPRouter {
        let names = services.directory.blueprintNames
        return try HTTPRouter { routes in
            routes.usePlatform(time: services.time)
            routes.group { routes in
                // Whatever looks at it may add what it likes.
                routes.unknownParameters(.ignored)
                routes.get("/health", documented: .health) { _ in try await Health.answer(services) }
            }
            routes.get(
                "/openapi.json", .query(.optional("blueprint", .choice(of: names), default: names.first ?? "")),
                documented: .openAPI
            ) { _, name in try document(of: services.directory.blueprint(named: name)) }
            try declare(&routes, documenting: names.first.flatMap(services.directory.blueprint(named:)))
        }
    }

    /// The same routes with the bounds that a blueprint sets.
    private func document(of blueprint: Blueprint?) throws -> JSONValue {
        try HTTPRouter { routes in
            routes.get("/health", documented: .health) { _ in NoContent() }
            try declare(&routes, documenting: blueprint)
        }.openAPI(.api)
    }

    /// - Parameter blueprint: whose bounds the document shows. A request is checked by those of its caller's.
    private func declare(_ routes: inout HTTPRoutes, documenting blueprint: Blueprint?) throws {
        routes.group("/api", documented: .forCallers) { routes in
            routes.before { try await admit(&$0) }
            routes.group("/users", documented: Operation(tags: ["users"])) { declareUsers(&$0, blueprint?.resource("users")) }
            routes.group("/forums", documented: Operation(tags: ["forums"])) {
                declareForums(&$0, blueprint?.resource("forums"))
            }
            routes.group(documented: Operation(tags: ["messages"])) { declareMessages(&$0) }
            routes.group("/preferences", documented: Operation(tags: ["preferences"])) { declarePreferences(&$0) }
        }
    }

    private func declareUsers(_ routes: inout HTTPRoutes, _ type: ResourceType?) {
        routes.permitted("profile:read") {
            $0.get("/me", documented: Operation("One's own record", answers: [200: .enveloped(UserDocuments.own)])) {
                try OwnUser.get(try $0.call)
            }
        }
        routes.permitted("profile:update") {
            $0.put(
                "/me",
                .input(documented: OwnUser.change(of: nil, type)) { @Sendable request in
                    OwnUser.change(of: try request.call.user, try request.call.resource("users"))
                },
                documented: Operation(
                    "Changes the members that are given", description: "null takes an optional one away.",
                    answers: [200: .enveloped(UserDocuments.own)])
            ) { request, change in try await OwnUser.put(try request.call, change) }
        }
        routes.permitted("users:read") {
            $0.get(
                "/{id}", .path("id", .identifierInPath),
                documented: Operation(
                    "Somebody, as far as their privacy lets the caller see them",
                    answers: [
                        200: .enveloped(UserDocuments.other), 404: .refusal("There is no such user"),
                    ])
            ) { request, id in try await OtherUser.get(try request.call, id) }
        }
        routes.notBuilt("GET", "/search", "The search for users")
        routes.notBuilt("GET", "", "The filtering of users")
    }

    private func declareForums(_ routes: inout HTTPRoutes, _ type: ResourceType?) {
        routes.permitted("forums:read") { routes in
            routes.get(
                "",
                .query(documented: PageRequest.schema(sorts: type?.sortOrders ?? ["created_at"], ascending: true)) {
                    @Sendable request in
                    PageRequest.schema(sorts: try request.call.resource("forums").sortOrders, ascending: true)
                },
                documented: Operation(
                    "The forums that the caller may see", answers: [200: .enveloped(list: ForumDocuments.forum)])
            ) { request, page in try await Forums.list(try request.call, page) }
            routes.get(
                "/{id}", .path("id", .identifierInPath),
                documented: Operation(
                    "A forum, and the caller's place in it",
                    answers: [
                        200: .enveloped(ForumDocuments.detail), 404: .refusal("There is no such forum"),
                    ])
            ) { request, id in try await Forums.get(try request.call, id) }
        }
        routes.permitted("forums:create") {
            $0.post(
                "",
                .input(documented: Forums.draft(type)) { @Sendable request in Forums.draft(try request.call.resource("forums")) },
                status: 201, documented: Operation("A new forum", answers: [201: .enveloped(ForumDocuments.forum)])
            ) { request, draft in try await Forums.create(try request.call, draft) }
        }
        routes.permitted("forums:join") { routes in
            routes.post(
                "/{id}/join", .path("id", .identifierInPath), status: 201,
                documented: Operation(
                    "The caller becomes a member",
                    answers: [
                        201: .enveloped(ForumDocuments.membership), 404: .refusal("There is no such forum"),
                        409: .refusal("The caller is one already"),
                    ])
            ) { request, id in try await ForumMembership.join(try request.call, id) }
            routes.post(
                "/{id}/leave", .path("id", .identifierInPath),
                documented: Operation(
                    "The caller is a member no more",
                    answers: [
                        200: .enveloped(ForumDocuments.left), 404: .refusal("There is no such forum"),
                        409: .refusal("The caller is none"),
                    ])
            ) { request, id in try await ForumMembership.leave(try request.call, id) }
        }
        routes.notBuilt("PUT", "/{id}", "The changing of forums")
        routes.notBuilt("DELETE", "/{id}", "The deletion of forums")
    }

    private func declareMessages(_ routes: inout HTTPRoutes) {
        let page = PageRequest.schema(sorts: MessageRepository.sorts, ascending: false)
        routes.permitted("messages:read") { routes in
            routes.get(
                "/messages", .query(page), .query(.optional("forum_id", .identifierInPath)),
                .query(.optional("user_id", .identifierInPath)),
                documented: Operation(
                    "Messages, the newest first",
                    description: "With forum_id a forum's, with user_id those between the caller and that user, with neither "
                        + "all direct messages from and to the caller and the caller's own posts.",
                    answers: [
                        200: .enveloped(list: MessageDocuments.message), 404: .refusal("There is no such user or forum"),
                    ])
            ) { request, page, forum, user in try await MessageLists.list(try request.call, page, forum: forum, user: user) }
            routes.get(
                "/conversations/{id}", .path("id", .identifierInPath), .query(page),
                documented: Operation(
                    "The messages between the caller and a user, the newest first",
                    answers: [
                        200: .enveloped(list: MessageDocuments.message), 404: .refusal("There is no such user"),
                    ])
            ) { request, user, page in try await MessageLists.conversation(try request.call, with: user, page) }
            routes.get(
                "/messages/{id}", .path("id", .identifierInPath),
                documented: Operation(
                    "A message that the caller may read",
                    answers: [
                        200: .enveloped(MessageDocuments.message), 404: .refusal("There is no such message"),
                    ])
            ) { request, id in try await Messages.get(try request.call, id) }
        }
        routes.permitted("messages:create") {
            $0.post(
                "/messages", .input(MessageDraft.schema), status: 201,
                documented: Operation(
                    "A new message to somebody or to a forum",
                    answers: [
                        201: .enveloped(MessageDocuments.message), 404: .refusal("There is no such recipient or forum"),
                    ])
            ) { request, draft in try await Messages.create(try request.call, draft) }
        }
    }

    private func declarePreferences(_ routes: inout HTTPRoutes) {
        let answers = [200: AnswerDocument.enveloped(PreferencesDocuments.preferences)]
        routes.permitted("preferences:read") {
            $0.get("", documented: Operation("How and when the caller wants to be reached", answers: answers)) {
                try await OwnPreferences.get(try $0.call)
            }
        }
        routes.permitted("preferences:update") {
            $0.put(
                "",
                .input(documented: PreferencesChange.schema(zones: services.timeZones, user: nil)) { @Sendable request in
                    PreferencesChange.schema(zones: services.timeZones, user: try request.call.user)
                },
                documented: Operation(
                    "Changes the members that are given", description: "null takes the quiet hours away.", answers: answers)
            ) { request, change in try await OwnPreferences.put(try request.call, change) }
        }
    }

    /// Finds out who calls, as the store has them now, and takes the call from their limit.
    private func admit(_ request: inout HTTPRequest) async throws {
        let caller = try Caller(authorizer: request.authorizer)
        async let found = services.users.get(caller.userID, organization: caller.organizationID)
        let (_, blueprint) = try await services.directory.find(caller.organizationID)
        guard let user = try await found else { throw PlatformError.unauthorized }
        try MessageAccess.checkParticipation(user.status)
        try await services.limiter.take(blueprint.limits.apiCalls, organization: user.organizationID, key: user.id)
        request[Call.self] = Call(user: user, blueprint: blueprint, services: services)
    }
}

extension HTTPRoutes {
    /// Routes for whose role has a permission; it is looked at before their fields are.
    fileprivate mutating func permitted(_ permission: Permission, _ declare: (inout HTTPRoutes) -> Void) {
        group { routes in
            routes.before { try $0.call.require(permission) }
            declare(&routes)
        }
    }

    /// What is in the plan, but not in the code: 501 with its name.
    fileprivate mutating func notBuilt(_ method: String, _ path: String, _ what: String) {
        group { routes in
            routes.unknownParameters(.ignored)
            let document = AnswerDocument.refusal("\(what) is not built yet")
            routes.on(method, path, status: 501, documented: Operation("Not built yet", answers: [501: document])) {
                _ -> HTTPResponse in throw PlatformError.notBuilt(what)
            }
        }
    }
}

extension HTTPRequest {
    /// Of a route that is for callers only.
    fileprivate var call: Call {
        get throws {
            guard let call = self[Call.self] else { throw PlatformError.unauthorized }
            return call
        }
    }
}
