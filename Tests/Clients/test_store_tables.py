"""boto3 against `roost store`: tables made, changed, tagged and deleted as the service does it."""

import concurrent.futures
import json
import uuid

import pytest
from botocore.exceptions import ClientError
from conftest import Roost, aws_cli, client

KEY = [{"AttributeName": "pk", "KeyType": "HASH"}]
DEFINITIONS = [{"AttributeName": "pk", "AttributeType": "S"}]


@pytest.fixture
def make(dynamodb):
    """Makes tables with a partition key `pk`, and deletes them at the end."""
    names = []

    def table(**parameters):
        name = f"table-{uuid.uuid4().hex[:12]}"
        made = dict(KeySchema=KEY, AttributeDefinitions=DEFINITIONS, BillingMode="PAY_PER_REQUEST") | parameters
        dynamodb.create_table(TableName=name, **made)
        names.append(name)
        dynamodb.get_waiter("table_exists").wait(TableName=name)
        return name

    yield table
    for name in names:
        dynamodb.delete_table(TableName=name)
        dynamodb.get_waiter("table_not_exists").wait(TableName=name)


def describe(dynamodb, name):
    return dynamodb.describe_table(TableName=name)["Table"]


def add_index(dynamodb, table, name="by-city", attribute="city", kind="S"):
    return dynamodb.update_table(
        TableName=table, AttributeDefinitions=[{"AttributeName": attribute, "AttributeType": kind}],
        GlobalSecondaryIndexUpdates=[{"Create": {
            "IndexName": name, "KeySchema": [{"AttributeName": attribute, "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"}}}])["TableDescription"]


def refusal(call, **parameters):
    with pytest.raises(ClientError) as raised:
        call(**parameters)
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_table_with_every_setting_is_told_as_it_was_made(dynamodb, make):
    name = make(
        KeySchema=KEY + [{"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=DEFINITIONS + [
            {"AttributeName": "sk", "AttributeType": "N"}, {"AttributeName": "day", "AttributeType": "S"},
            {"AttributeName": "a", "AttributeType": "S"}, {"AttributeName": "b", "AttributeType": "B"}],
        LocalSecondaryIndexes=[{
            "IndexName": "by-day", "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["x"]},
            "KeySchema": KEY + [{"AttributeName": "day", "KeyType": "RANGE"}]}],
        GlobalSecondaryIndexes=[{
            "IndexName": "by-both", "Projection": {"ProjectionType": "KEYS_ONLY"},
            "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}, {"AttributeName": "b", "KeyType": "HASH"},
                          {"AttributeName": "day", "KeyType": "RANGE"}]}],
        TableClass="STANDARD_INFREQUENT_ACCESS", SSESpecification={"Enabled": True},
        OnDemandThroughput={"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": 5},
        Tags=[{"Key": "env", "Value": "test"}])
    table = describe(dynamodb, name)
    assert table["TableStatus"] == "ACTIVE"
    assert [key["AttributeName"] for key in table["LocalSecondaryIndexes"][0]["KeySchema"]] == ["pk", "day"]
    index = table["GlobalSecondaryIndexes"][0]
    assert [key["KeyType"] for key in index["KeySchema"]] == ["HASH", "HASH", "RANGE"]
    assert index["IndexStatus"] == "ACTIVE" and "Backfilling" not in index
    assert table["TableClassSummary"] == {"TableClass": "STANDARD_INFREQUENT_ACCESS"}
    assert table["SSEDescription"]["Status"] == "ENABLED" and table["SSEDescription"]["SSEType"] == "KMS"
    assert table["OnDemandThroughput"] == {"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": 5}
    assert table["BillingModeSummary"]["LastUpdateToPayPerRequestDateTime"] == table["CreationDateTime"]
    assert table["WarmThroughput"] == {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000, "Status": "ACTIVE"}
    tags = dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
    assert tags == [{"Key": "env", "Value": "test"}]


def test_an_index_is_filled_while_others_write(dynamodb, make):
    name = make()

    def put(number):
        dynamodb.put_item(TableName=name, Item={"pk": {"S": str(number)}, "city": {"S": f"city{number % 3}"}})

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        list(pool.map(put, range(2000)))
        writes = [pool.submit(put, number) for number in range(1000, 3000)]
        assert add_index(dynamodb, name)["TableStatus"] == "UPDATING"
        for write in writes:
            write.result()
    while describe(dynamodb, name)["GlobalSecondaryIndexes"][0]["IndexStatus"] != "ACTIVE":
        pass
    pages = dynamodb.get_paginator("query").paginate(
        TableName=name, IndexName="by-city", KeyConditionExpression="city = :c", ExpressionAttributeValues={":c": {"S": "city1"}})
    found = {item["pk"]["S"] for page in pages for item in page["Items"]}
    assert found == {str(number) for number in range(3000) if number % 3 == 1}


def test_an_index_that_a_crash_left_half_filled_is_filled_after_it(tmp_path):
    roost = Roost("store", "--port", "0", "--data-dir", tmp_path)
    dynamodb = client("dynamodb", roost.address("DynamoDB"))
    dynamodb.create_table(
        TableName="crash", KeySchema=KEY, AttributeDefinitions=DEFINITIONS, BillingMode="PAY_PER_REQUEST")
    for start in range(0, 5000, 25):
        puts = [{"PutRequest": {"Item": {"pk": {"S": str(n)}, "city": {"S": "x"}}}} for n in range(start, start + 25)]
        dynamodb.batch_write_item(RequestItems={"crash": puts})
    add_index(dynamodb, "crash")
    roost.kill()
    with Roost("store", "--port", "0", "--data-dir", tmp_path) as again:
        dynamodb = client("dynamodb", again.address("DynamoDB"))
        while describe(dynamodb, "crash")["GlobalSecondaryIndexes"][0]["IndexStatus"] != "ACTIVE":
            pass
        pages = dynamodb.get_paginator("scan").paginate(TableName="crash", IndexName="by-city", Select="COUNT")
        assert sum(page["Count"] for page in pages) == 5000


def test_an_index_is_deleted_and_its_attribute_is_free_again(dynamodb, make):
    name = make()
    add_index(dynamodb, name)
    assert refusal(dynamodb.put_item, TableName=name, Item={"pk": {"S": "a"}, "city": {"N": "1"}})[0] == "ValidationException"
    answer = dynamodb.update_table(TableName=name, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-city"}}])
    assert answer["TableDescription"]["GlobalSecondaryIndexes"][0]["IndexStatus"] == "DELETING"
    assert "GlobalSecondaryIndexes" not in describe(dynamodb, name)
    dynamodb.put_item(TableName=name, Item={"pk": {"S": "a"}, "city": {"N": "1"}})
    code, message = refusal(dynamodb.scan, TableName=name, IndexName="by-city")
    assert (code, message) == ("ValidationException", "The table does not have the specified index: by-city")


def test_the_billing_mode_goes_to_and_fro_with_the_throughput_of_the_indexes(dynamodb, make):
    name = make()
    add_index(dynamodb, name)
    units = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    code, message = refusal(
        dynamodb.update_table, TableName=name, BillingMode="PROVISIONED", ProvisionedThroughput=units)
    assert "ProvisionedThroughput must be specified for index: by-city" in message
    dynamodb.update_table(
        TableName=name, BillingMode="PROVISIONED", ProvisionedThroughput=units,
        GlobalSecondaryIndexUpdates=[{"Update": {"IndexName": "by-city", "ProvisionedThroughput": units}}])
    table = describe(dynamodb, name)
    assert table["BillingModeSummary"]["BillingMode"] == "PROVISIONED"
    assert table["ProvisionedThroughput"]["ReadCapacityUnits"] == 5
    assert table["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"]["WriteCapacityUnits"] == 5
    dynamodb.update_table(TableName=name, BillingMode="PAY_PER_REQUEST")
    assert describe(dynamodb, name)["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"]["WriteCapacityUnits"] == 0


def test_a_protected_table_stays_until_the_protection_goes(dynamodb, make):
    name = make(DeletionProtectionEnabled=True)
    code, message = refusal(dynamodb.delete_table, TableName=name)
    assert code == "ValidationException" and "protected against deletion" in message
    dynamodb.update_table(TableName=name, DeletionProtectionEnabled=False)


def test_time_to_live_is_changed_once_an_hour(dynamodb, make):
    name = make()
    setting = {"AttributeName": "expires", "Enabled": True}
    answer = dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=setting)
    assert answer["TimeToLiveSpecification"] == setting
    assert dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}
    code, message = refusal(
        dynamodb.update_time_to_live, TableName=name, TimeToLiveSpecification=setting | {"Enabled": False})
    assert (code, message) == (
        "ValidationException", "Time to live has been modified multiple times within a fixed interval")


def test_tags_are_kept_and_their_arn_is_checked(dynamodb, make):
    name = make()
    arn = describe(dynamodb, name)["TableArn"]
    dynamodb.tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}])
    dynamodb.tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "2"}])
    dynamodb.untag_resource(ResourceArn=arn, TagKeys=["b", "none"])
    assert dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"] == [{"Key": "a", "Value": "2"}]
    tags = [{"Key": "k", "Value": "v"}]
    assert refusal(dynamodb.tag_resource, ResourceArn=arn + "x", Tags=tags)[0] == "ResourceNotFoundException"
    assert "ARNs must start with 'arn:'" in refusal(dynamodb.tag_resource, ResourceArn="nonsense", Tags=tags)[1]
    assert refusal(dynamodb.list_tags_of_resource, ResourceArn=arn + "x")[0] == "AccessDeniedException"


def test_the_accounts_limits_are_told(dynamodb):
    limits = dynamodb.describe_limits()
    assert limits["AccountMaxReadCapacityUnits"] == 80000 and limits["TableMaxWriteCapacityUnits"] == 40000


def test_index_names_of_both_kinds_are_refused_together(store):
    # The endpoint is to have the last word on the names, not the client.
    code, message = refusal(
        client("dynamodb", store.endpoint, parameter_validation=False).create_table, TableName="names", BillingMode="PAY_PER_REQUEST",
        KeySchema=KEY + [{"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=DEFINITIONS + [{"AttributeName": "sk", "AttributeType": "S"}],
        LocalSecondaryIndexes=[{
            "IndexName": "a!", "Projection": {"ProjectionType": "ALL"},
            "KeySchema": KEY + [{"AttributeName": "r", "KeyType": "RANGE"}]}],
        GlobalSecondaryIndexes=[{
            "IndexName": "zz", "Projection": {"ProjectionType": "ALL"}, "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}]}])
    assert code == "ValidationException"
    assert message.startswith("3 validation errors detected: Value 'zz' at 'globalSecondaryIndexes.1.member.indexName'")
    assert "Value 'a!' at 'localSecondaryIndexes.1.member.indexName'" in message


def test_the_cli_updates_a_table(store, dynamodb, make):
    name = make()
    # The service takes a new class alone.
    for option in (["--stream-specification", "StreamEnabled=true,StreamViewType=NEW_IMAGE"],
                   ["--table-class", "STANDARD_INFREQUENT_ACCESS"]):
        answer = aws_cli("dynamodb", "update-table", "--table-name", name, *option, endpoint=store.endpoint)
        assert json.loads(answer.stdout)["TableDescription"]["TableStatus"] == "UPDATING"
        aws_cli("dynamodb", "wait", "table-exists", "--table-name", name, endpoint=store.endpoint)
    assert describe(dynamodb, name)["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
