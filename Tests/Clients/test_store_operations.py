"""Which of the service's operations `roost store` serves: all of botocore's models, but for those that are named here."""

import uuid

import botocore.session
import pytest
from botocore.exceptions import ClientError
from conftest import client

# Edited by whoever builds one. An operation that is in botocore's model, is not served and is not named here fails the test,
# and so does one that is named here and served.
REFUSED = {
    "dynamodb": {
        # There is no Kinesis and no S3 here.
        "EnableKinesisStreamingDestination", "ExportTableToPointInTime", "ImportTable", "StartBulkPutItems",
    },
    "dynamodbstreams": set(),
}


class Sample:
    """Parameters that an operation's model lets through: the members that it requires, about one table."""

    def __init__(self, dynamodb):
        self.table = f"operation-{uuid.uuid4().hex[:12]}"
        made = dynamodb.create_table(
            TableName=self.table, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})["TableDescription"]
        dynamodb.update_continuous_backups(
            TableName=self.table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
        account = "us-east-1:000000000000"
        self.known = {
            "TableName": self.table, "TableArn": made["TableArn"], "ResourceArn": made["TableArn"],
            "StreamArn": made["LatestStreamArn"], "S3Bucket": "bucket",
            "ExportArn": f"{made['TableArn']}/export/01234567890123-0123abcd",
            "ImportArn": f"{made['TableArn']}/import/01234567890123-0123abcd",
            "BulkOperationArn": f"{made['TableArn']}/bulk-operation/01234567890123-0123abcd",
            "BackupArn": f"{made['TableArn']}/backup/01234567890123-0123abcd",
        }
        self.kinesis = f"arn:aws:kinesis:{account}:stream/changes"

    def parameters(self, operation):
        parameters = self.value(operation.input_shape, "") if operation.input_shape else {}
        if "Kinesis" in operation.name:
            parameters["StreamArn"] = self.kinesis
        return {name: value for name, value in parameters.items() if name in operation.input_shape.members}

    def value(self, shape, name):
        if shape.type_name == "structure":
            members = {member: self.value(shape.members[member], member) for member in shape.required_members}
            return members | ({"TableName": f"{self.table}-new"} if name == "TableCreationParameters" else {})
        if shape.type_name == "list":
            return [self.value(shape.member, name) for _ in range(shape.metadata.get("min", 1))]
        if shape.type_name == "map":
            return {self.table: self.value(shape.value, name)}
        if shape.type_name == "string":
            text = shape.metadata.get("enum", [self.known.get(name, "sample")])[0]
            return text.ljust(shape.metadata.get("min", 0), "x")
        return {"boolean": False, "timestamp": 0, "blob": b"x"}.get(shape.type_name, shape.metadata.get("min", 1))


def is_refused(service, operation, sample):
    """Whether the endpoint says that it does not have the operation, whatever else it has against the sample."""
    try:
        service._make_api_call(operation.name, sample.parameters(operation))
    except ClientError as error:
        return error.response["Error"]["Code"] == "UnknownOperationException"
    return False


@pytest.mark.parametrize("name", ["dynamodb", "dynamodbstreams"])
def test_every_operation_of_the_model_is_served_or_named_here(store, dynamodb, name):
    model = botocore.session.get_session().get_service_model(name)
    assert REFUSED[name] <= set(model.operation_names)
    # Samples are not checked by the client: the endpoint is to have the last word.
    service = client(name, store.endpoint, parameter_validation=False)
    refused = {
        operation for operation in model.operation_names
        if is_refused(service, model.operation_model(operation), Sample(dynamodb))}
    assert refused == REFUSED[name]
