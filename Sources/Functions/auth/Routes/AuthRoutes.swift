import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// The seed's paths under `/auth`.
struct AuthRoutes: Sendable {
    let services: AuthServices

    func router() throws -> HTTPRouter {
        try HTTPRouter { routes in
            routes.usePlatform(time: services.time)
            routes.group("/auth", documented: Operation(tags: ["auth"], security: [])) { routes in
                routes.serveOpenAPI(.auth)
                declareOpen(&routes)
                declareForOrganization(&routes)
                declareForCallers(&routes)
            }
        }
    }

    private func declareOpen(_ routes: inout HTTPRoutes) {
        let tokens = Tokens(services: services)
        routes.post(
            "/refresh-token", .input(.object(.required("refresh_token", .text(length: 1...512)))),
            documented: Operation(
                "New tokens for a refresh token, which is used up by it",
                answers: [
                    200: .enveloped(AuthDocuments.tokens), 401: .refusal("The session has ended"),
                ])
        ) { request, token in try await tokens.refresh(token, context: request.context) }
    }

    /// Requests without a token; `X-Organization` says for whom. That it exists is looked at before any field.
    private func declareForOrganization(_ routes: inout HTTPRoutes) {
        let organization = HTTPInput<String?>.header(
            Field.optional("X-Organization", .text()).described("The organization; without it the deployment's own."))
        let unknown = [404: AnswerDocument.refusal("There is no such organization")]
        routes.group(documented: Operation(answers: unknown)) { routes in
            routes.before { $0[Tenant.self] = try await services.tenant($0.header("x-organization")) }
            routes.group { routes in
                let register = Register(services: services)
                routes.before { try await register.takeLimit(of: $0, try $0.tenant) }
                routes.post(
                    "/register", organization, .input(NewUser.schema), status: 201,
                    documented: Operation(
                        "A new user, who waits for a code and for approval",
                        answers: [
                            201: .enveloped(AuthDocuments.registered), 409: .refusal("The number or the address is taken"),
                        ])
                ) { request, _, input in try await register.answer(input, try request.tenant, request.context) }
            }
            routes.post(
                "/verify-sms", organization, .input(VerifySMS.schema),
                documented: Operation("The code that came by SMS", answers: [200: .enveloped(AuthDocuments.user)])
            ) { request, _, input in try await VerifySMS(services: services).answer(input, try request.tenant) }
            routes.post(
                "/login", organization, .input(Login.schema),
                documented: Operation(
                    "Begins a session",
                    description: "With a phone number alone a code is sent; with it and a code or a password, a session begins.",
                    answers: [
                        200: .enveloped(AuthDocuments.tokens),
                        202: .enveloped(.record(["code_sent": .boolean]), "A code is sent"),
                        401: .refusal("The number, the password or the code is wrong"),
                        403: .refusal("The account is not approved, or suspended"),
                    ])
            ) { request, _, input in try await Login(services: services).answer(input, try request.tenant, request.context) }
        }
    }

    private func declareForCallers(_ routes: inout HTTPRoutes) {
        let approval = Approval(services: services)
        let forCallers = Operation(security: ["token"], answers: AnswerDocument.forCallers)
        routes.group(documented: forCallers) { routes in
            routes.unknownParameters(.ignored)
            routes.post(
                "/logout",
                documented: Operation(
                    "Ends the token's session",
                    answers: [
                        200: .enveloped(.record(["ended": SchemaDocument(["const": true])]))
                    ])
            ) { request in try await Tokens(services: services).logout(try Caller(authorizer: request.authorizer)) }
        }
        routes.group(documented: forCallers) { routes in
            routes.before { $0[Approver.self] = Approver(user: try await approval.approver(of: $0)) }
            routes.get(
                "/approval-pending", .query(PageRequest.schema(sorts: ["created_at"], ascending: true)),
                documented: Operation(
                    "Who waits for approval, the longest first",
                    answers: [
                        200: .enveloped(list: AuthDocuments.user)
                    ])
            ) { request, page in try await approval.pending(try request.approver, page) }
            routes.post(
                "/approve-user", .input(Approval.schema),
                documented: Operation(
                    "Lets somebody in",
                    answers: [
                        200: .enveloped(AuthDocuments.user), 404: .refusal("There is no such user"),
                        409: .refusal("The user is approved already, or has entered no code"),
                    ])
            ) { request, input in try await approval.approve(input, by: try request.approver) }
        }
    }
}

/// The organization that a request without a token is for.
struct Tenant: Sendable {
    var organization: Organization
    var blueprint: Blueprint
}

/// Who approves, as the store has them now.
struct Approver: Sendable {
    var user: User
}

extension HTTPRequest {
    fileprivate var tenant: Tenant {
        get throws {
            guard let tenant = self[Tenant.self] else { throw PlatformError.notFound("organization") }
            return tenant
        }
    }

    fileprivate var approver: User {
        get throws {
            guard let approver = self[Approver.self] else { throw PlatformError.unauthorized }
            return approver.user
        }
    }
}

extension AuthServices {
    func tenant(_ name: String?) async throws -> Tenant {
        let (organization, blueprint) = try await directory.find(name ?? defaultOrganization)
        return Tenant(organization: organization, blueprint: blueprint)
    }

    /// Who makes a request with a token, as the store has them now.
    func caller(of request: HTTPRequest) async throws -> (user: User, blueprint: Blueprint) {
        let caller = try Caller(authorizer: request.authorizer)
        guard let user = try await users.get(caller.userID, organization: caller.organizationID) else {
            throw PlatformError.unauthorized
        }
        let (_, blueprint) = try await directory.find(caller.organizationID)
        return (user, blueprint)
    }

    /// A code for a phone number, on its way by SMS.
    func sendCode(
        _ purpose: CodeRepository.Purpose, to phone: PhoneNumber, of user: User, organization: Organization, blueprint: Blueprint
    ) async throws {
        let code = try await codes.issue(purpose, phoneHash: user.phoneHash, user: user.id, organization: organization.id)
        let minutes = CodeRepository.lifetimeSeconds / 60
        let text = MessageTemplates.fill(
            blueprint.templates.verificationSMS, ["code": code, "organization": organization.name, "minutes": String(minutes)])
        _ = try await sns.publish(
            .init(
                phoneNumber: phone.text, message: text,
                // Codes go by the reliable route, not the cheap one.
                messageAttributes: ["AWS.SNS.SMS.SMSType": .string("Transactional")]))
    }
}
