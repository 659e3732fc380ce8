/// One system on the platform, as a value: an organization is created from it.
package struct Blueprint: Sendable {
    /// `classmates`; kept with each organization.
    package var name: String
    package var roles: [Role]
    package var resources: [ResourceType]
    package var templates: MessageTemplates
    package var limits: Limits

    package init(name: String, roles: [Role], resources: [ResourceType], templates: MessageTemplates, limits: Limits) {
        self.name = name
        self.roles = roles
        self.resources = resources
        self.templates = templates
        self.limits = limits
    }

    /// A role without an entry has no permission.
    package func allows(role: String, _ permission: Permission) -> Bool {
        roles.first { $0.name == role }?.permissions.contains { $0.covers(permission) } ?? false
    }

    package func resource(_ name: String) -> ResourceType? {
        resources.first { $0.name == name }
    }
}

/// `resource:action`; `*` as the action covers every one, and `*:*` everything.
package struct Permission: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package var resource: String
    package var action: String

    package init(resource: String, action: String) {
        self.resource = resource
        self.action = action
    }

    package init(stringLiteral text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        precondition(parts.count == 2, "a permission is written resource:action")
        self.init(resource: String(parts[0]), action: String(parts[1]))
    }

    package var description: String { "\(resource):\(action)" }

    func covers(_ other: Permission) -> Bool {
        (resource == "*" || resource == other.resource) && (action == "*" || action == other.action)
    }
}

package struct Role: Sendable {
    package var name: String
    package var permissions: Set<Permission>

    package init(_ name: String, permissions: Set<Permission>) {
        self.name = name
        self.permissions = permissions
    }
}
