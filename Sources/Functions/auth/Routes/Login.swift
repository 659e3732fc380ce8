import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// `POST /auth/login`: with a phone number alone a code is sent; with it and a code or a password, a session begins.
///
/// Checked in this order: fields, limit, credentials, state of the account. What is wrong with the account is told only
/// to who has shown that it is theirs.
struct Login: Sendable {
    enum Proof: Sendable {
        case code(String)
        case password(String)
    }

    struct Input: Sendable {
        var phone: PhoneNumber
        var code: String?
        var password: String?

        var proof: Proof? { code.map(Proof.code) ?? password.map(Proof.password) }
    }

    static let schema = Schema.object(
        Input.init, .required("phone_number", .phone), .optional("code", .text(length: 6...6)),
        .optional("password", .text(length: 1...Passwords.length.upperBound))
    ).one(of: ["code", "password"], isRequired: false)

    private static let wrong = PlatformError(.invalidCredentials, "The phone number, the password or the code is wrong")

    let services: AuthServices

    func answer(_ input: Input, _ tenant: Tenant, _ context: LambdaContext) async throws -> HTTPResponse {
        let (organization, blueprint) = (tenant.organization, tenant.blueprint)
        let phoneHash = services.vault.hash(input.phone, organization: organization.id)
        guard let proof = input.proof else {
            return try await sendCode(to: input.phone, phoneHash: phoneHash, organization, blueprint, context)
        }
        try await services.limiter.take(blueprint.limits.logins, organization: organization.id, key: phoneHash)
        var user = try await user(proving: proof, phoneHash: phoneHash, organization: organization.id)
        try Self.checkState(of: user)
        if user.status == .approved {
            var active = user
            active.status = .active
            user = try await services.users.save(active, replacing: user)
        }
        let token = try await services.sessions.start(user: user.id, organization: organization.id)
        return Envelope.success(try services.tokens(for: user, token))
    }

    /// The answer is the same whether somebody has that number or not, even if their SMS does not go out.
    private func sendCode(
        to phone: PhoneNumber, phoneHash: String, _ organization: Organization, _ blueprint: Blueprint, _ context: LambdaContext
    ) async throws -> HTTPResponse {
        try await services.limiter.take(blueprint.limits.smsCodes, organization: organization.id, key: phoneHash)
        if let user = try await services.users.find(phoneHash: phoneHash, organization: organization.id),
            user.status != .suspended
        {
            let purpose: CodeRepository.Purpose = user.phoneVerified ? .login : .verification
            do {
                try await services.sendCode(purpose, to: phone, of: user, organization: organization, blueprint: blueprint)
            } catch {
                context.log.error("code not sent", ["userId": user.id, "error": ErrorCatalogue.logText(for: error)])
            }
        }
        return Envelope.success(["code_sent": true], status: 202)
    }

    private func user(proving proof: Proof, phoneHash: String, organization: String) async throws -> User {
        switch proof {
        case .code(let code):
            guard let id = try await services.codes.redeem(code, .login, phoneHash: phoneHash, organization: organization),
                let user = try await services.users.get(id, organization: organization), user.phoneHash == phoneHash
            else { throw Self.wrong }
            return user
        case .password(let password):
            let user = try await services.users.find(phoneHash: phoneHash, organization: organization)
            guard try Passwords.verify(password, hash: user?.passwordHash), let user else { throw Self.wrong }
            return user
        }
    }

    private static func checkState(of user: User) throws {
        guard user.phoneVerified else {
            throw PlatformError(.pendingApproval, "Enter the code that was sent to your phone first")
        }
        switch user.status {
        case .pending: throw PlatformError(.pendingApproval, "Your account is not approved yet")
        case .suspended: throw PlatformError(.suspended, "Your account is suspended")
        case .approved, .active: return
        }
    }
}

extension AuthServices {
    /// What a login and a refresh answer.
    func tokens(for user: User, _ refresh: RefreshToken) throws -> JSONValue {
        let access = AccessToken(user: user, sessionID: refresh.sessionID, at: time.now)
        return [
            "access_token": .string(try signer.sign(access)), "token_type": "Bearer",
            "expires_in": .integer(AccessToken.lifetimeSeconds), "refresh_token": .string(refresh.text),
            "refresh_expires_in": .integer(SessionRepository.idleSeconds), "user": user.summaryJSON,
        ]
    }
}
