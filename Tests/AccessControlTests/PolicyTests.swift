import Foundation
import Testing

@testable import AccessControl

@Suite("A function may call what its policies allow")
struct PolicyTests {
    @Test(
        "a pattern covers what IAM says it covers",
        arguments: [
            ("*", "", true), ("*", "arn:aws:sqs:x", true), ("table/*", "table/a/index/b", true), ("table/?", "table/a", true),
            ("table/?", "table/ab", false), ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-b-c-d", false),
            ("table/a", "table/A", false),
            ("identity/*", "identity/", true), ("", "a", false), ("a**", "a", true),
        ])
    func wildcards(pattern: String, text: String, covers: Bool) {
        #expect(Wildcard.matches(pattern, text) == covers)
    }

    @Test("the case of an action plays no part, that of a resource does")
    func letters() {
        let statement = PolicyStatement(actions: ["DynamoDB:Get*"], resources: ["arn:aws:dynamodb:r:1:table/T"])
        #expect(statement.covers(ServiceCall("dynamodb:GetItem", on: "arn:aws:dynamodb:r:1:table/T")))
        #expect(!statement.covers(ServiceCall("dynamodb:GetItem", on: "arn:aws:dynamodb:r:1:table/t")))
    }

    @Test("an explicit deny wins, whatever allows it")
    func deny() {
        let call = ServiceCall("sqs:SendMessage", on: "arn:aws:sqs:r:1:q")
        let allow = PolicyStatement(actions: ["sqs:*"], resources: ["*"])
        let deny = PolicyStatement(effect: .deny, actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:r:1:q"])
        #expect(FunctionPermissions.statements([allow]).decide(call) == .allowed)
        #expect(FunctionPermissions.statements([deny, allow]).decide(call) == .denied)
        #expect(FunctionPermissions.statements([]).decide(call) == .notAllowed)
        #expect(FunctionPermissions.notEvaluated("a role").decide(call) == .allowed)
    }
}

@Suite("A request says which actions it needs")
struct ServiceCallReaderTests {
    private let reader = ServiceCallReader(
        region: "eu-central-1", accountID: "1", webSocketAPIID: "socketapi",
        secretARN: { $0 == "stack/key" ? "arn:aws:secretsmanager:eu-central-1:1:secret:stack/key-abcdef" : nil })

    private func calls(_ target: String, _ body: String, method: String = "POST", path: String = "/") -> [String]? {
        reader.read(SignedRequest(method: method, path: path, target: target, body: Data(body.utf8)))?.calls
            .map { "\($0.action) \($0.resource)" }
    }

    @Test(
        "of DynamoDB: a table, an index, each table of a batch, each action of a transaction",
        arguments: [
            ("GetItem", #"{"TableName":"t"}"#, ["dynamodb:GetItem arn:aws:dynamodb:eu-central-1:1:table/t"]),
            (
                "Query", #"{"TableName":"t","IndexName":"i","Limit":3}"#,
                ["dynamodb:Query arn:aws:dynamodb:eu-central-1:1:table/t/index/i"]
            ),
            (
                "GetItem", #"{"TableName":"arn:aws:dynamodb:eu-central-1:1:table/t"}"#,
                ["dynamodb:GetItem arn:aws:dynamodb:eu-central-1:1:table/t"]
            ),
            (
                "BatchGetItem", #"{"RequestItems":{"b":{"Keys":[]},"a":{"Keys":[]}}}"#,
                [
                    "dynamodb:BatchGetItem arn:aws:dynamodb:eu-central-1:1:table/a",
                    "dynamodb:BatchGetItem arn:aws:dynamodb:eu-central-1:1:table/b",
                ]
            ),
            (
                "TransactWriteItems",
                #"{"TransactItems":[{"Put":{"TableName":"t","Item":{}}},{"ConditionCheck":{"TableName":"t"}},{"Put":{"TableName":"t"}}]}"#,
                [
                    "dynamodb:ConditionCheckItem arn:aws:dynamodb:eu-central-1:1:table/t",
                    "dynamodb:PutItem arn:aws:dynamodb:eu-central-1:1:table/t",
                ]
            ),
            (
                "ExecuteStatement", #"{"Statement":"select a from \"t\".\"i\" where b = ?","Parameters":[{"S":"x"}]}"#,
                ["dynamodb:PartiQLSelect arn:aws:dynamodb:eu-central-1:1:table/t/index/i"]
            ),
            (
                "ExecuteTransaction",
                #"{"TransactStatements":[{"Statement":"DELETE FROM t WHERE a = 1"},{"Statement":"FROM t WHERE a = 2 SET b = 1"}]}"#,
                [
                    "dynamodb:PartiQLDelete arn:aws:dynamodb:eu-central-1:1:table/t",
                    "dynamodb:PartiQLUpdate arn:aws:dynamodb:eu-central-1:1:table/t",
                ]
            ),
            (
                "BatchExecuteStatement",
                #"{"Statements":[{"Statement":"INSERT INTO t VALUE {'a': 1}"},{"Statement":"no statement"}]}"#,
                ["dynamodb:PartiQLInsert arn:aws:dynamodb:eu-central-1:1:table/t"]
            ),
            ("ListTables", "{}", ["dynamodb:ListTables *"]),
            ("GetItem", "no JSON", []),
            ("GetItem", #"{"TableName":7}"#, []),
        ])
    func dynamoDB(operation: String, body: String, expected: [String]) {
        #expect(calls("DynamoDB_20120810.\(operation)", body) == expected)
    }

    @Test("of queues: a batch needs the permission of the single action")
    func queues() {
        let body = #"{"QueueUrl":"http://127.0.0.1:4566/1/jobs","Entries":[]}"#
        #expect(calls("AmazonSQS.SendMessageBatch", body) == ["sqs:SendMessage arn:aws:sqs:eu-central-1:1:jobs"])
    }

    @Test("of secrets: by name or by ARN")
    func secrets() {
        let arn = "arn:aws:secretsmanager:eu-central-1:1:secret:stack/key-abcdef"
        #expect(calls("secretsmanager.GetSecretValue", #"{"SecretId":"stack/key"}"#) == ["secretsmanager:GetSecretValue \(arn)"])
        #expect(calls("secretsmanager.GetSecretValue", "{\"SecretId\":\"\(arn)\"}") == ["secretsmanager:GetSecretValue \(arn)"])
    }

    @Test("of mail, texts, sockets and functions")
    func others() {
        let mail = #"{"FromEmailAddress":"School <notifications@mail.example>"}"#
        #expect(
            calls("", mail, path: "/v2/email/outbound-emails") == [
                "ses:SendEmail arn:aws:ses:eu-central-1:1:identity/mail.example"
            ])
        #expect(calls("", "Action=Publish&Version=2010-03-31&PhoneNumber=%2B41790000001") == ["sns:Publish *"])
        #expect(
            calls("", "", path: "/v1/@connections/abc%3D")
                == ["execute-api:ManageConnections arn:aws:execute-api:eu-central-1:1:socketapi/v1/POST/@connections/abc="])
        #expect(
            calls("", "{}", path: "/2015-03-31/functions/Other/invocations")
                == ["lambda:InvokeFunction arn:aws:lambda:eu-central-1:1:function:Other"])
        #expect(calls("", "", method: "GET", path: "/_roost/inbox") == nil)
    }
}

@Suite("The gate refuses and records")
struct AccessGateTests {
    private let record = AccessRecord()
    private let request = SignedRequest(
        method: "POST", path: "/", target: "DynamoDB_20120810.GetItem", body: Data(#"{"TableName":"t"}"#.utf8))

    private func gate(_ permissions: FunctionPermissions) -> AccessGate {
        AccessGate(
            reader: ServiceCallReader(region: "r", accountID: "1", webSocketAPIID: nil, secretARN: { _ in nil }),
            roles: ["F": .init(sessionARN: "arn:aws:sts::1:assumed-role/FRole/F", permissions: permissions)], record: record)
    }

    @Test("a call that nothing allows is refused in the service's own form")
    func denial() throws {
        let denial = try #require(gate(.statements([])).check(request, by: "F"))
        #expect(denial.status == 400)
        let body = try #require(try JSONSerialization.jsonObject(with: denial.body) as? [String: String])
        #expect(body["__type"] == "com.amazon.coral.service#AccessDeniedException")
        #expect(
            body["Message"]
                == "User: arn:aws:sts::1:assumed-role/FRole/F is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:r:1:table/t because no identity-based policy allows the dynamodb:GetItem action"
        )
        #expect(record.entries["F"]?.used == [])
    }

    @Test("what is called and what is allowed without need are both told")
    func use() {
        let table = PolicyStatement(
            id: "Table", actions: ["dynamodb:GetItem", "dynamodb:PutItem"], resources: ["arn:aws:dynamodb:r:1:table/t"])
        let gate = gate(.statements([table]))
        #expect(gate.check(request, by: "F") == nil)
        #expect(gate.check(request, by: "Unknown") == nil)
        let entry = record.entries["F"]
        #expect(entry?.used == [ServiceCall("dynamodb:GetItem", on: "arn:aws:dynamodb:r:1:table/t")])
        #expect(entry?.unused == ["Table dynamodb:PutItem"])
    }
}
