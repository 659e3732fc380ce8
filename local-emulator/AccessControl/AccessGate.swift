/// Lets a function call only what its policies allow, as the cloud would, and keeps what it called.
package struct AccessGate: Sendable {
    /// One function's role.
    package struct Role: Sendable {
        /// `arn:aws:sts::123456789012:assumed-role/ApiFunctionRole/ApiFunction`, as error messages name a caller.
        package var sessionARN: String
        package var permissions: FunctionPermissions

        package init(sessionARN: String, permissions: FunctionPermissions) {
            self.sessionARN = sessionARN
            self.permissions = permissions
        }
    }

    private let reader: ServiceCallReader
    private let roles: [String: Role]
    private let record: AccessRecord

    /// - Parameter roles: by the functions' names.
    package init(reader: ServiceCallReader, roles: [String: Role], record: AccessRecord) {
        self.reader = reader
        self.roles = roles
        self.record = record
        for (name, role) in roles { record.add(name, role.permissions) }
    }

    /// The refusal that the request gets; nil if the function may.
    package func check(_ request: SignedRequest, by function: String) -> AccessDenial? {
        guard let role = roles[function], let (service, calls) = reader.read(request) else { return nil }
        for call in calls {
            let decision = role.permissions.decide(call)
            if decision != .allowed {
                return AccessDenial(service: service, caller: role.sessionARN, call: call, isExplicit: decision == .denied)
            }
        }
        record.add(calls, by: function)
        return nil
    }
}
