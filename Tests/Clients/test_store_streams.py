"""The store's streams as boto3 reads them."""

import re
import uuid

import pytest
from botocore.exceptions import ClientError
from conftest import client


@pytest.fixture(scope="module")
def streams(store):
    return client("dynamodbstreams", store.endpoint)


@pytest.fixture
def table(dynamodb):
    """A table without a sort key, whose stream keeps both images; its name and the stream's ARN."""
    name = f"streamed-{uuid.uuid4().hex[:12]}"
    description = dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})["TableDescription"]
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    yield name, description["LatestStreamArn"]
    dynamodb.delete_table(TableName=name)


def shards(streams, arn):
    return streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]


def iterator(streams, arn, kind="TRIM_HORIZON", **more):
    shard = shards(streams, arn)[0]["ShardId"]
    return streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType=kind, **more)["ShardIterator"]


def error(raised):
    return raised.value.response["Error"]["Code"]


def test_changes_arrive_in_order_with_their_images_and_sizes(dynamodb, streams, table):
    name, arn = table
    dynamodb.put_item(TableName=name, Item={"pk": {"S": "a"}, "n": {"N": "1"}})
    dynamodb.put_item(TableName=name, Item={"pk": {"S": "a"}, "n": {"N": "1.0"}})
    dynamodb.put_item(TableName=name, Item={"pk": {"S": "a"}, "n": {"N": "2"}})
    dynamodb.delete_item(TableName=name, Key={"pk": {"S": "a"}})
    page = streams.get_records(ShardIterator=iterator(streams, arn))
    changes = [record["dynamodb"] for record in page["Records"]]
    assert [record["eventName"] for record in page["Records"]] == ["INSERT", "MODIFY", "REMOVE"]
    assert [change.get("OldImage", {}).get("n") for change in changes] == [None, {"N": "1"}, {"N": "2"}]
    assert [change.get("NewImage", {}).get("n") for change in changes] == [{"N": "1"}, {"N": "2"}, None]
    # Three bytes of key, and six of each image: a name of one byte and a number of two.
    assert [change["SizeBytes"] for change in changes] == [9, 15, 9]
    numbers = [int(change["SequenceNumber"]) for change in changes]
    assert numbers == sorted(set(numbers))
    assert "NextShardIterator" in page


def test_a_shard_has_the_service_s_form(streams, table):
    shard, = shards(streams, table[1])
    assert re.fullmatch(r"shardId-[0-9]{20}-[0-9a-f]{8}", shard["ShardId"])
    assert shard["SequenceNumberRange"].keys() == {"StartingSequenceNumber"}
    assert "ParentShardId" not in shard


def test_each_kind_of_iterator_begins_where_it_says(dynamodb, streams, table):
    name, arn = table
    latest = iterator(streams, arn, "LATEST")
    for number in "123":
        dynamodb.put_item(TableName=name, Item={"pk": {"S": number}})

    def keys(start):
        return "".join(record["dynamodb"]["Keys"]["pk"]["S"] for record in streams.get_records(ShardIterator=start)["Records"])

    records = streams.get_records(ShardIterator=iterator(streams, arn))["Records"]
    second = records[1]["dynamodb"]["SequenceNumber"]
    assert keys(latest) == "123"
    assert keys(iterator(streams, arn, "LATEST")) == ""
    assert keys(iterator(streams, arn, "AT_SEQUENCE_NUMBER", SequenceNumber=second)) == "23"
    assert keys(iterator(streams, arn, "AFTER_SEQUENCE_NUMBER", SequenceNumber=second)) == "3"
    start = shards(streams, arn)[0]["SequenceNumberRange"]["StartingSequenceNumber"]
    assert keys(iterator(streams, arn, "AT_SEQUENCE_NUMBER", SequenceNumber=start)) == "123"


@pytest.mark.parametrize("arguments", [
    {"ShardIteratorType": "AT_SEQUENCE_NUMBER"},
    {"ShardIteratorType": "LATEST", "SequenceNumber": "1" * 21},
    {"ShardIteratorType": "AT_SEQUENCE_NUMBER", "SequenceNumber": "9" * 40},
    {"ShardIteratorType": "LATEST", "StreamArn": "x" * 40},
])
def test_an_iterator_that_cannot_be_is_refused(streams, table, arguments):
    shard = shards(streams, table[1])[0]["ShardId"]
    with pytest.raises(ClientError) as raised:
        streams.get_shard_iterator(**{"StreamArn": table[1], "ShardId": shard, **arguments})
    assert error(raised) == "ValidationException"


def test_what_is_not_there_is_not_found(streams, table):
    with pytest.raises(ClientError) as raised:
        streams.get_shard_iterator(StreamArn=table[1], ShardId="s" * 30, ShardIteratorType="LATEST")
    assert error(raised) == "ResourceNotFoundException"
    with pytest.raises(ClientError) as raised:
        streams.describe_stream(StreamArn=table[1] + "0")
    assert error(raised) == "ResourceNotFoundException"


def test_the_stream_of_a_deleted_table_is_read_to_its_end(dynamodb, streams):
    name = f"gone-{uuid.uuid4().hex[:12]}"
    arn = dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})["TableDescription"]["LatestStreamArn"]
    dynamodb.put_item(TableName=name, Item={"pk": {"S": "a"}, "v": {"S": "unseen"}})
    dynamodb.delete_table(TableName=name)
    description = streams.describe_stream(StreamArn=arn)["StreamDescription"]
    assert description["StreamStatus"] == "DISABLED"
    assert "EndingSequenceNumber" in description["Shards"][0]["SequenceNumberRange"]
    page = streams.get_records(ShardIterator=iterator(streams, arn))
    assert page["Records"][0]["dynamodb"].keys().isdisjoint({"NewImage", "OldImage"})
    assert "NextShardIterator" not in page


def test_a_disabled_stream_stays_readable_and_another_takes_its_place(dynamodb, streams, table):
    name, arn = table
    dynamodb.put_item(TableName=name, Item={"pk": {"S": "a"}})
    dynamodb.update_table(TableName=name, StreamSpecification={"StreamEnabled": False})
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    assert "StreamSpecification" not in dynamodb.describe_table(TableName=name)["Table"]
    assert streams.describe_stream(StreamArn=arn)["StreamDescription"]["StreamStatus"] == "DISABLED"
    page = streams.get_records(ShardIterator=iterator(streams, arn))
    assert len(page["Records"]) == 1 and "NextShardIterator" not in page
    again = dynamodb.update_table(
        TableName=name, StreamSpecification={"StreamEnabled": True, "StreamViewType": "OLD_IMAGE"})["TableDescription"]
    assert again["LatestStreamArn"] != arn
    listed = [stream["StreamArn"] for stream in streams.list_streams(TableName=name)["Streams"]]
    assert listed == [arn, again["LatestStreamArn"]]


def test_streams_are_listed_page_by_page(streams, table):
    found, last = [], None
    while True:
        more = {"ExclusiveStartStreamArn": last} if last else {}
        page = streams.list_streams(Limit=1, **more)
        found += [stream["StreamArn"] for stream in page["Streams"]]
        last = page.get("LastEvaluatedStreamArn")
        if not last:
            break
    assert table[1] in found and len(found) == len(set(found))
    only, = streams.list_streams(TableName=table[0])["Streams"]
    assert only == {"StreamArn": table[1], "TableName": table[0], "StreamLabel": table[1].rpartition("/")[2]}
