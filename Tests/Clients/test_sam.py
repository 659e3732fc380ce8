"""AWS's SAM CLI takes the template and builds the functions from it."""

import os
import platform
import subprocess

import pytest
import yaml
from conftest import ROOT

SAM = ROOT / ".build/sam-venv/bin/sam"
FUNCTIONS = {
    "AuthFunction": "auth", "ApiFunction": "api", "WebSocketConnectFunction": "websocket-connect",
    "RoutingFunction": "routing", "StreamProcessorFunction": "stream-processor"}


def sam(*arguments, seconds):
    environment = os.environ | {
        "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    return subprocess.run([SAM, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=seconds)


def test_the_template_is_valid_for_sam_and_its_linter():
    answer = sam("validate", "--lint", seconds=300)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "is a valid SAM Template" in answer.stdout


@pytest.mark.skipif(platform.system() != "Linux", reason="functions are built on Linux")
def test_it_builds_the_five_functions(tmp_path):
    answer = sam("build", "--build-dir", str(tmp_path), seconds=1500)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    for logical_id, name in FUNCTIONS.items():
        bootstrap = tmp_path / logical_id / "bootstrap"
        assert os.access(bootstrap, os.X_OK), name
        assert bootstrap.read_bytes()[:4] == b"\x7fELF", name
    assert (tmp_path / "RoutingFunction/zoneinfo/Europe/Zurich").exists()

    class Loader(yaml.SafeLoader):
        pass
    Loader.add_multi_constructor("!", lambda loader, suffix, node: suffix)
    built = yaml.load((tmp_path / "template.yaml").read_text(), Loader)
    for logical_id in FUNCTIONS:
        properties = built["Resources"][logical_id]["Properties"]
        assert properties["CodeUri"] == logical_id
