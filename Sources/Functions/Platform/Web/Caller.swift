package import LambdaEvents

/// Who makes a request, from the context that the authorizer gave the gateway.
package struct Caller: Sendable, Equatable {
    package var organizationID: String
    package var userID: String
    package var sessionID: String
    package var role: String
    package var name: String
    package var status: UserStatus

    package init(organizationID: String, userID: String, sessionID: String, role: String, name: String, status: UserStatus) {
        self.organizationID = organizationID
        self.userID = userID
        self.sessionID = sessionID
        self.role = role
        self.name = name
        self.status = status
    }

    /// - Parameter authorizer: `requestContext.authorizer.lambda` of an HTTP request, `requestContext.authorizer` of a socket's.
    /// - Throws: ``PlatformError/unauthorized`` if it is missing or incomplete.
    package init(authorizer: [String: JSONValue]?) throws(PlatformError) {
        guard let organization = authorizer?["organization_id"]?.stringValue, OrganizationID.isValid(organization),
            let user = authorizer?["user_id"]?.stringValue, Identifier.isValid(user),
            let session = authorizer?["session_id"]?.stringValue, let role = authorizer?["role"]?.stringValue,
            let name = authorizer?["name"]?.stringValue,
            let status = authorizer?["status"]?.stringValue.flatMap(UserStatus.init)
        else { throw .unauthorized }
        self.init(organizationID: organization, userID: user, sessionID: session, role: role, name: name, status: status)
    }

    /// The same as a context that an authorizer answers; every value is a text, since a socket's context holds nothing else.
    package func authorizerContext(expiresAt: Int64) -> [String: JSONValue] {
        [
            "organization_id": .string(organizationID), "user_id": .string(userID), "session_id": .string(sessionID),
            "role": .string(role), "name": .string(name), "status": .string(status.rawValue),
            "expires_at": .string(String(expiresAt)),
        ]
    }
}
