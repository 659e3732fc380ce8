"""AWS's SAM CLI takes the template and builds the functions from it."""

import os
import subprocess

from conftest import ROOT

SAM = ROOT / ".build/sam-venv/bin/sam"


def sam(*arguments, seconds):
    environment = os.environ | {
        "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    return subprocess.run([SAM, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=seconds)


def test_the_template_is_valid_for_sam_and_its_linter():
    answer = sam("validate", "--lint", seconds=300)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "is a valid SAM Template" in answer.stdout
