"""boto3 against `roost store`: the operations on items, with the service's words where it refuses."""

import uuid

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from conftest import CREDENTIALS


@pytest.fixture(scope="module")
def raw(store):
    """A client that sends what it is given, so that the store's own checks are met."""
    return boto3.client(
        "dynamodb", endpoint_url=store.endpoint, config=Config(parameter_validation=False, retries={"max_attempts": 0}),
        **CREDENTIALS)


@pytest.fixture(scope="module")
def table(dynamodb):
    """A table with a sort key and two global indexes on one attribute."""
    name = f"items-{uuid.uuid4().hex[:12]}"
    projection = {"Projection": {"ProjectionType": "KEYS_ONLY"}}
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": a, "AttributeType": "S"} for a in ("pk", "sk", "city")],
        GlobalSecondaryIndexes=[
            {"IndexName": "z-city", "KeySchema": [{"AttributeName": "city", "KeyType": "HASH"}], **projection},
            {"IndexName": "by-city", "KeySchema": [{"AttributeName": "city", "KeyType": "HASH"}], **projection}])
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    yield name
    dynamodb.delete_table(TableName=name)


@pytest.fixture
def key():
    return {"pk": {"S": uuid.uuid4().hex}, "sk": {"S": "1"}}


def refusal(call, *arguments, **parameters):
    with pytest.raises(ClientError) as raised:
        call(*arguments, **parameters)
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def invalid(call, **parameters):
    code, message = refusal(call, **parameters)
    assert code == "ValidationException"
    return message


# Writes of one item


def test_return_values(dynamodb, table, key):
    assert "Attributes" not in dynamodb.put_item(TableName=table, Item={**key, "a": {"N": "1"}}, ReturnValues="ALL_OLD")
    old = dynamodb.put_item(TableName=table, Item={**key, "a": {"N": "2"}, "b": {"S": "x"}}, ReturnValues="ALL_OLD")
    assert old["Attributes"] == {**key, "a": {"N": "1"}}
    answers = {}
    for which in ("UPDATED_OLD", "UPDATED_NEW", "ALL_OLD", "ALL_NEW"):
        answers[which] = dynamodb.update_item(
            TableName=table, Key=key, UpdateExpression="ADD a :one REMOVE nowhere", ReturnValues=which,
            ExpressionAttributeValues={":one": {"N": "1"}})["Attributes"]
    assert answers["UPDATED_OLD"] == {"a": {"N": "2"}}
    assert answers["UPDATED_NEW"] == {"a": {"N": "4"}}
    assert answers["ALL_OLD"] == {**key, "a": {"N": "4"}, "b": {"S": "x"}}
    assert answers["ALL_NEW"] == {**key, "a": {"N": "6"}, "b": {"S": "x"}}
    assert dynamodb.delete_item(TableName=table, Key=key, ReturnValues="ALL_OLD")["Attributes"]["a"] == {"N": "6"}
    assert "Attributes" not in dynamodb.delete_item(TableName=table, Key=key, ReturnValues="ALL_OLD")


def test_a_failed_condition_brings_the_item_where_asked(dynamodb, table, key):
    item = {**key, "a": {"N": "1"}}
    dynamodb.put_item(TableName=table, Item=item)
    for asked in ("ALL_OLD", "NONE"):
        with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException) as raised:
            dynamodb.delete_item(
                TableName=table, Key=key, ConditionExpression="a > :one", ExpressionAttributeValues={":one": {"N": "1"}},
                ReturnValuesOnConditionCheckFailure=asked)
        assert raised.value.response.get("Item") == (item if asked == "ALL_OLD" else None)


def test_missing_and_broken_members_are_told_together(raw, table):
    message = invalid(raw.put_item, TableName="ab;", ReturnConsumedCapacity="SOME")
    assert message.startswith("3 validation errors detected: ")
    for part in (
            "Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: "
            "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
            "Value null at 'item' failed to satisfy constraint: Member must not be null"):
        assert part in message
    assert invalid(raw.get_item, TableName="", Key={}) == (
        "1 validation error detected: Value at 'TableName' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1")


@pytest.mark.parametrize("value, message", [
    ({"NS": ["1", "1.0"]}, "One or more parameter values were invalid: Input collection contains duplicates."),
    ({"SS": []}, "One or more parameter values were invalid: An string set  may not be empty"),
    ({"N": "ten"}, "The parameter cannot be converted to a numeric value: ten"),
])
def test_values_are_checked(raw, table, key, value, message):
    assert invalid(raw.put_item, TableName=table, Item={**key, "a": value}) == f"1 validation error detected: {message}"


def test_a_value_has_one_type(raw, table, key):
    assert invalid(raw.put_item, TableName=table, Item={**key, "a": {}}) == (
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
    assert invalid(raw.put_item, TableName=table, Item={**key, "a": {"S": "x", "N": "1"}}) == (
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")


def test_keys_are_checked(raw, table, key):
    schema = "The provided key element does not match the schema"
    assert invalid(raw.get_item, TableName=table, Key={"pk": key["pk"]}) == schema
    assert invalid(raw.get_item, TableName=table, Key={**key, "sk": {"N": "1"}}) == schema
    assert invalid(raw.put_item, TableName=table, Item={"pk": key["pk"]}) == (
        "One or more parameter values were invalid: Missing the key sk in the item")
    assert invalid(raw.put_item, TableName=table, Item={**key, "sk": {"N": "1"}}) == (
        "One or more parameter values were invalid: Type mismatch for key sk expected: S actual: N")
    assert "cannot contain an empty string value. Key: sk" in invalid(raw.get_item, TableName=table, Key={**key, "sk": {"S": ""}})
    # Of two indexes on the attribute, the first by name is told.
    assert invalid(raw.put_item, TableName=table, Item={**key, "city": {"N": "1"}}) == (
        "One or more parameter values were invalid: Type mismatch for Index Key city Expected: S Actual: N IndexName: by-city")


def test_items_of_more_than_400_kilobytes_are_refused(dynamodb, table, key):
    rest = 400 * 1024 - sum(len(name) + len(value["S"]) for name, value in key.items()) - 1
    dynamodb.put_item(TableName=table, Item={**key, "a": {"S": "x" * rest}})
    assert invalid(dynamodb.put_item, TableName=table, Item={**key, "a": {"S": "x" * (rest + 1)}}) == (
        "Item size has exceeded the maximum allowed size")
    assert invalid(
        dynamodb.update_item, TableName=table, Key=key, UpdateExpression="SET b = :b", ExpressionAttributeValues={":b": {"S": ""}}
    ) == "Item size to update has exceeded the maximum allowed size"


def test_a_table_has_an_arn(dynamodb, table, key):
    arn = dynamodb.describe_table(TableName=table)["Table"]["TableArn"]
    dynamodb.put_item(TableName=arn, Item=key)
    assert dynamodb.get_item(TableName=arn, Key=key)["Item"] == key
    assert dynamodb.batch_get_item(RequestItems={arn: {"Keys": [key]}})["Responses"] == {arn: [key]}
    assert refusal(dynamodb.get_item, TableName="nowhere", Key=key) == (
        "ResourceNotFoundException", "Requested resource not found")


# Batches


def test_a_batch_of_writes_and_a_batch_of_reads(dynamodb, table):
    partition = {"S": uuid.uuid4().hex}
    keys = [{"pk": partition, "sk": {"S": f"{number:03}"}} for number in range(100)]
    for start in range(0, 100, 25):
        answer = dynamodb.batch_write_item(
            RequestItems={table: [{"PutRequest": {"Item": {**key, "a": {"S": "x"}}}} for key in keys[start:start + 25]]})
        assert answer["UnprocessedItems"] == {}
    found = dynamodb.batch_get_item(RequestItems={table: {"Keys": keys, "ProjectionExpression": "sk"}})
    assert sorted(item["sk"]["S"] for item in found["Responses"][table]) == [key["sk"]["S"] for key in keys]
    assert found["UnprocessedKeys"] == {}
    message = invalid(dynamodb.batch_get_item, RequestItems={table: {"Keys": keys + [{**keys[0], "sk": {"S": "x"}}]}})
    assert message.endswith("Member must have length less than or equal to 100")
    message = invalid(dynamodb.batch_write_item, RequestItems={table: [{"DeleteRequest": {"Key": key}} for key in keys[:26]]})
    assert "Member must have length less than or equal to 25" in message


def test_a_batch_answers_at_most_16_megabytes(dynamodb, table):
    partition = {"S": uuid.uuid4().hex}
    keys = [{"pk": partition, "sk": {"S": f"{number:03}"}} for number in range(50)]
    for key in keys:
        dynamodb.put_item(TableName=table, Item={**key, "a": {"S": "x" * 390_000}})
    wanted, found, rounds = {table: {"Keys": keys, "ConsistentRead": True}}, [], 0
    while wanted:
        answer = dynamodb.batch_get_item(RequestItems=wanted)
        assert answer["Responses"][table]
        found += [item["sk"]["S"] for item in answer["Responses"][table]]
        wanted, rounds = answer["UnprocessedKeys"], rounds + 1
        assert not wanted or wanted[table]["ConsistentRead"] is True
    assert rounds == 2 and sorted(found) == [key["sk"]["S"] for key in keys]


def test_a_batch_has_each_item_once(dynamodb, raw, table, key):
    assert invalid(dynamodb.batch_get_item, RequestItems={table: {"Keys": [key, key]}}) == (
        "Provided list of item keys contains duplicates")
    assert invalid(
        dynamodb.batch_write_item, RequestItems={table: [{"PutRequest": {"Item": key}}, {"DeleteRequest": {"Key": key}}]}
    ) == "Provided list of item keys contains duplicates"
    assert invalid(raw.batch_get_item, RequestItems={}) == (
        "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1")
    assert invalid(raw.batch_write_item, RequestItems={}) == "The requestItems parameter is required for BatchWriteItem"


# Transactions


def test_a_transaction_happens_as_a_whole_or_not_at_all(dynamodb, table):
    first, second, third = ({"pk": {"S": uuid.uuid4().hex}, "sk": {"S": "1"}} for _ in range(3))
    dynamodb.put_item(TableName=table, Item={**first, "n": {"N": "1"}})
    update = {
        "TableName": table, "Key": first, "UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
    put = {"TableName": table, "Item": second, "ConditionExpression": "attribute_not_exists(pk)"}
    check = {"TableName": table, "Key": third, "ConditionExpression": "attribute_not_exists(pk)"}
    actions = [{"Update": update}, {"Put": put}, {"ConditionCheck": check}]
    answer = dynamodb.transact_write_items(TransactItems=actions, ReturnConsumedCapacity="TOTAL")
    assert answer["ConsumedCapacity"][0]["CapacityUnits"] == 6
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as raised:
        dynamodb.transact_write_items(
            TransactItems=[actions[0], {"Put": {**put, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}}, actions[2]])
    assert raised.value.response["Error"]["Message"] == (
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]")
    assert raised.value.response["CancellationReasons"] == [
        {"Code": "None"},
        {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed", "Item": second}, {"Code": "None"}]
    found = dynamodb.transact_get_items(
        TransactItems=[{"Get": {"TableName": table, "Key": key}} for key in (first, third, second)])
    assert found["Responses"] == [{"Item": {**first, "n": {"N": "2"}}}, {}, {"Item": second}]


def test_a_token_makes_a_repetition_do_nothing(dynamodb, table, key):
    token = uuid.uuid4().hex

    def add(number):
        return dynamodb.transact_write_items(ClientRequestToken=token, TransactItems=[{"Update": {
            "TableName": table, "Key": key, "UpdateExpression": "ADD n :n",
            "ExpressionAttributeValues": {":n": {"N": number}}}}])

    add("1")
    add("1")
    assert dynamodb.get_item(TableName=table, Key=key)["Item"]["n"] == {"N": "1"}
    assert refusal(add, "2")[0] == "IdempotentParameterMismatchException"


def test_what_a_transaction_may_hold(raw, table, key):
    check = {"ConditionCheck": {"TableName": table, "Key": key, "ConditionExpression": "attribute_exists(pk)"}}
    delete = {"Delete": {"TableName": table, "Key": key}}
    assert invalid(raw.transact_write_items, TransactItems=[check, delete]) == (
        "Transaction request cannot include multiple operations on one item")
    assert invalid(raw.transact_write_items, TransactItems=[]) == (
        "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1")
    assert invalid(raw.transact_get_items, TransactItems=[{"Get": {"TableName": table, "Key": key}}] * 101).endswith(
        "Member must have length less than or equal to 100")
    large = [
        {"Put": {"TableName": table, "Item": {**key, "sk": {"S": str(number)}, "a": {"S": "x" * 400_000}}}} for number in range(11)]
    assert "4 MB" in invalid(raw.transact_write_items, TransactItems=large)


def test_only_what_a_transaction_brings_counts_for_its_size(dynamodb, table):
    keys = [{"pk": {"S": uuid.uuid4().hex}, "sk": {"S": "1"}} for _ in range(11)]
    for key in keys:
        dynamodb.put_item(TableName=table, Item={**key, "a": {"S": "x" * 400_000}})
    dynamodb.transact_write_items(TransactItems=[{"Delete": {"TableName": table, "Key": key}} for key in keys])
    assert dynamodb.batch_get_item(RequestItems={table: {"Keys": keys}})["Responses"][table] == []


def test_the_first_action_that_does_not_fit_its_table_cancels(dynamodb, table, key):
    puts = [{**key, "sk": {"S": "2"}}, {**key, "sk": {"N": "7"}}, {**key, "sk": {"N": "8"}}]
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as raised:
        dynamodb.transact_write_items(TransactItems=[{"Put": {"TableName": table, "Item": item}} for item in puts])
    assert [reason["Code"] for reason in raised.value.response["CancellationReasons"]] == ["None", "ValidationError", "None"]


def test_an_index_key_of_another_type_cancels_a_transaction(dynamodb, raw, table, key):
    update = {"TableName": table, "Key": key, "UpdateExpression": "SET city = :c", "ExpressionAttributeValues": {":c": {"N": "1"}}}
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as raised:
        dynamodb.transact_write_items(TransactItems=[{"Update": update}])
    assert raised.value.response["CancellationReasons"] == [{
        "Code": "ValidationError",
        "Message": "One or more parameter values were invalid: Type mismatch for Index Key city Expected: S Actual: N "
                   "IndexName: by-city"}]
    assert invalid(dynamodb.update_item, **update) == (
        "The update expression attempted to update the secondary index key to unsupported type")
