extension ResourceReader {
    /// `AWS::Serverless::HttpApi`; its routes come from the functions' events.
    func readHTTPAPI(_ resource: ResourceDirectory.Resource, _ properties: PropertyReader) {
        if deployment.httpAPI != nil { properties.problem("a second AWS::Serverless::HttpApi is not supported by the emulator") }
        guard let identity = identity(resource.logicalID) else { return }
        var api = Deployment.HTTPAPI(id: identity.reference)
        api.stage = properties.text("StageName") ?? "$default"
        api.cors = readCORS(properties)
        if let auth = properties.object("Auth") {
            api.authorizers = readAuthorizers(auth)
            httpAPIDefaultAuthorizer = auth.text("DefaultAuthorizer")
            if let name = httpAPIDefaultAuthorizer, api.authorizers[name] == nil {
                let hint = Suggestion.text(for: name, among: api.authorizers.keys)
                auth.problem("DefaultAuthorizer names \(name), which is not among Authorizers\(hint)", at: "DefaultAuthorizer")
            }
            auth.refuseRest(of: "Auth", unsupported: ["EnableIamAuthorizer"])
        }
        properties.accept(CloudOnly.httpAPI)
        properties.refuseRest(of: "an HTTP API", unsupported: ["DefinitionBody", "DefinitionUri", "StageVariables"])
        httpAPILogicalID = resource.logicalID
        deployment.httpAPI = api
    }

    /// An `HttpApi` event: one route. Without a path it is the catch-all `$default` (AWS SAM, "HttpApi").
    func readHTTPAPIEvent(_ event: EventOfFunction) {
        let properties = event.properties
        joinAPI(of: event)
        let path = properties.text("Path")
        let method = properties.text("Method")?.uppercased()
        if (path == nil) != (method == nil) { properties.problem("Path and Method stand together or not at all") }
        let timeout = properties.integer("TimeoutInMillis", in: 50...30_000) ?? 30_000
        // API Gateway's quota for an HTTP API's integration is 30 seconds.
        let format = properties.text("PayloadFormatVersion") ?? "2.0"
        if format != "2.0" {
            properties.problem("the payload format \(format) is not supported by the emulator", at: "PayloadFormatVersion")
        }
        let authorizer = routeAuthorizer(event)
        properties.accept(["RouteSettings": "nothing throttles on one machine"])
        properties.refuseRest(of: "an HttpApi event")
        checkPath(path, method, properties)
        let route = Deployment.HTTPRoute(
            method: method == "X-AMAZON-APIGATEWAY-ANY-METHOD" ? "ANY" : method ?? "ANY", path: path ?? "$default",
            functionLogicalID: event.functionLogicalID, authorizer: authorizer, timeoutMilliseconds: timeout)
        if let other = deployment.httpAPI?.routes.first(where: { $0.key == route.key }) {
            properties.problem("the route \(route.key) is already that of \(other.functionLogicalID)")
        }
        deployment.httpAPI?.routes.append(route)
    }

    /// The event belongs to the template's API, or to SAM's implicit one when it names none.
    private func joinAPI(of event: EventOfFunction) {
        let named = event.properties.text("ApiId")
        if event.properties.has("ApiId"), named == nil { return }
        let logicalID = httpAPILogicalID ?? ResourceDirectory.implicitHTTPAPI
        if deployment.httpAPI == nil, let identity = identity(ResourceDirectory.implicitHTTPAPI) {
            httpAPILogicalID = ResourceDirectory.implicitHTTPAPI
            deployment.httpAPI = Deployment.HTTPAPI(id: identity.reference)
        }
        if let named, named != deployment.httpAPI?.id {
            event.properties.problem("ApiId must be !Ref \(logicalID)", at: "ApiId")
        } else if named == nil, httpAPILogicalID != ResourceDirectory.implicitHTTPAPI {
            event.properties.problem("without ApiId: !Ref \(logicalID) SAM would make a second API, which is not supported")
        }
    }

    private func routeAuthorizer(_ event: EventOfFunction) -> String? {
        guard let auth = event.properties.object("Auth") else { return httpAPIDefaultAuthorizer }
        let name = auth.text("Authorizer")
        auth.refuseRest(of: "Auth", unsupported: ["AuthorizationScopes", "InvokeRole"])
        guard let name else { return httpAPIDefaultAuthorizer }
        if name == "NONE" { return nil }
        let known = deployment.httpAPI?.authorizers.keys.sorted() ?? []
        if !known.contains(name) {
            auth.problem("there is no authorizer \(name)\(Suggestion.text(for: name, among: known))", at: "Authorizer")
        }
        return name
    }

    private func checkPath(_ path: String?, _ method: String?, _ properties: PropertyReader) {
        let methods = [
            "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "X-AMAZON-APIGATEWAY-ANY-METHOD",
        ]
        if let method, !methods.contains(method) {
            let hint = Suggestion.text(for: method, among: methods)
            properties.problem("there is no method \(method)\(hint)", at: "Method")
        }
        if let path, path != "$default", !path.hasPrefix("/") { properties.problem("Path must start with /", at: "Path") }
        let greedy = path?.split(separator: "/").firstIndex { $0.hasSuffix("+}") }
        if let path, let greedy, greedy != path.split(separator: "/").count - 1 {
            properties.problem("a greedy variable ({name+}) can only be the last part of Path", at: "Path")
        }
    }

    /// `CorsConfiguration`: `true` allows every origin; a map says it in detail (SAM translator 1.110,
    /// `HttpApiGenerator._add_cors`).
    private func readCORS(_ properties: PropertyReader) -> Deployment.CORS? {
        if properties.raw("CorsConfiguration")?.text != nil {
            return properties.boolean("CorsConfiguration") == true ? Deployment.CORS(allowOrigins: ["*"]) : nil
        }
        guard let cors = properties.object("CorsConfiguration") else { return nil }
        let configuration = Deployment.CORS(
            allowOrigins: cors.texts("AllowOrigins") ?? [], allowMethods: cors.texts("AllowMethods") ?? [],
            allowHeaders: cors.texts("AllowHeaders") ?? [], exposeHeaders: cors.texts("ExposeHeaders") ?? [],
            allowCredentials: cors.boolean("AllowCredentials") ?? false, maxAgeSeconds: cors.integer("MaxAge", in: -1...86_400))
        cors.refuseRest(of: "CorsConfiguration")
        if configuration.allowCredentials, configuration.allowOrigins.contains("*") {
            cors.problem("AllowCredentials cannot be true while AllowOrigins is *", at: "AllowCredentials")
        }
        return configuration
    }
}
