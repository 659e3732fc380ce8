"""A function may call what its policies in the template allow, and nothing else."""

import json
import urllib.request

from classmates import call
from conftest import ROOT, Emulator


def test_a_call_that_no_policy_allows_is_refused(tmp_path):
    head, api = (ROOT / "template.yaml").read_text().split("\n  ApiFunction:\n")
    template = tmp_path / "template.yaml"
    template.write_text(head + "\n  ApiFunction:\n" + api.replace("                - dynamodb:GetItem\n", "", 1))
    with Emulator(tmp_path / "data", template=template) as roost:
        # The probe of the store is a GetItem.
        assert call(roost.http, "GET", "/health").status == 500
        with urllib.request.urlopen(f"{roost.endpoint}/_roost/permissions", timeout=10) as answer:
            entry = json.load(answer)["ApiFunction"]
        assert "dynamodb:GetItem" not in [use["action"] for use in entry["used"]]
    assert "AccessDeniedException User: arn:aws:sts::000000000000:assumed-role/ApiFunctionRole/ApiFunction is not authorized " \
        "to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/roost-entities because no " \
        "identity-based policy allows the dynamodb:GetItem action" in roost.output


def test_other_callers_are_not_checked(emulator):
    assert emulator.client("dynamodb").list_tables()["TableNames"]
