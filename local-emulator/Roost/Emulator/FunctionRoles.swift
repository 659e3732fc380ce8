import AccessControl
import DeploymentTemplate

extension AccessGate {
    /// The roles that SAM makes of the functions' `Policies`.
    init(_ deployment: Deployment, record: AccessRecord) {
        let secrets = deployment.secrets
        let reader = ServiceCallReader(
            region: deployment.region, accountID: deployment.accountID, webSocketAPIID: deployment.webSocketAPI?.id,
            secretARN: { id in
                // Secrets Manager takes the name, the ARN, and the ARN without the letters it added.
                secrets.first { $0.name == id || $0.arn == id || $0.arn.dropLast(7) == id }?.arn
            })
        let roles = deployment.functions.map { function in
            let role = Role(
                sessionARN: "arn:aws:sts::\(deployment.accountID):assumed-role/\(function.logicalID)Role/\(function.name)",
                permissions: FunctionPermissions(function.permissions))
            return (function.name, role)
        }
        self.init(reader: reader, roles: Dictionary(roles) { first, _ in first }, record: record)
    }
}

extension FunctionPermissions {
    fileprivate init(_ permissions: Deployment.Function.Permissions) {
        self =
            switch permissions {
            case .notEvaluated(let reason): .notEvaluated(reason)
            case .statements(let statements):
                .statements(
                    statements.map {
                        PolicyStatement(
                            id: $0.id, effect: $0.allows ? .allow : .deny, actions: $0.actions, resources: $0.resources)
                    })
            }
    }
}

extension Deployment {
    /// A line for each function whose calls are not checked.
    var uncheckedFunctions: [String] {
        functions.compactMap { function in
            guard case .notEvaluated(let reason) = function.permissions else { return nil }
            return "\(function.name): its calls are not checked against its policies: \(reason)"
        }
    }
}
