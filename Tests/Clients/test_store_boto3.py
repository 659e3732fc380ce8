"""boto3 against `roost store`: what a developer's code does with DynamoDB."""

import decimal
import uuid

import boto3
import pytest
from botocore.exceptions import ClientError
from conftest import CREDENTIALS


@pytest.fixture
def table(dynamodb):
    """A table with a sort key, a global index and a stream."""
    name = f"table-{uuid.uuid4().hex[:12]}"
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"},
            {"AttributeName": "city", "AttributeType": "S"}],
        GlobalSecondaryIndexes=[{
            "IndexName": "by-city", "KeySchema": [{"AttributeName": "city", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "ALL"}}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    yield name
    dynamodb.delete_table(TableName=name)


def error_code(raised):
    return raised.value.response["Error"]["Code"]


def test_the_resource_layer_round_trips_every_type(store, table):
    resource = boto3.resource("dynamodb", endpoint_url=store.endpoint, **CREDENTIALS).Table(table)
    item = {
        "pk": "types", "sk": decimal.Decimal("-1.5"), "text": "snow ☃ and \u0000", "bytes": b"\x00\xff", "yes": True, "none": None,
        "digits": decimal.Decimal("12345678901234567890123456789012345678"), "list": [1, {"deep": [b"x"]}],
        "strings": {"a", "b"}, "numbers": {decimal.Decimal(1), decimal.Decimal("2.5")}, "empty": "", "map": {}}
    resource.put_item(Item=item)
    found = resource.get_item(Key={"pk": "types", "sk": decimal.Decimal("-1.50")}, ConsistentRead=True)["Item"]
    assert found["bytes"].value == b"\x00\xff"
    assert found["list"][1]["deep"][0].value == b"x"
    for name in item.keys() - {"bytes", "list"}:
        assert found[name] == item[name], name


def test_numbers_sort_as_numbers_and_pages_join_to_the_whole(dynamodb, table):
    numbers = ["-1000", "-1", "-0.5", "0", "0.001", "9", "10", "1E+30"]
    for number in reversed(numbers):
        dynamodb.put_item(TableName=table, Item={"pk": {"S": "n"}, "sk": {"N": number}})
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table, KeyConditionExpression="pk = :p", ExpressionAttributeValues={":p": {"S": "n"}},
        PaginationConfig={"PageSize": 3})
    found = [decimal.Decimal(item["sk"]["N"]) for page in pages for item in page["Items"]]
    assert found == [decimal.Decimal(number) for number in numbers]
    backwards = dynamodb.query(
        TableName=table, KeyConditionExpression="pk = :p AND sk BETWEEN :a AND :b", ScanIndexForward=False,
        ExpressionAttributeValues={":p": {"S": "n"}, ":a": {"N": "-1"}, ":b": {"N": "9"}})
    assert [item["sk"]["N"] for item in backwards["Items"]] == ["9", "0.001", "0", "-0.5", "-1"]


def test_an_index_is_sparse_and_follows_its_item(dynamodb, table):
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "a"}, "sk": {"N": "1"}, "city": {"S": "Bern"}})
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "b"}, "sk": {"N": "2"}})
    query = {"TableName": table, "IndexName": "by-city", "KeyConditionExpression": "city = :c"}
    assert dynamodb.query(**query, ExpressionAttributeValues={":c": {"S": "Bern"}})["Count"] == 1
    dynamodb.update_item(
        TableName=table, Key={"pk": {"S": "a"}, "sk": {"N": "1"}}, UpdateExpression="SET city = :c",
        ExpressionAttributeValues={":c": {"S": "Basel"}})
    assert dynamodb.query(**query, ExpressionAttributeValues={":c": {"S": "Bern"}})["Count"] == 0
    assert dynamodb.query(**query, ExpressionAttributeValues={":c": {"S": "Basel"}})["Items"][0]["pk"] == {"S": "a"}


def test_a_failed_condition_changes_nothing_and_says_so(dynamodb, table):
    item = {"pk": {"S": "once"}, "sk": {"N": "1"}}
    dynamodb.put_item(TableName=table, Item=item, ConditionExpression="attribute_not_exists(pk)")
    with pytest.raises(ClientError) as raised:
        dynamodb.put_item(TableName=table, Item=item | {"x": {"S": "y"}}, ConditionExpression="attribute_not_exists(pk)")
    assert error_code(raised) == "ConditionalCheckFailedException"
    assert raised.value.response["Error"]["Message"] == "The conditional request failed"
    assert dynamodb.get_item(TableName=table, Key=item)["Item"] == item


def test_updates_return_what_was_asked_for(dynamodb, table):
    key = {"pk": {"S": "u"}, "sk": {"N": "1"}}
    answer = dynamodb.update_item(
        TableName=table, Key=key, ReturnValues="ALL_NEW",
        UpdateExpression="SET #l = list_append(if_not_exists(#l, :none), :more), n = if_not_exists(n, :zero) + :one ADD tags :t",
        ExpressionAttributeNames={"#l": "list"},
        ExpressionAttributeValues={
            ":none": {"L": []}, ":more": {"L": [{"S": "x"}]}, ":zero": {"N": "0"}, ":one": {"N": "1"}, ":t": {"SS": ["a"]}})
    assert answer["Attributes"] == key | {"list": {"L": [{"S": "x"}]}, "n": {"N": "1"}, "tags": {"SS": ["a"]}}
    answer = dynamodb.update_item(
        TableName=table, Key=key, ReturnValues="UPDATED_OLD", UpdateExpression="REMOVE #l[0] DELETE tags :t",
        ExpressionAttributeNames={"#l": "list"}, ExpressionAttributeValues={":t": {"SS": ["a"]}})
    assert answer["Attributes"]["tags"] == {"SS": ["a"]}
    assert "tags" not in dynamodb.get_item(TableName=table, Key=key)["Item"]


def test_a_transaction_is_all_or_nothing_with_reasons_in_order(dynamodb, table):
    taken = {"pk": {"S": "taken"}, "sk": {"N": "1"}}
    fresh = {"pk": {"S": "fresh"}, "sk": {"N": "1"}}
    dynamodb.put_item(TableName=table, Item=taken)
    with pytest.raises(ClientError) as raised:
        dynamodb.transact_write_items(TransactItems=[
            {"Put": {"TableName": table, "Item": fresh}},
            {"Put": {"TableName": table, "Item": taken, "ConditionExpression": "attribute_not_exists(pk)"}}])
    assert error_code(raised) == "TransactionCanceledException"
    assert [reason["Code"] for reason in raised.value.response["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]
    assert "Item" not in dynamodb.get_item(TableName=table, Key=fresh)
    dynamodb.transact_write_items(TransactItems=[
        {"Put": {"TableName": table, "Item": fresh}}, {"Delete": {"TableName": table, "Key": taken}}])
    answer = dynamodb.transact_get_items(TransactItems=[
        {"Get": {"TableName": table, "Key": fresh}}, {"Get": {"TableName": table, "Key": taken}}])
    assert answer["Responses"] == [{"Item": fresh}, {}]


def test_batches(dynamodb, table):
    items = [{"pk": {"S": f"batch-{number}"}, "sk": {"N": "0"}} for number in range(25)]
    answer = dynamodb.batch_write_item(RequestItems={table: [{"PutRequest": {"Item": item}} for item in items]})
    assert answer["UnprocessedItems"] == {}
    found = dynamodb.batch_get_item(RequestItems={table: {"Keys": items}})["Responses"][table]
    assert sorted(item["pk"]["S"] for item in found) == sorted(item["pk"]["S"] for item in items)


def test_the_stream_tells_each_change_once_in_order(store, dynamodb, table):
    from conftest import client
    streams = client("dynamodbstreams", store.endpoint)
    key = {"pk": {"S": "s"}, "sk": {"N": "1"}}
    dynamodb.put_item(TableName=table, Item=key | {"v": {"N": "1"}})
    dynamodb.put_item(TableName=table, Item=key | {"v": {"N": "1"}})  # changes nothing: no record
    dynamodb.put_item(TableName=table, Item=key | {"v": {"N": "2"}})
    dynamodb.delete_item(TableName=table, Key=key)
    arn = dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]
    assert [stream["StreamArn"] for stream in streams.list_streams(TableName=table)["Streams"]] == [arn]
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    records = streams.get_records(ShardIterator=iterator)["Records"]
    assert [record["eventName"] for record in records] == ["INSERT", "MODIFY", "REMOVE"]
    assert records[1]["dynamodb"]["OldImage"]["v"] == {"N": "1"}
    assert records[1]["dynamodb"]["NewImage"]["v"] == {"N": "2"}
    numbers = [int(record["dynamodb"]["SequenceNumber"]) for record in records]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("call, arguments, code, words", [
    ("get_item", {"TableName": "nowhere", "Key": {"pk": {"S": "x"}}}, "ResourceNotFoundException", "not found"),
    ("get_item", {"Key": {"pk": {"S": "x"}}}, "ValidationException", "The provided key element does not match the schema"),
    ("put_item", {"Item": {"pk": {"S": "x"}}}, "ValidationException", "Missing the key sk in the item"),
    ("put_item", {"Item": {"pk": {"N": "1"}, "sk": {"N": "1"}}}, "ValidationException", "Type mismatch for key pk expected: S actual: N"),
    ("put_item", {"Item": {"pk": {"S": "x"}, "sk": {"N": "one"}}}, "ValidationException", "The parameter cannot be converted to a numeric value: one"),
    ("put_item", {"Item": {"pk": {"S": "x"}, "sk": {"N": "1"}, "big": {"S": "x" * 410_000}}}, "ValidationException", "Item size has exceeded the maximum allowed size"),
    ("update_item", {"Key": {"pk": {"S": "x"}, "sk": {"N": "1"}}, "UpdateExpression": "SET"}, "ValidationException", "Invalid UpdateExpression: Syntax error"),
    ("scan", {"FilterExpression": "size = :x", "ExpressionAttributeValues": {":x": {"S": "y"}}}, "ValidationException", "Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword: size"),
])
def test_errors_carry_the_services_code_and_text(dynamodb, table, call, arguments, code, words):
    with pytest.raises(ClientError) as raised:
        getattr(dynamodb, call)(**({"TableName": table} | arguments))
    assert error_code(raised) == code
    assert words in raised.value.response["Error"]["Message"]


def test_the_first_version_of_global_tables_is_refused_in_the_services_words(dynamodb, table):
    with pytest.raises(ClientError) as raised:
        dynamodb.create_global_table(GlobalTableName="everywhere", ReplicationGroup=[{"RegionName": "eu-west-1"}])
    assert error_code(raised) == "ValidationException"
    assert "version 2017.11.29 is not supported" in raised.value.response["Error"]["Message"]
