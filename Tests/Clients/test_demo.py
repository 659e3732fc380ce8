"""`roost demo`: every fixture and the scenario, by all five functions."""

import json
import subprocess

from conftest import ROOST, ROOT

FUNCTIONS = {"api", "auth", "routing", "stream-processor", "websocket-connect"}


def test_every_fixture_and_step_is_as_expected():
    answer = subprocess.run([ROOST, "demo", "--json"], cwd=ROOT, capture_output=True, text=True, timeout=300)
    rows = json.loads(answer.stdout)["rows"]
    assert [row for row in rows if row.get("failure")] == []
    assert answer.returncode == 0
    for function in FUNCTIONS:
        cases = [row for row in rows if row["group"] == "events" and row["function"] == function]
        assert len(cases) >= 5, function
    assert {row["function"] for row in rows if row["group"] == "classmates"} == FUNCTIONS


def test_a_mismatch_fails_the_demo(tmp_path):
    case = tmp_path / "api" / "health.json"
    case.parent.mkdir()
    (tmp_path / "scenarios").mkdir()
    case.write_text((ROOT / "events/api/health.json").read_text())
    case.with_name("health.expected.json").write_text('{"description": "a teapot", "status": 418}')
    answer = subprocess.run([ROOST, "demo", "--events", tmp_path], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 1
    assert "status: expected 418, got 200" in answer.stdout
