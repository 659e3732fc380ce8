"""boto3 against the store's queries, scans and indexes: local ones, keys of several attributes, pages, segments, capacity."""

import uuid

import pytest
from botocore.exceptions import ClientError


def attribute(name, kind="S"):
    return {"AttributeName": name, "AttributeType": kind}


def key(name, kind="HASH"):
    return {"AttributeName": name, "KeyType": kind}


@pytest.fixture
def table(dynamodb):
    """A table with a local index that projects its keys, a global one with everything, and one with a key of six attributes."""
    name = f"indexes-{uuid.uuid4().hex[:12]}"
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[key("pk"), key("sk", "RANGE")],
        AttributeDefinitions=[
            attribute("pk"), attribute("sk"), attribute("at", "N"), attribute("city"), attribute("a"), attribute("b", "N"),
            attribute("c", "B"), attribute("d")],
        LocalSecondaryIndexes=[{
            "IndexName": "by-time", "KeySchema": [key("pk"), key("at", "RANGE")], "Projection": {"ProjectionType": "KEYS_ONLY"}}],
        GlobalSecondaryIndexes=[
            {"IndexName": "by-city", "KeySchema": [key("city")], "Projection": {"ProjectionType": "ALL"}},
            {"IndexName": "several", "Projection": {"ProjectionType": "KEYS_ONLY"},
             "KeySchema": [key("city"), key("d"), key("a", "RANGE"), key("b", "RANGE"), key("c", "RANGE"), key("sk", "RANGE")]}])
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    yield name
    dynamodb.delete_table(TableName=name)


def pages(operation, **parameters):
    """The items of all pages, followed by their keys as a client follows them."""
    items = []
    while True:
        page = operation(**parameters)
        items += page["Items"]
        if "LastEvaluatedKey" not in page:
            return items
        parameters["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def message(raised):
    return raised.value.response["Error"]["Message"]


def test_a_local_index_sorts_its_partition_and_reaches_the_table(dynamodb, table):
    for number in range(10):
        dynamodb.put_item(TableName=table, Item={
            "pk": {"S": "p"}, "sk": {"S": str(number)}, "at": {"N": str(-number)}, "text": {"S": "x" * 5000}})
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "p"}, "sk": {"S": "without"}})
    asked = {
        "TableName": table, "IndexName": "by-time", "KeyConditionExpression": "pk = :p", "ConsistentRead": True,
        "ExpressionAttributeValues": {":p": {"S": "p"}}, "ReturnConsumedCapacity": "INDEXES"}
    entries = dynamodb.query(**asked)
    assert [item["sk"]["S"] for item in entries["Items"]] == list("9876543210")
    assert all(set(item) == {"pk", "sk", "at"} for item in entries["Items"])
    assert entries["ConsumedCapacity"]["Table"]["CapacityUnits"] == 0
    assert entries["ConsumedCapacity"]["LocalSecondaryIndexes"] == {"by-time": {"CapacityUnits": 1}}
    whole = dynamodb.query(Select="ALL_ATTRIBUTES", **asked)
    assert all(len(item["text"]["S"]) == 5000 for item in whole["Items"])
    assert whole["ConsumedCapacity"]["Table"]["CapacityUnits"] == 20
    assert [item["sk"] for item in pages(dynamodb.query, Limit=3, **asked)] == [item["sk"] for item in entries["Items"]]


def test_item_collection_metrics_come_with_local_indexes(dynamodb, table):
    answer = dynamodb.put_item(
        TableName=table, Item={"pk": {"S": "p"}, "sk": {"S": "1"}}, ReturnItemCollectionMetrics="SIZE")
    assert answer["ItemCollectionMetrics"] == {"ItemCollectionKey": {"pk": {"S": "p"}}, "SizeEstimateRangeGB": [0, 1]}
    batch = dynamodb.batch_write_item(
        RequestItems={table: [{"DeleteRequest": {"Key": {"pk": {"S": "p"}, "sk": {"S": "1"}}}}]},
        ReturnItemCollectionMetrics="SIZE")
    assert [one["ItemCollectionKey"] for one in batch["ItemCollectionMetrics"][table]] == [{"pk": {"S": "p"}}]


def test_a_key_of_several_attributes_takes_equalities_from_the_left(dynamodb, table):
    for number, (a, b, c) in enumerate([("a", "2", b"\0"), ("a", "10", b"\0"), ("a", "10", b"\0\0"), ("b", "-1", b"x")]):
        dynamodb.put_item(TableName=table, Item={
            "pk": {"S": f"p{number}"}, "sk": {"S": "s"}, "city": {"S": "oslo"}, "d": {"S": "d"}, "a": {"S": a}, "b": {"N": b},
            "c": {"B": c}})
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "none"}, "sk": {"S": "s"}, "city": {"S": "oslo"}, "d": {"S": "d"}})
    values = {
        ":city": {"S": "oslo"}, ":d": {"S": "d"}, ":a": {"S": "a"}, ":b": {"N": "9"}, ":ten": {"N": "10.0"}, ":c": {"B": b"\0"}}

    def found(condition, **more):
        text = "city = :city AND d = :d" + condition
        used = {name: value for name, value in values.items() if name in text.replace("(", " ").replace(")", " ").split()}
        return [item["pk"]["S"] for item in pages(
            dynamodb.query, TableName=table, IndexName="several", KeyConditionExpression=text, ExpressionAttributeValues=used,
            **more)]

    assert found("") == ["p0", "p1", "p2", "p3"]
    assert found("", Limit=1, ScanIndexForward=False) == ["p3", "p2", "p1", "p0"]
    assert found(" AND a = :a AND b > :b") == ["p1", "p2"]
    assert found(" AND a = :a AND b = :ten AND c = :c") == ["p1"]
    with pytest.raises(ClientError) as raised:
        found(" AND b = :b")
    assert message(raised) == (
        "RANGE key attributes a must have equality conditions specified in the query because a condition is present on key "
        "attribute b")


def test_the_segments_of_a_parallel_scan_are_the_table_in_the_order_of_a_scan(dynamodb, table):
    with_city = [{"pk": {"S": f"p{number}"}, "sk": {"S": "s"}, "city": {"S": f"c{number % 3}"}} for number in range(60)]
    for start in range(0, 60, 20):
        dynamodb.batch_write_item(
            RequestItems={table: [{"PutRequest": {"Item": item}} for item in with_city[start:start + 20]]})
    for source in [{}, {"IndexName": "by-city"}]:
        whole = pages(dynamodb.scan, TableName=table, **source)
        assert len(whole) == 60
        for total in [1, 3, 7, 1000]:
            parts = [
                pages(dynamodb.scan, TableName=table, Segment=segment, TotalSegments=total, Limit=4, **source)
                for segment in range(total)]
            assert [item for part in parts for item in part] == whole
    with pytest.raises(ClientError) as raised:
        dynamodb.scan(
            TableName=table, Segment=0, TotalSegments=1000000, ExclusiveStartKey={"pk": {"S": "0"}, "sk": {"S": "0"}})
    assert "Please use ExclusiveStartKey with correct Segment" in message(raised)


def test_a_page_ends_with_the_item_that_reaches_a_megabyte(dynamodb, table):
    for number in range(25):
        dynamodb.put_item(TableName=table, Item={
            "pk": {"S": "p"}, "sk": {"S": f"{number:02}"}, "a": {"S": "x"}, "text": {"S": "e" * 43000}})
    page = dynamodb.query(
        TableName=table, KeyConditionExpression="pk = :p", ExpressionAttributeValues={":p": {"S": "p"}}, Select="COUNT",
        ReturnConsumedCapacity="TOTAL")
    assert (page["Count"], page["ScannedCount"]) == (25, 25)
    assert page["LastEvaluatedKey"] == {"pk": {"S": "p"}, "sk": {"S": "24"}}
    assert page["ConsumedCapacity"]["CapacityUnits"] == 131.5
