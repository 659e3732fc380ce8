import LambdaRuntime

await LambdaRuntime.run { environment in try await RoutingHandler(environment: environment) }
