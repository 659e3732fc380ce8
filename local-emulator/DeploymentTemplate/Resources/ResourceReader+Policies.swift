/// A function's `Policies`, as far as they can be evaluated here.
///
/// Source: AWS SAM Developer Guide, "AWS::Serverless::Function", `Policies`: one policy or a list, each a managed
/// policy's name or ARN, a SAM policy template, or a policy document.
extension ResourceReader {
    func readPermissions(_ properties: PropertyReader) -> Deployment.Function.Permissions {
        properties.accept(["PermissionsBoundary": CloudOnly.permissions, "RolePath": CloudOnly.permissions])
        if properties.has("Role") {
            _ = properties.resolved("Role")
            return .notEvaluated("its role is given")
        }
        guard let policies = properties.resolved("Policies") else { return .statements([]) }
        var statements: [Deployment.Function.Statement] = []
        for policy in policies.elements ?? [policies] {
            if let name = policy.text { return .notEvaluated("the managed policy \(name) is not known here") }
            guard let written = policy["Statement"] else {
                return .notEvaluated("the policy template \(policy.entries?.first?.key ?? policy.kind) is not known here")
            }
            for node in written.elements ?? [written] {
                switch statement(node) {
                case .success(let statement): statements.append(statement)
                case .failure(let reason): return .notEvaluated(reason.text)
                }
            }
        }
        return .statements(statements)
    }

    private struct NotEvaluated: Error {
        var text: String
    }

    private func statement(_ node: TemplateNode) -> Result<Deployment.Function.Statement, NotEvaluated> {
        let known = ["Sid", "Effect", "Action", "Resource"]
        if let other = node.entries?.first(where: { !known.contains($0.key) }) {
            return .failure(NotEvaluated(text: "a policy's \(other.key) is not evaluated here"))
        }
        guard let effect = node["Effect"]?.text, ["Allow", "Deny"].contains(effect), let actions = texts(node["Action"]),
            let resources = texts(node["Resource"])
        else { return .failure(NotEvaluated(text: "a policy's statement has another form than Effect, Action and Resource")) }
        return .success(
            Deployment.Function.Statement(
                id: node["Sid"]?.text ?? "", allows: effect == "Allow", actions: actions, resources: resources))
    }

    /// One text or a list of texts.
    private func texts(_ node: TemplateNode?) -> [String]? {
        guard let node else { return nil }
        let texts = (node.elements ?? [node]).compactMap(\.text)
        return texts.count == (node.elements?.count ?? 1) ? texts : nil
    }
}
