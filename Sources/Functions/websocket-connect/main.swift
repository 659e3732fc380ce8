import LambdaRuntime

await LambdaRuntime.run { environment in try WebSocketHandler(environment: environment) }
