import LambdaRuntime

await LambdaRuntime.run { environment in try await APIHandler(environment: environment) }
