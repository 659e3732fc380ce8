extension ResourceReader {
    /// `AWS::Serverless::WebSocketApi` (SAM translator 1.110, `SamWebSocketApi`).
    func readWebSocketAPI(_ resource: ResourceDirectory.Resource, _ properties: PropertyReader) {
        if deployment.webSocketAPI != nil {
            properties.problem("a second AWS::Serverless::WebSocketApi is not supported by the emulator")
        }
        let selection = properties.requiredText("RouteSelectionExpression")
        if let selection, !selection.hasPrefix("$request.body.") {
            properties.problem("only $request.body.NAME is supported by the emulator", at: "RouteSelectionExpression")
        }
        let stage = properties.text("StageName") ?? "default"
        // "Stages cannot be named $default for WebSocket APIs." (SAM translator)
        if stage == "$default" { properties.problem("the stage of a WebSocket API cannot be $default", at: "StageName") }
        let authorizer = properties.object("Auth").flatMap(readWebSocketAuth)
        let routes = readRoutes(properties)
        if authorizer != nil, routes["$connect"] == nil { properties.problem("Auth needs a $connect route", at: "Auth") }
        properties.accept(CloudOnly.webSocketAPI)
        properties.refuseRest(
            of: "a WebSocket API", unsupported: ["ApiKeySelectionExpression", "DisableSchemaValidation", "StageVariables"])
        guard let selection, let identity = identity(resource.logicalID) else { return }
        deployment.webSocketAPI = Deployment.WebSocketAPI(
            id: identity.reference, stage: stage, routeSelectionExpression: selection, routes: routes, authorizer: authorizer)
    }

    private func readRoutes(_ properties: PropertyReader) -> [String: Deployment.WebSocketRoute] {
        var routes: [String: Deployment.WebSocketRoute] = [:]
        for (key, route) in properties.objectMap("Routes") {
            // Other keys are API Gateway's to take, but SAM refuses them: "Route key '…' must be alphanumeric".
            if !["$connect", "$disconnect", "$default"].contains(key),
                !key.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
            {
                route.problem("the route key \(key) must be $connect, $disconnect, $default, or letters and digits")
            }
            let function = functionLogicalID(route, "FunctionArn")
            // API Gateway's quota for a WebSocket API's integration is 29 seconds.
            let timeout = route.integer("IntegrationTimeout", in: 50...29_000) ?? 29_000
            route.accept(["OperationName": "a text for people"])
            route.refuseRest(
                of: "a route",
                unsupported: [
                    "ApiKeyRequired", "ModelSelectionExpression", "RequestModels", "RequestParameters",
                    "RouteResponseSelectionExpression",
                ])
            if let function {
                routes[key] = Deployment.WebSocketRoute(functionLogicalID: function, timeoutMilliseconds: timeout)
            }
        }
        if !properties.has("Routes") { properties.problem("property Routes is required") }
        return routes
    }
}
