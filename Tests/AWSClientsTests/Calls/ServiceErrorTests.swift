import AWSClients
import Foundation
import LambdaEvents
import Testing

@Suite("a service's refusal becomes a typed error")
struct ServiceErrorTests {
    private func error(_ step: ScriptedTransport.Step) async throws -> AWSServiceError? {
        let client = DynamoDBClient(transport: ScriptedTransport(step), retry: .none)
        return await #expect(throws: AWSServiceError.self) {
            try await client.putItem(.init(tableName: "t", item: [:]))
        }
    }

    @Test("a failed condition with the item as it is")
    func conditionalCheck() async throws {
        let error = try await error(
            .json(
                #"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed","Item":{"pk":{"S":"a"}}}"#,
                status: 400, headers: [("x-amzn-RequestId", "R1")]))
        #expect(
            error
                == AWSServiceError(
                    service: .dynamoDB, operation: "PutItem", code: "ConditionalCheckFailedException",
                    message: "The conditional request failed", status: 400, requestID: "R1", item: ["pk": .string("a")]))
        #expect(error?.isConditionalCheckFailure == true && error?.isRetryable == false)
    }

    @Test("a cancelled transaction with a reason for each of its items")
    func transactionCancelled() async throws {
        let error = try await error(
            .json(
                #"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"Transaction cancelled","CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Message":"The conditional request failed","Item":{"pk":{"S":"b"}}}]}"#,
                status: 400))
        #expect(error?.message == "Transaction cancelled")
        #expect(
            error?.cancellationReasons == [
                .init(code: "None"),
                .init(code: "ConditionalCheckFailed", message: "The conditional request failed", item: ["pk": .string("b")]),
            ])
        #expect(error?.failedConditions == [1])
    }

    @Test("the name comes from the header first, without namespace and without the address after it")
    func nameFromHeader() async throws {
        let error = try await error(
            .json(
                #"{"message":"m","code":"other"}"#, status: 403,
                headers: [("x-amzn-errortype", "aws.protocoltests#FooError:http://internal.amazon.com/coral/x/")]))
        #expect(error?.code == "FooError")
        #expect(error?.description == "dynamodb PutItem: FooError (403): m")
    }

    @Test("an answer that is no JSON still says its status")
    func proxyPage() async throws {
        let error = try await error(.json("<html>bad gateway</html>", status: 502))
        #expect(error?.code == "HTTP502" && error?.message == "" && error?.isRetryable == true)
    }

    @Test("a success that cannot be read names the place and not the value")
    func unreadable() async throws {
        let client = DynamoDBClient(transport: ScriptedTransport(json: #"{"Item":{"pk":{"S":["secret"]}}}"#))
        let error = await #expect(throws: AWSUnreadableAnswer.self) {
            try await client.getItem(.init(tableName: "t", key: [:]))
        }
        #expect(error?.reason == "Item.pk.S is no String")
    }
}
