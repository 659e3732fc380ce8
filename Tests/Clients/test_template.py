"""The template is valid for AWS's own tools."""

import subprocess

import yaml
from conftest import ROOT
from samtranslator.yaml_helper import yaml_parse
from samtranslator.translator.translator import Translator
from samtranslator.parser.parser import Parser


def test_cfn_lint_finds_nothing():
    answer = subprocess.run(
        [ROOT / ".build/venv/bin/cfn-lint", ROOT / "template.yaml"], capture_output=True, text=True, timeout=300)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def translated():
    template = yaml_parse((ROOT / "template.yaml").read_text())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    parameters = {name: value.get("Default", "value") for name, value in template.get("Parameters", {}).items()}
    return Translator({}, Parser()).translate(template, parameters)


def test_the_sam_translator_makes_cloudformation_of_it(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    types = [resource["Type"] for resource in translated()["Resources"].values()]
    assert types.count("AWS::Lambda::Function") == 5
    assert "AWS::ApiGatewayV2::Api" in types


def test_the_function_of_the_stream_may_put_records_aside(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    resources = translated()["Resources"]
    mapping = resources["StreamProcessorFunctionChanges"]["Properties"]
    destination = mapping["DestinationConfig"]["OnFailure"]["Destination"]
    statements = [
        statement
        for policy in resources["StreamProcessorFunctionRole"]["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]]
    assert any(
        statement["Action"] == "sqs:SendMessage" and destination in statement["Resource"] for statement in statements)


def test_the_template_is_plain_yaml_for_other_readers():
    class Loader(yaml.SafeLoader):
        pass
    Loader.add_multi_constructor("!", lambda loader, suffix, node: suffix)
    assert "Resources" in yaml.load((ROOT / "template.yaml").read_text(), Loader)
