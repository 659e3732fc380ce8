"""The AWS CLI against `roost store`."""

import json

from conftest import aws_cli


def test_the_cli_makes_a_table_and_reads_back_an_item(store):
    aws_cli(
        "dynamodb", "create-table", "--table-name", "cli", "--billing-mode", "PAY_PER_REQUEST",
        "--attribute-definitions", "AttributeName=id,AttributeType=S", "--key-schema", "AttributeName=id,KeyType=HASH",
        endpoint=store.endpoint)
    aws_cli("dynamodb", "put-item", "--table-name", "cli", "--item", '{"id":{"S":"1"},"n":{"N":"007.50"}}', endpoint=store.endpoint)
    answer = aws_cli("dynamodb", "get-item", "--table-name", "cli", "--key", '{"id":{"S":"1"}}', endpoint=store.endpoint)
    assert json.loads(answer.stdout) == {"Item": {"id": {"S": "1"}, "n": {"N": "7.5"}}}
    assert "cli" in json.loads(aws_cli("dynamodb", "list-tables", endpoint=store.endpoint).stdout)["TableNames"]


def test_the_cli_prints_the_services_error(store):
    answer = aws_cli("dynamodb", "describe-table", "--table-name", "absent", endpoint=store.endpoint, check=False)
    assert answer.returncode != 0
    assert "ResourceNotFoundException" in answer.stderr
    assert "Requested resource not found: Table: absent not found" in answer.stderr
