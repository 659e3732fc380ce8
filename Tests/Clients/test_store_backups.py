"""Backups, point-in-time recovery and the settings beside them, as boto3 uses them."""

import datetime
import json
import time
import uuid

import pytest
from botocore.exceptions import ClientError
from conftest import Roost, client, eventually


@pytest.fixture
def table(dynamodb):
    """A table with a global index and three items."""
    name = f"kept-{uuid.uuid4().hex[:12]}"
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "city", "AttributeType": "S"}],
        GlobalSecondaryIndexes=[{
            "IndexName": "by-city", "KeySchema": [{"AttributeName": "city", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"}}])
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    for number in range(3):
        dynamodb.put_item(TableName=name, Item={"pk": {"S": f"p{number}"}, "city": {"S": "Bern"}})
    yield name
    dynamodb.delete_table(TableName=name)


@pytest.fixture
def target(dynamodb):
    """A name for a table that a test restores."""
    name = f"again-{uuid.uuid4().hex[:12]}"
    yield name
    dynamodb.delete_table(TableName=name)


def keys(dynamodb, table, **more):
    return sorted(item["pk"]["S"] for item in dynamodb.scan(TableName=table, **more)["Items"])


def error(raised):
    return raised.value.response["Error"]["Code"]


def test_a_backup_is_restored_with_its_index(dynamodb, table, target):
    backup = dynamodb.create_backup(TableName=table, BackupName="before")["BackupDetails"]
    assert backup["BackupStatus"] == "CREATING" and backup["BackupType"] == "USER"
    dynamodb.delete_item(TableName=table, Key={"pk": {"S": "p0"}})
    described = dynamodb.describe_backup(BackupArn=backup["BackupArn"])["BackupDescription"]
    assert described["BackupDetails"]["BackupStatus"] == "AVAILABLE"
    assert described["SourceTableDetails"]["ItemCount"] == 3
    assert described["SourceTableFeatureDetails"]["GlobalSecondaryIndexes"][0]["IndexName"] == "by-city"
    restored = dynamodb.restore_table_from_backup(TargetTableName=target, BackupArn=backup["BackupArn"])["TableDescription"]
    assert restored["RestoreSummary"]["RestoreInProgress"] is True
    assert restored["RestoreSummary"]["SourceBackupArn"] == backup["BackupArn"]
    dynamodb.get_waiter("table_exists").wait(TableName=target)
    assert keys(dynamodb, target) == keys(dynamodb, target, IndexName="by-city") == ["p0", "p1", "p2"]
    assert keys(dynamodb, table) == ["p1", "p2"]
    assert dynamodb.describe_table(TableName=target)["Table"]["RestoreSummary"]["RestoreInProgress"] is False
    listed = dynamodb.list_backups(TableName=table)["BackupSummaries"]
    assert [summary["BackupArn"] for summary in listed] == [backup["BackupArn"]]
    deleted = dynamodb.delete_backup(BackupArn=backup["BackupArn"])["BackupDescription"]
    assert deleted["BackupDetails"]["BackupStatus"] == "DELETED"
    with pytest.raises(ClientError) as raised:
        dynamodb.describe_backup(BackupArn=backup["BackupArn"])
    assert error(raised) == "BackupNotFoundException"


def test_a_table_is_brought_back_to_a_second(dynamodb, table, target):
    on = {"PointInTimeRecoveryEnabled": True}
    description = dynamodb.update_continuous_backups(
        TableName=table, PointInTimeRecoverySpecification=on)["ContinuousBackupsDescription"]
    recovery = description["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "ENABLED" and recovery["RecoveryPeriodInDays"] == 35
    moment = datetime.datetime.now(datetime.timezone.utc)
    # The change must be of a later millisecond.
    time.sleep(0.05)
    dynamodb.delete_item(TableName=table, Key={"pk": {"S": "p0"}})
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "new"}, "city": {"S": "Basel"}})
    restored = dynamodb.restore_table_to_point_in_time(
        SourceTableName=table, TargetTableName=target, RestoreDateTime=moment.timestamp())["TableDescription"]
    assert restored["RestoreSummary"]["SourceTableArn"].endswith(table)
    dynamodb.get_waiter("table_exists").wait(TableName=target)
    assert keys(dynamodb, target) == ["p0", "p1", "p2"]
    off = {"PointInTimeRecoveryEnabled": False}
    dynamodb.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=off)
    assert dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"] == {
        "ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"}}


@pytest.mark.parametrize("operation, arguments, code, message", [
    ("create_backup", {"TableName": "no-such", "BackupName": "any"}, "TableNotFoundException", "Table not found: no-such"),
    ("describe_continuous_backups", {"TableName": "no-such"}, "TableNotFoundException", "Table not found: no-such"),
    ("restore_table_from_backup", {"TargetTableName": "new-one", "BackupArn": "b" * 40}, "BackupNotFoundException", None),
    ("describe_global_table", {"GlobalTableName": "no-such"}, "GlobalTableNotFoundException",
     "Global table with name 'no-such' does not exist."),
    ("describe_contributor_insights", {"TableName": "no-such"}, "ResourceNotFoundException",
     "Requested resource not found: Table: no-such not found"),
    ("describe_kinesis_streaming_destination", {"TableName": "no-such"}, "ResourceNotFoundException", None),
    ("describe_import", {"ImportArn": "arn:aws:dynamodb:us-east-1:000000000000:table/tab/import/1"}, "ImportNotFoundException", None),
])
def test_what_is_not_there_has_the_service_s_own_error(dynamodb, operation, arguments, code, message):
    with pytest.raises(ClientError) as raised:
        getattr(dynamodb, operation)(**arguments)
    assert error(raised) == code
    assert message is None or raised.value.response["Error"]["Message"] == message


def test_a_policy_is_put_by_revision(dynamodb, table):
    arn = dynamodb.describe_table(TableName=table)["Table"]["TableArn"]

    def policy(action):
        return json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Action": action, "Resource": "*"}]})

    with pytest.raises(ClientError) as raised:
        dynamodb.get_resource_policy(ResourceArn=arn)
    assert error(raised) == "PolicyNotFoundException"
    first = dynamodb.put_resource_policy(ResourceArn=arn, Policy=policy("dynamodb:GetItem"), ExpectedRevisionId="NO_POLICY")
    again = dynamodb.put_resource_policy(ResourceArn=arn, Policy=policy("dynamodb:GetItem"))
    assert again["RevisionId"] == first["RevisionId"]
    second = dynamodb.put_resource_policy(
        ResourceArn=arn, Policy=policy("dynamodb:PutItem"), ExpectedRevisionId=first["RevisionId"])
    assert second["RevisionId"] > first["RevisionId"]
    with pytest.raises(ClientError) as raised:
        dynamodb.delete_resource_policy(ResourceArn=arn, ExpectedRevisionId=first["RevisionId"])
    assert raised.value.response["Error"]["Message"] == (
        "Resource-based policy not found for the provided ResourceArn: Requested update for policy with revision id "
        f"{first['RevisionId']}, but the policy associated to target table {table} has revision id {second['RevisionId']}.")
    assert json.loads(dynamodb.get_resource_policy(ResourceArn=arn)["Policy"])["Statement"][0]["Action"] == "dynamodb:PutItem"
    assert dynamodb.delete_resource_policy(ResourceArn=arn)["RevisionId"] == second["RevisionId"]


def test_contributor_insights_are_kept(dynamodb, table):
    assert dynamodb.describe_contributor_insights(TableName=table)["ContributorInsightsStatus"] == "DISABLED"
    update = dynamodb.update_contributor_insights(TableName=table, ContributorInsightsAction="ENABLE")
    assert update["ContributorInsightsStatus"] == "ENABLING"
    assert dynamodb.describe_contributor_insights(TableName=table)["ContributorInsightsStatus"] == "ENABLED"
    summaries = dynamodb.list_contributor_insights(TableName=table)["ContributorInsightsSummaries"]
    assert [summary["TableName"] for summary in summaries] == [table]


def test_what_needs_another_service_is_refused_by_name(dynamodb, table):
    with pytest.raises(ClientError) as raised:
        dynamodb.enable_kinesis_streaming_destination(
            TableName=table, StreamArn="arn:aws:kinesis:us-east-1:000000000000:stream/changes")
    assert error(raised) == "UnknownOperationException"
    assert "EnableKinesisStreamingDestination is not supported" in raised.value.response["Error"]["Message"]
    assert dynamodb.list_global_tables()["GlobalTables"] == []


def test_a_backup_and_a_restore_that_a_crash_interrupts_are_finished_by_the_next_process(tmp_path):
    """More items than the store copies in one step, so that the process ends in the middle."""
    count = 3000

    def start():
        roost = Roost("store", "--port", "0", "--data-dir", tmp_path)
        return roost, client("dynamodb", roost.address("DynamoDB"))

    roost, dynamodb = start()
    dynamodb.create_table(
        TableName="source", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "group", "AttributeType": "S"}],
        GlobalSecondaryIndexes=[{
            "IndexName": "by-group", "KeySchema": [{"AttributeName": "group", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"}}])
    for first in range(0, count, 25):
        dynamodb.batch_write_item(RequestItems={"source": [
            {"PutRequest": {"Item": {"pk": {"S": str(number)}, "group": {"S": str(number % 7)}}}}
            for number in range(first, first + 25)]})
    arn = dynamodb.create_backup(TableName="source", BackupName="whole")["BackupDetails"]["BackupArn"]
    roost.kill()

    roost, dynamodb = start()
    eventually(lambda: dynamodb.describe_backup(BackupArn=arn)["BackupDescription"]["BackupDetails"]["BackupStatus"] == "AVAILABLE")
    assert dynamodb.describe_backup(BackupArn=arn)["BackupDescription"]["SourceTableDetails"]["ItemCount"] == count
    dynamodb.restore_table_from_backup(TargetTableName="target", BackupArn=arn)
    roost.kill()

    roost, dynamodb = start()
    with roost:
        eventually(lambda: dynamodb.describe_table(TableName="target")["Table"]["TableStatus"] == "ACTIVE")
        for index in [{}, {"IndexName": "by-group"}]:
            pages = dynamodb.get_paginator("scan").paginate(TableName="target", Select="COUNT", **index)
            assert sum(page["Count"] for page in pages) == count
