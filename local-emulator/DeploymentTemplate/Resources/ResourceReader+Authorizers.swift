extension ResourceReader {
    /// `Auth.Authorizers` of an HTTP API (AWS SAM, "LambdaAuthorizer").
    func readAuthorizers(_ auth: PropertyReader) -> [String: Deployment.Authorizer] {
        var authorizers: [String: Deployment.Authorizer] = [:]
        for (name, properties) in auth.objectMap("Authorizers") {
            authorizers[name] = readAuthorizer(properties)
        }
        return authorizers
    }

    private func readAuthorizer(_ properties: PropertyReader) -> Deployment.Authorizer? {
        if properties.has("JwtConfiguration") {
            properties.problem("JWT authorizers are not supported by the emulator", at: "JwtConfiguration")
            return nil
        }
        let function = functionLogicalID(properties, "FunctionArn")
        let format = properties.requiredText("AuthorizerPayloadFormatVersion")
        if let format, format != "2.0" {
            properties.problem(
                "authorizer payload format \(format) is not supported by the emulator", at: "AuthorizerPayloadFormatVersion")
        }
        let simple = properties.boolean("EnableSimpleResponses") ?? false
        var sources: [String] = []
        var seconds = 0
        if let identity = properties.object("Identity") {
            sources += (identity.texts("Headers") ?? []).map { "$request.header.\($0)" }
            sources += (identity.texts("QueryStrings") ?? []).map { "$request.querystring.\($0)" }
            sources += (identity.texts("Context") ?? []).map { "$context.\($0)" }
            seconds = identity.integer("ReauthorizeEvery", in: 0...3600) ?? 0
            identity.refuseRest(of: "Identity", unsupported: ["StageVariables"])
        }
        if seconds > 0, sources.isEmpty {
            properties.problem("ReauthorizeEvery needs at least one identity source", at: "Identity")
        }
        properties.accept(["EnableFunctionDefaultPermissions": "permissions", "FunctionInvokeRole": "permissions"])
        properties.refuseRest(of: "an authorizer", unsupported: ["AuthorizationScopes", "IdentitySource"])
        guard let function else { return nil }
        return Deployment.Authorizer(
            functionLogicalID: function, identitySources: sources, cacheSeconds: seconds, simpleResponses: simple)
    }

    /// `Auth` of a WebSocket API: one authorizer, of `$connect` (SAM translator 1.110, `WebSocketApiGenerator`).
    func readWebSocketAuth(_ auth: PropertyReader) -> Deployment.Authorizer? {
        let type = auth.requiredText("AuthType")
        if type == "NONE" { return nil }
        guard type == "CUSTOM" else {
            if let type { auth.problem("the AuthType \(type) is not supported by the emulator", at: "AuthType") }
            return nil
        }
        let function = functionLogicalID(auth, "AuthArn")
        let sources = auth.texts("IdentitySource") ?? []
        auth.accept(["InvokeRole": "permissions", "Name": "a text for people"])
        auth.refuseRest(of: "Auth")
        for source in sources where !source.hasPrefix("route.request.header.") && !source.hasPrefix("route.request.querystring.")
        {
            auth.problem("the identity source \(source) is not supported by the emulator", at: "IdentitySource")
        }
        return function.map {
            Deployment.Authorizer(functionLogicalID: $0, identitySources: sources, payloadFormatVersion: "1.0")
        }
    }
}
