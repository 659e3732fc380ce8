import Foundation
import Testing

@testable import LambdaRuntime

@Suite("The environment and the test context")
struct LambdaEnvironmentTests {
    @Test("a required variable that is missing or empty is named")
    func required() throws {
        let environment = LambdaEnvironment(variables: ["TABLE": "orders", "QUEUE": ""])
        #expect(try environment.require("TABLE") == "orders")
        #expect(throws: LambdaEnvironment.MissingVariable(name: "QUEUE")) { try environment.require("QUEUE") }
        #expect(throws: LambdaEnvironment.MissingVariable(name: "BUCKET")) { try environment.require("BUCKET") }
    }

    @Test("Lambda's own variables are read under their names")
    func names() {
        let environment = LambdaEnvironment(variables: [
            "AWS_LAMBDA_FUNCTION_NAME": "f", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
            "_HANDLER": "api", "LAMBDA_TASK_ROOT": "/var/task", "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_LAMBDA_RUNTIME_API": "h:1",
        ])
        #expect(environment.functionName == "f")
        #expect(environment.functionVersion == "$LATEST")
        #expect(environment.memorySizeMegabytes == 256)
        #expect(environment.handlerName == "api")
        #expect(environment.taskRoot == "/var/task")
        #expect(environment.region == "eu-west-1")
        #expect(environment.runtimeAPI == "h:1")
    }

    @Test("a test's context has its time left and writes no log unless asked to")
    func testContext() {
        let lines = LogLines()
        let context = LambdaContext.test(remaining: .seconds(5), tenantID: "t", log: LambdaLog { lines.add($0) })
        #expect(context.remaining > .seconds(4) && context.remaining <= .seconds(5))
        #expect(context.tenantID == "t")
        context.log.info("seen")
        #expect(lines.all.count == 1)
    }
}
