import CloudServices
import Foundation
import RoostHTTPServer
import Testing

/// AWS's own Python SDK against the services, over HTTP.
@Suite("boto3")
struct Boto3Tests {
    static let isPresent = (try? run("import boto3", port: 0))?.status == 0

    @Test("boto3 sends, receives, publishes, mails and reads secrets, and knows the errors", .enabled(if: isPresent))
    func everyService() async throws {
        let bench = try await ServiceBench()
        try bench.secrets.ensure([
            SecretDefinition(name: "roost/token", arn: "arn:aws:s:roost/token-abcdef", value: .text("s3cret"))
        ])
        let services = bench.services
        let server = HTTPServer(HTTPServer.Configuration()) { request, exchange in
            let service = ServiceRequest(
                method: request.method, path: request.path, rawQuery: request.rawQuery, headers: request.headers.fields,
                body: request.body)
            services.handle(service) { reply in
                _ = exchange.respond(HTTPResponse(status: reply.status, headers: HTTPHeaders(reply.headers), body: reply.body))
            }
        }
        let port = try server.start()
        defer { server.stop() }
        let result = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.run(Self.script, port: port) })
            }
        }
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.hasSuffix("done\n"))
        #expect(try bench.inbox.list().map(\.message.channel) == [.sms, .email])
    }

    private static let script = """
        import sys, boto3
        from botocore.config import Config
        from botocore.exceptions import ClientError
        def client(name):
            return boto3.client(name, endpoint_url='http://127.0.0.1:' + sys.argv[1], region_name='us-east-1',
                aws_access_key_id='AKIATEST', aws_secret_access_key='secret', config=Config(retries={'max_attempts': 1}))
        sqs = client('sqs')
        url = sqs.get_queue_url(QueueName='work')['QueueUrl']
        # boto3 checks both digests itself and raises when they differ.
        sqs.send_message(QueueUrl=url, MessageBody='caf\\u00e9', MessageAttributes={
            'n': {'DataType': 'Number', 'StringValue': '1'}, 'b': {'DataType': 'Binary', 'BinaryValue': b'\\x00\\xff'}})
        m = sqs.receive_message(QueueUrl=url, MessageAttributeNames=['All'], AttributeNames=['All'], WaitTimeSeconds=1)['Messages'][0]
        assert m['Body'] == 'caf\\u00e9', m
        assert m['MessageAttributes']['b']['BinaryValue'] == b'\\x00\\xff', m
        assert m['Attributes']['ApproximateReceiveCount'] == '1', m
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=m['ReceiptHandle'], VisibilityTimeout=5)
        sqs.delete_message(QueueUrl=url, ReceiptHandle=m['ReceiptHandle'])
        assert 'Messages' not in sqs.receive_message(QueueUrl=url)
        r = sqs.send_message_batch(QueueUrl=url, Entries=[{'Id': 'a', 'MessageBody': '1'}, {'Id': 'b', 'MessageBody': '2'}])
        assert len(r['Successful']) == 2, r
        got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)['Messages']
        r = sqs.delete_message_batch(QueueUrl=url, Entries=[{'Id': str(i), 'ReceiptHandle': x['ReceiptHandle']} for i, x in enumerate(got)])
        assert len(r['Successful']) == 2, r
        try:
            sqs.send_message(QueueUrl=url, MessageBody='a', DelaySeconds=901)
            assert False
        except ClientError as e:
            assert e.response['Error']['Code'] == 'InvalidParameterValue', e.response
        try:
            sqs.get_queue_url(QueueName='none')
            assert False
        except sqs.exceptions.QueueDoesNotExist as e:
            assert e.response['Error']['Code'] == 'AWS.SimpleQueueService.NonExistentQueue', e.response
        assert client('sns').publish(PhoneNumber='+15550100', Message='Hi & <b>')['MessageId']
        try:
            client('sns').publish(PhoneNumber='12', Message='Hi')
            assert False
        except ClientError as e:
            assert e.response['Error']['Code'] == 'InvalidParameter', e.response
        ses = client('sesv2')
        assert ses.send_email(FromEmailAddress='a@example.com', Destination={'ToAddresses': ['b@example.com']},
            Content={'Simple': {'Subject': {'Data': 's'}, 'Body': {'Text': {'Data': 't'}}}})['MessageId']
        try:
            ses.send_email(Content={'Simple': {'Subject': {'Data': 's'}, 'Body': {'Text': {'Data': 't'}}}})
            assert False
        except ses.exceptions.BadRequestException:
            pass
        secrets = client('secretsmanager')
        assert secrets.get_secret_value(SecretId='roost/token')['SecretString'] == 's3cret'
        assert secrets.describe_secret(SecretId='roost/token')['Name'] == 'roost/token'
        secrets.create_secret(Name='x', SecretString='1')
        secrets.put_secret_value(SecretId='x', SecretString='2')
        assert secrets.get_secret_value(SecretId='x', VersionStage='AWSPREVIOUS')['SecretString'] == '1'
        try:
            secrets.get_secret_value(SecretId='none')
            assert False
        except secrets.exceptions.ResourceNotFoundException:
            pass
        print('done')
        """

    static func run(_ script: String, port: UInt16) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, String(port)]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
