"""`roost demo`: every fixture and the scenario, by all five functions."""

import json
import subprocess

import pytest
from conftest import ROOST, ROOT

FUNCTIONS = {"api", "auth", "routing", "stream-processor", "websocket-connect"}

# What the policies allow and the demo does not call, with the reason why it stays.
RARELY_USED = {
    ("AuthFunction", "Entities dynamodb:DeleteItem"):
        "frees the old address of somebody who registers again before the code is entered",
    ("RoutingFunction", "Texts sns:Publish"): "the demo's only SMS waits for the end of its recipient's quiet hours",
    ("StreamProcessorFunction", "Ephemeral dynamodb:Query"): "looks at the age of a socket that does not answer",
    ("StreamProcessorFunction", "Ephemeral dynamodb:DeleteItem"): "forgets a socket that is gone without a $disconnect",
}


@pytest.fixture(scope="module")
def demo():
    answer = subprocess.run([ROOST, "demo", "--json"], cwd=ROOT, capture_output=True, text=True, timeout=300)
    return answer.returncode, json.loads(answer.stdout)


def test_every_fixture_and_step_is_as_expected(demo):
    code, report = demo
    rows = report["rows"]
    assert [row for row in rows if row.get("failure")] == []
    assert code == 0
    for function in FUNCTIONS:
        cases = [row for row in rows if row["group"] == "events" and row["function"] == function]
        assert len(cases) >= 5, function
    assert {row["function"] for row in rows if row["group"] == "classmates"} == FUNCTIONS


def test_each_function_may_do_what_it_does_and_no_more(demo):
    _, report = demo
    permissions = report["permissions"]
    assert len(permissions) == 5
    assert not any("notEvaluated" in entry for entry in permissions.values())
    unused = {(function, action) for function, entry in permissions.items() for action in entry["unused"]}
    assert unused == set(RARELY_USED)


def test_a_mismatch_fails_the_demo(tmp_path):
    case = tmp_path / "api" / "health.json"
    case.parent.mkdir()
    (tmp_path / "scenarios").mkdir()
    case.write_text((ROOT / "events/api/health.json").read_text())
    case.with_name("health.expected.json").write_text('{"description": "a teapot", "status": 418}')
    answer = subprocess.run([ROOST, "demo", "--events", tmp_path], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 1
    assert "status: expected 418, got 200" in answer.stdout
