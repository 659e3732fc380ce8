import LambdaRuntime

await LambdaRuntime.run { environment in try StreamHandler(environment: environment) }
