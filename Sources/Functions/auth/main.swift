import LambdaRuntime

await LambdaRuntime.run { environment in try await AuthHandler(environment: environment) }
