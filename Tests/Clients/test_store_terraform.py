"""Terraform's AWS provider against `roost store`: a table is made, changed and destroyed, and a second plan has no difference.

Needs `terraform` on the path, and the provider in a plugin directory (`terraform providers mirror DIR` makes one) that
ROOST_TERRAFORM_PLUGINS names: nothing is downloaded here.
"""

import json
import os
import shutil
import subprocess

import pytest
from conftest import client

PLUGINS = os.environ.get("ROOST_TERRAFORM_PLUGINS")
# The provider is a program of 700 MB, which each command starts several times.
LONGEST_SECONDS = 900

pytestmark = pytest.mark.skipif(
    not (PLUGINS and shutil.which("terraform")), reason="no terraform, or ROOST_TERRAFORM_PLUGINS names no providers")

PROVIDER = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints { dynamodb = "%s" }
}
"""

FIRST = """
resource "aws_dynamodb_table" "t" {
  name         = "terraform"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"
  attribute {
    name = "pk"
    type = "S"
  }
  attribute {
    name = "sk"
    type = "N"
  }
  attribute {
    name = "day"
    type = "S"
  }
  local_secondary_index {
    name            = "by-day"
    range_key       = "day"
    projection_type = "KEYS_ONLY"
  }
  tags = { env = "test" }
}
"""

SECOND = """
resource "aws_dynamodb_table" "t" {
  name                        = "terraform"
  billing_mode                = "PROVISIONED"
  read_capacity               = 5
  write_capacity              = 4
  hash_key                    = "pk"
  range_key                   = "sk"
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  table_class                 = "STANDARD_INFREQUENT_ACCESS"
  attribute {
    name = "pk"
    type = "S"
  }
  attribute {
    name = "sk"
    type = "N"
  }
  attribute {
    name = "day"
    type = "S"
  }
  attribute {
    name = "city"
    type = "S"
  }
  local_secondary_index {
    name            = "by-day"
    range_key       = "day"
    projection_type = "KEYS_ONLY"
  }
  global_secondary_index {
    name               = "by-city"
    hash_key           = "city"
    projection_type    = "INCLUDE"
    non_key_attributes = ["x"]
    read_capacity      = 2
    write_capacity     = 2
  }
  ttl {
    attribute_name = "expires"
    enabled        = true
  }
  server_side_encryption { enabled = true }
  tags = { env = "live", team = "birds" }
}
"""


STREAM = """
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
"""

TTL = """
  ttl {
    attribute_name = "expires"
    enabled        = true
  }
"""


def with_(table, more):
    """The table with more in its block."""
    return table.rstrip().removesuffix("}") + more + "}\n"


class Workspace:
    def __init__(self, folder, endpoint):
        self.folder, self.endpoint = folder, endpoint
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))} | {
            "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", "TF_CLI_CONFIG_FILE": os.devnull}

    def describe(self, table):
        (self.folder / "main.tf").write_text(PROVIDER % self.endpoint + table)

    def run(self, *arguments, expect=0):
        answer = subprocess.run(
            ["terraform", *arguments, "-no-color"], cwd=self.folder, env=self.environment, capture_output=True, text=True,
            timeout=LONGEST_SECONDS)
        assert answer.returncode == expect, answer.stdout + answer.stderr
        return answer.stdout


@pytest.fixture
def workspace(store, tmp_path):
    workspace = Workspace(tmp_path, store.endpoint)
    workspace.describe(FIRST)
    workspace.run("init", f"-plugin-dir={PLUGINS}", "-input=false")
    return workspace


def test_a_table_is_made_changed_and_destroyed_without_a_difference(workspace, store):
    dynamodb = client("dynamodb", store.endpoint)
    workspace.run("apply", "-auto-approve", "-input=false")
    # Exit code 0 says: no difference; 2 would say that there is one.
    workspace.run("plan", "-detailed-exitcode", "-input=false")
    dynamodb.put_item(TableName="terraform", Item={"pk": {"S": "a"}, "sk": {"N": "1"}, "city": {"S": "Ulm"}})

    # The provider sends stream and billing mode in one request, which the service refuses: so the stream goes first.
    workspace.describe(with_(FIRST, STREAM))
    workspace.run("plan", "-detailed-exitcode", "-input=false", expect=2)
    workspace.run("apply", "-auto-approve", "-input=false")
    workspace.run("plan", "-detailed-exitcode", "-input=false")
    workspace.describe(SECOND)
    workspace.run("plan", "-detailed-exitcode", "-input=false", expect=2)
    workspace.run("apply", "-auto-approve", "-input=false")
    workspace.run("plan", "-detailed-exitcode", "-input=false")
    state = json.loads(workspace.run("show", "-json"))["values"]["root_module"]["resources"][0]["values"]
    assert state["stream_arn"] == dynamodb.describe_table(TableName="terraform")["Table"]["LatestStreamArn"]
    # The table was changed, not made anew.
    assert dynamodb.scan(TableName="terraform", IndexName="by-city")["Count"] == 1

    # TTL may be changed once an hour; a plan of everything else has its turn, and one that ends the stream.
    for table in with_(FIRST, STREAM + TTL), with_(FIRST, TTL):
        workspace.describe(table.replace("tags = { env = \"test\" }", ""))
        workspace.run("apply", "-auto-approve", "-input=false")
        workspace.run("plan", "-detailed-exitcode", "-input=false")
    workspace.run("destroy", "-auto-approve", "-input=false")
    assert "terraform" not in dynamodb.list_tables()["TableNames"]
