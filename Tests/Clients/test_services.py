"""The emulator's other services, each by boto3."""

import json
import uuid

import pytest
from botocore.exceptions import ClientError
from classmates import School
from conftest import aws_cli, eventually


@pytest.fixture(scope="module")
def sqs(emulator):
    return emulator.client("sqs")


def error_of(raised):
    return raised.value.response["Error"]["Code"], raised.value.response["Error"]["Message"]


def new_queue(sqs, **attributes):
    return sqs.create_queue(QueueName=f"queue-{uuid.uuid4().hex[:12]}", Attributes=attributes)["QueueUrl"]


def attribute(sqs, queue, name):
    return sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[name])["Attributes"][name]


# SQS

def test_a_message_is_sent_received_and_deleted(sqs):
    queue = new_queue(sqs, VisibilityTimeout="30")
    # boto3 checks the digests of body and attributes itself.
    sent = sqs.send_message(
        QueueUrl=queue, MessageBody="snow ☃",
        MessageAttributes={"kind": {"DataType": "String", "StringValue": "test"}})
    received = sqs.receive_message(
        QueueUrl=queue, WaitTimeSeconds=5, MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"])["Messages"]
    assert [(message["MessageId"], message["Body"]) for message in received] == [(sent["MessageId"], "snow ☃")]
    assert received[0]["MessageAttributes"]["kind"]["StringValue"] == "test"
    assert received[0]["Attributes"]["ApproximateReceiveCount"] == "1"
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=received[0]["ReceiptHandle"])
    assert attribute(sqs, queue, "ApproximateNumberOfMessagesNotVisible") == "0"


def test_a_waiting_receiver_gets_a_delayed_message_when_its_time_comes(sqs):
    queue = new_queue(sqs)
    sqs.send_message(QueueUrl=queue, MessageBody="later", DelaySeconds=1)
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    assert sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10)["Messages"][0]["Body"] == "later"


def test_a_delay_above_900_seconds_is_refused(sqs):
    queue = new_queue(sqs)
    with pytest.raises(ClientError) as raised:
        sqs.send_message(QueueUrl=queue, MessageBody="x", DelaySeconds=901)
    code, message = error_of(raised)
    assert code == "InvalidParameterValue"
    assert message == "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."
    assert attribute(sqs, queue, "ApproximateNumberOfMessages") == "0"


def test_a_message_that_was_received_too_often_goes_to_the_dead_letters(sqs):
    dead = new_queue(sqs)
    policy = {"deadLetterTargetArn": attribute(sqs, dead, "QueueArn"), "maxReceiveCount": 2}
    queue = new_queue(sqs, VisibilityTimeout="0", RedrivePolicy=json.dumps(policy))
    sent = sqs.send_message(QueueUrl=queue, MessageBody="nobody can read this")["MessageId"]
    for count in ("1", "2"):
        message = sqs.receive_message(QueueUrl=queue, MessageSystemAttributeNames=["All"])["Messages"][0]
        assert message["Attributes"]["ApproximateReceiveCount"] == count
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    moved = sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=5)["Messages"]
    assert [message["MessageId"] for message in moved] == [sent]


def test_a_batch_tells_which_of_its_entries_failed(sqs):
    queue = new_queue(sqs)
    answer = sqs.send_message_batch(QueueUrl=queue, Entries=[
        {"Id": "good", "MessageBody": "x"}, {"Id": "bad", "MessageBody": "y", "DelaySeconds": 901}])
    assert [entry["Id"] for entry in answer["Successful"]] == ["good"]
    assert [(entry["Id"], entry["SenderFault"]) for entry in answer["Failed"]] == [("bad", True)]


def test_the_templates_queues_are_there(sqs):
    url = sqs.get_queue_url(QueueName="roost-delivery")["QueueUrl"]
    policy = json.loads(attribute(sqs, url, "RedrivePolicy"))
    assert policy["maxReceiveCount"] == 5 and policy["deadLetterTargetArn"].endswith(":roost-delivery-dead-letters")
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        sqs.get_queue_url(QueueName="nowhere")


# SNS, SES, Secrets Manager

def test_a_text_lands_in_the_inbox(emulator):
    sns = emulator.client("sns")
    answer = sns.publish(PhoneNumber="+41790009999", Message="Your code is 123456 ☃")
    message = emulator.inbox("sms", "+41790009999")[-1]
    assert (message["id"], message["text"]) == (answer["MessageId"], "Your code is 123456 ☃")
    with pytest.raises(ClientError) as raised:
        sns.publish(PhoneNumber="12", Message="x")
    assert error_of(raised)[0] == "InvalidParameter"


def test_a_mail_lands_in_the_inbox(emulator):
    ses = emulator.client("sesv2")
    answer = ses.send_email(
        FromEmailAddress="school@classmates.example", Destination={"ToAddresses": ["zoe@example.com"]},
        Content={"Simple": {
            "Subject": {"Data": "Reunion ☃"}, "Body": {"Text": {"Data": "plain"}, "Html": {"Data": "<p>rich</p>"}},
            "Headers": [{"Name": "X-Roost-Delivery-Id", "Value": "abc"}]}})
    message = emulator.inbox("email", "zoe@example.com")[-1]
    assert message["id"] == answer["MessageId"]
    assert (message["subject"], message["text"], message["html"]) == ("Reunion ☃", "plain", "<p>rich</p>")
    assert message["details"]["X-Roost-Delivery-Id"] == "abc"
    with pytest.raises(ClientError) as raised:
        ses.send_email(
            FromEmailAddress="school@classmates.example", Destination={},
            Content={"Simple": {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "y"}}}})
    assert error_of(raised)[0] == "BadRequestException"


def test_a_generated_secret_stays_the_same(emulator):
    secrets = emulator.client("secretsmanager")
    first = secrets.get_secret_value(SecretId="roost/token")
    assert len(first["SecretString"]) == 64 and first["SecretString"].isalnum()
    again = secrets.get_secret_value(SecretId=first["ARN"])
    assert (again["SecretString"], again["VersionId"]) == (first["SecretString"], first["VersionId"])
    assert len(json.loads(secrets.get_secret_value(SecretId="roost/whatsapp")["SecretString"])["access_token"]) == 48
    with pytest.raises(secrets.exceptions.ResourceNotFoundException):
        secrets.get_secret_value(SecretId="roost/nothing")


def test_the_cli_reads_a_secret_and_a_queue(emulator):
    secret = aws_cli("secretsmanager", "get-secret-value", "--secret-id", "roost/token", endpoint=emulator.endpoint)
    assert len(json.loads(secret.stdout)["SecretString"]) == 64
    url = aws_cli("sqs", "get-queue-url", "--queue-name", "roost-delivery", endpoint=emulator.endpoint)
    assert json.loads(url.stdout)["QueueUrl"].endswith("/roost-delivery")


# DynamoDB Streams

def test_the_stream_of_the_templates_table_tells_what_the_functions_wrote(emulator):
    school = School(emulator)
    streams = emulator.client("dynamodbstreams")
    arn = streams.list_streams(TableName="roost-entities")["Streams"][0]["StreamArn"]
    description = streams.describe_stream(StreamArn=arn)["StreamDescription"]
    assert description["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=description["Shards"][-1]["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]

    def organizations():
        nonlocal iterator
        answer = streams.get_records(ShardIterator=iterator)
        iterator = answer["NextShardIterator"]
        images = [record["dynamodb"].get("NewImage", {}) for record in answer["Records"]]
        return [image for image in images if image.get("pk") == {"S": school.id} and image.get("sk") == {"S": "organization"}]

    assert eventually(organizations)[0]["blueprint"] == {"S": "classmates"}


# What is not there

@pytest.mark.parametrize("service, operation, arguments, name", [
    ("sqs", "tag_queue", {"QueueUrl": "http://127.0.0.1/000000000000/x", "Tags": {"a": "b"}}, "TagQueue"),
    ("sns", "create_topic", {"Name": "x"}, "CreateTopic"),
    ("sesv2", "list_contact_lists", {}, "/v2/email/contact-lists"),
    ("secretsmanager", "rotate_secret", {"SecretId": "x"}, "RotateSecret"),
    ("dynamodb", "import_table", {
        "S3BucketSource": {"S3Bucket": "x"}, "InputFormat": "CSV",
        "TableCreationParameters": {"TableName": "imported", "AttributeDefinitions": [], "KeySchema": [
            {"AttributeName": "pk", "KeyType": "HASH"}]}}, "ImportTable"),
    ("events", "list_rules", {}, "ListRules"),
    ("sts", "get_caller_identity", {}, "GetCallerIdentity"),
])
def test_an_operation_that_is_not_built_is_refused_by_name(emulator, service, operation, arguments, name):
    with pytest.raises(ClientError) as raised:
        getattr(emulator.client(service), operation)(**arguments)
    assert 400 <= raised.value.response["ResponseMetadata"]["HTTPStatusCode"] < 500
    assert name in error_of(raised)[1]
