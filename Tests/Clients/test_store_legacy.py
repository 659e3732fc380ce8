"""boto3 against `roost store` with the parameters that came before expressions."""

import uuid

import pytest
from botocore.exceptions import ClientError

OLD, NEW = {"S": "old"}, {"S": "new"}


@pytest.fixture(scope="module")
def table(dynamodb):
    """A table with a sort key, and a global index on an attribute that not all items have."""
    name = f"legacy-{uuid.uuid4().hex[:12]}"
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "c", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": a, "AttributeType": t} for a, t in (("p", "S"), ("c", "N"), ("city", "S"))],
        GlobalSecondaryIndexes=[{
            "IndexName": "by-city", "KeySchema": [{"AttributeName": "city", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"}}])
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    yield name
    dynamodb.delete_table(TableName=name)


@pytest.fixture
def key():
    return {"p": {"S": uuid.uuid4().hex}, "c": {"N": "1"}}


@pytest.fixture(scope="module")
def partition(dynamodb, table):
    """Ten items of one partition: even ones have a `city`, all a number, a text and a set."""
    name = uuid.uuid4().hex
    for number in range(10):
        item = {
            "p": {"S": name}, "c": {"N": str(number)}, "n": {"N": str(number * 10)}, "text": {"S": f"item-{number:02}"},
            "tags": {"SS": ["all", f"tag-{number}"]}}
        if number % 2 == 0:
            item["city"] = {"S": f"city-{name}"}
        dynamodb.put_item(TableName=table, Item=item)
    return name


def condition(operator, *values):
    return {"ComparisonOperator": operator, "AttributeValueList": list(values)}


def numbers(answer):
    return [int(item["c"]["N"]) for item in answer["Items"]]


def of(partition, **others):
    return {"p": condition("EQ", {"S": partition}), **others}


@pytest.mark.parametrize("operator, values, expected", [
    ("EQ", ["4"], [4]), ("LT", ["3"], [0, 1, 2]), ("LE", ["2"], [0, 1, 2]), ("GT", ["7"], [8, 9]), ("GE", ["8"], [8, 9]),
    ("BETWEEN", ["3", "5"], [3, 4, 5])])
def test_key_conditions(dynamodb, table, partition, operator, values, expected):
    conditions = of(partition, c=condition(operator, *({"N": value} for value in values)))
    assert numbers(dynamodb.query(TableName=table, KeyConditions=conditions)) == expected
    assert numbers(dynamodb.query(TableName=table, KeyConditions=conditions, ScanIndexForward=False)) == expected[::-1]


def test_key_conditions_page_and_query_an_index(dynamodb, table, partition):
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table, KeyConditions=of(partition), PaginationConfig={"PageSize": 4})
    assert [number for page in pages for number in numbers(page)] == list(range(10))
    found = dynamodb.query(
        TableName=table, IndexName="by-city", KeyConditions={"city": condition("EQ", {"S": f"city-{partition}"})})
    assert sorted(numbers(found)) == [0, 2, 4, 6, 8]


FILTERS = [
    ({"n": condition("EQ", {"N": "30"})}, [3]),
    ({"n": condition("NE", {"N": "30"})}, [0, 1, 2, 4, 5, 6, 7, 8, 9]),
    ({"n": condition("IN", {"N": "10"}, {"N": "20"}, {"N": "99"})}, [1, 2]),
    ({"n": condition("BETWEEN", {"N": "15"}, {"N": "40"})}, [2, 3, 4]),
    ({"n": condition("LT", {"S": "a"})}, []),
    ({"city": condition("NULL")}, [1, 3, 5, 7, 9]),
    ({"city": condition("NOT_NULL")}, [0, 2, 4, 6, 8]),
    ({"text": condition("BEGINS_WITH", {"S": "item-0"})}, list(range(10))),
    ({"text": condition("CONTAINS", {"S": "m-07"})}, [7]),
    ({"tags": condition("CONTAINS", {"S": "tag-4"})}, [4]),
    ({"tags": condition("NOT_CONTAINS", {"S": "tag-4"})}, [0, 1, 2, 3, 5, 6, 7, 8, 9]),
    # An attribute that is not there contains nothing, and is not asked what it does not contain.
    ({"none": condition("NOT_CONTAINS", {"S": "x"})}, []),
    ({"none": condition("NE", {"S": "x"})}, list(range(10))),
    ({"city": condition("NOT_NULL"), "n": condition("GT", {"N": "50"})}, [6, 8]),
]


@pytest.mark.parametrize("conditions, expected", FILTERS)
def test_filters(dynamodb, table, partition, conditions, expected):
    query = dynamodb.query(TableName=table, KeyConditions=of(partition), QueryFilter=conditions)
    assert (numbers(query), query["ScannedCount"]) == (expected, 10)
    scan = dynamodb.scan(TableName=table, ScanFilter=of(partition, **conditions))
    assert sorted(numbers(scan)) == expected


def test_filters_join_with_or_and_answers_are_projected(dynamodb, table, partition):
    either = {"n": condition("LT", {"N": "10"}), "text": condition("EQ", {"S": "item-09"})}
    found = dynamodb.query(
        TableName=table, KeyConditions=of(partition), QueryFilter=either, ConditionalOperator="OR",
        AttributesToGet=["c", "text", "none"])
    assert found["Items"] == [
        {"c": {"N": "0"}, "text": {"S": "item-00"}}, {"c": {"N": "9"}, "text": {"S": "item-09"}}]
    counted = dynamodb.query(TableName=table, KeyConditions=of(partition), QueryFilter=either, Select="COUNT")
    assert counted["Count"] == 0 and "Items" not in counted


def test_attributes_to_get(dynamodb, table, partition):
    key = {"p": {"S": partition}, "c": {"N": "3"}}
    assert dynamodb.get_item(TableName=table, Key=key, AttributesToGet=["n", "city"])["Item"] == {"n": {"N": "30"}}
    found = dynamodb.batch_get_item(RequestItems={table: {"Keys": [key], "AttributesToGet": ["text"]}})
    assert found["Responses"][table] == [{"text": {"S": "item-03"}}]


@pytest.mark.parametrize("expected, holds", [
    ({"a": {"Value": OLD}}, True), ({"a": {"Value": NEW}}, False), ({"a": {"Exists": False}}, False),
    ({"x": {"Exists": False}}, True), ({"a": condition("BEGINS_WITH", {"S": "o"})}, True),
    ({"a": condition("NULL")}, False), ({"x": condition("NULL")}, True), ({"x": condition("NE", OLD)}, True),
    ({"a": {"Value": OLD}, "x": condition("NOT_NULL")}, False)])
def test_expected(dynamodb, table, key, expected, holds):
    dynamodb.put_item(TableName=table, Item={**key, "a": OLD})

    def write():
        return dynamodb.put_item(TableName=table, Item={**key, "a": NEW}, Expected=expected, ReturnValues="ALL_OLD")

    if holds:
        assert write()["Attributes"]["a"] == OLD
    else:
        with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException):
            write()


def test_expected_joins_with_or(dynamodb, table, key):
    dynamodb.put_item(TableName=table, Item={**key, "a": OLD})
    expected = {"a": {"Value": NEW}, "x": {"Exists": False}}
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException):
        dynamodb.delete_item(TableName=table, Key=key, Expected=expected)
    dynamodb.delete_item(TableName=table, Key=key, Expected=expected, ConditionalOperator="OR")
    assert "Item" not in dynamodb.get_item(TableName=table, Key=key)


@pytest.mark.parametrize("before, update, after", [
    ({}, {"a": {"Value": NEW}}, {"a": NEW}),
    ({"a": OLD}, {"a": {"Action": "PUT", "Value": NEW}}, {"a": NEW}),
    ({"a": OLD, "b": OLD}, {"a": {"Action": "DELETE"}}, {"b": OLD}),
    ({"n": {"N": "1"}}, {"n": {"Action": "ADD", "Value": {"N": "-3"}}}, {"n": {"N": "-2"}}),
    ({}, {"n": {"Action": "ADD", "Value": {"N": "5"}}}, {"n": {"N": "5"}}),
    ({"s": {"SS": ["a"]}}, {"s": {"Action": "ADD", "Value": {"SS": ["b"]}}}, {"s": {"SS": ["a", "b"]}}),
    ({"s": {"SS": ["a", "b"]}}, {"s": {"Action": "DELETE", "Value": {"SS": ["b", "c"]}}}, {"s": {"SS": ["a"]}}),
    ({"s": {"SS": ["a"]}, "x": OLD}, {"s": {"Action": "DELETE", "Value": {"SS": ["a"]}}}, {"x": OLD}),
    ({"l": {"L": [OLD]}}, {"l": {"Action": "ADD", "Value": {"L": [NEW]}}}, {"l": {"L": [OLD, NEW]}}),
])
def test_attribute_updates(dynamodb, table, key, before, update, after):
    dynamodb.put_item(TableName=table, Item={**key, **before})
    answer = dynamodb.update_item(TableName=table, Key=key, AttributeUpdates=update, ReturnValues="ALL_NEW")
    assert answer["Attributes"] == {**key, **after}
    assert dynamodb.get_item(TableName=table, Key=key)["Item"] == {**key, **after}


def test_attribute_updates_that_only_delete_make_no_item(dynamodb, table, key):
    dynamodb.update_item(TableName=table, Key=key, AttributeUpdates={"a": {"Action": "DELETE"}})
    assert "Item" not in dynamodb.get_item(TableName=table, Key=key)
    dynamodb.update_item(TableName=table, Key=key, AttributeUpdates={})
    assert dynamodb.get_item(TableName=table, Key=key)["Item"] == key


@pytest.mark.parametrize("update, message", [
    ({"p": {"Value": NEW}}, "Cannot update attribute p. This attribute is part of the key"),
    ({"a": {"Action": "PUT"}}, "Only DELETE action is allowed when no attribute value is specified"),
    ({"a": {"Action": "ADD", "Value": NEW}}, "ADD action is not supported for the type"),
    ({"a": {"Action": "DELETE", "Value": NEW}}, "DELETE action with value is not supported for the type"),
    ({"a": {"Action": "ADD", "Value": {"N": "1"}}}, "Type mismatch for attribute to update")])
def test_attribute_updates_are_refused(dynamodb, table, key, update, message):
    dynamodb.put_item(TableName=table, Item={**key, "a": OLD})
    with pytest.raises(ClientError, match=message):
        dynamodb.update_item(TableName=table, Key=key, AttributeUpdates=update)
    assert dynamodb.get_item(TableName=table, Key=key)["Item"]["a"] == OLD


def test_legacy_parameters_and_expressions_do_not_mix(dynamodb, table, key):
    with pytest.raises(ClientError) as raised:
        dynamodb.update_item(
            TableName=table, Key=key, AttributeUpdates={"a": {"Value": NEW}}, ConditionExpression="attribute_exists(a)")
    assert raised.value.response["Error"]["Message"] == (
        "Can not use both expression and non-expression parameters in the same request: "
        "Non-expression parameters: {AttributeUpdates} Expression parameters: {ConditionExpression}")
