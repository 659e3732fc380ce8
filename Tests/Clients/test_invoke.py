"""One event, five ways in: boto3, the AWS CLI, `roost invoke` and the HTTP API all reach the same function."""

import base64
import json
import re
import subprocess

import pytest
from classmates import PASSWORD, call
from conftest import ROOST, ROOT, Emulator, aws_cli

CASE = ROOT / "events/auth/approval-pending.json"
REFUSED = ROOT / "events/auth/create-organization-unknown-blueprint.json"


def roost_invoke(*arguments, code=0):
    answer = subprocess.run(
        [ROOST, "invoke", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert answer.returncode == code, answer.stdout + answer.stderr
    return json.loads(answer.stdout), answer.stderr


def invoke(emulator, payload, **options):
    """boto3's answer and its payload, decoded."""
    answer = emulator.client("lambda").invoke(FunctionName="AuthFunction", Payload=payload, **options)
    return answer, json.load(answer["Payload"])


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """An emulator with the people of events/states/school.json, of whom Ada has a password to log in with."""
    with Emulator(tmp_path_factory.mktemp("school")) as roost:
        for step in json.loads((ROOT / "events/states/school.json").read_text())["steps"]:
            event = step["invoke"]["event"]
            if event.get("user", {}).get("full_name") == "Ada Lovelace":
                event["user"]["password"] = PASSWORD
            _, result = invoke(roost, json.dumps(event))
            assert result["created"], result
        yield roost


def test_every_way_in_gives_the_same_answer(school, tmp_path):
    _, answer = invoke(school, CASE.read_bytes())
    assert answer["statusCode"] == 200
    assert [person["full_name"] for person in json.loads(answer["body"])["data"]] == ["Eve Stone"]

    written = tmp_path / "answer.json"
    metadata = aws_cli(
        "lambda", "invoke", "--function-name", "AuthFunction", "--payload", f"file://{CASE}", str(written),
        endpoint=school.endpoint)
    assert json.loads(metadata.stdout) == {"StatusCode": 200, "ExecutedVersion": "$LATEST"}
    assert json.loads(written.read_text()) == answer

    assert roost_invoke("auth", "--event", CASE, "--data-dir", school.data)[0] == answer
    assert roost_invoke("auth", "--event", CASE, "--endpoint-url", school.endpoint)[0] == answer

    credentials = {"phone_number": "+41790000001", "password": PASSWORD}
    login = call(school.http, "POST", "/auth/login", json_body=credentials, headers={"X-Organization": "lincoln-high"})
    front = call(school.http, "GET", "/auth/approval-pending", token=login.json()["data"]["access_token"])
    assert front.status == answer["statusCode"]
    assert front.body.decode() == answer["body"]
    for name, value in answer["headers"].items():
        assert front.headers[name.lower()] == value


def test_roost_invoke_starts_an_emulator_for_the_call_where_none_runs(tmp_path):
    data = tmp_path / "data"
    created, _ = roost_invoke("auth", "--event", ROOT / "events/auth/create-organization.json", "--data-dir", data)
    assert created["created"] is True
    again, _ = roost_invoke("auth", "--event", ROOT / "events/auth/create-organization.json", "--data-dir", data)
    assert again == created | {"created": False}
    assert not (data / "running.json").exists()


def test_a_running_emulator_is_found_through_its_data_directory_and_not_after_it_was_killed(tmp_path):
    with Emulator(tmp_path) as roost:
        note = json.loads((tmp_path / "running.json").read_text())
        assert note == {"endpoint": roost.endpoint, "processID": roost.process.pid}
        roost.kill()
    _, log = roost_invoke("api", "--event", ROOT / "events/api/health.json", "--data-dir", tmp_path, "--log")
    assert "Init Duration" in log


def test_the_log_tail_has_the_lines_of_lambda(tmp_path):
    with Emulator(tmp_path) as roost:
        first, _ = invoke(roost, CASE.read_bytes(), LogType="Tail")
        second, _ = invoke(roost, CASE.read_bytes(), LogType="Tail")
        without, _ = invoke(roost, CASE.read_bytes())
    request_id = first["ResponseMetadata"]["RequestId"]
    log = base64.b64decode(first["LogResult"]).decode()
    assert log.startswith(f"START RequestId: {request_id} Version: $LATEST\n")
    assert f"\nEND RequestId: {request_id}\n" in log
    report = re.search(rf"^REPORT RequestId: {request_id}\t(.*)$", log, re.MULTILINE).group(1)
    numbers = {name: float(value) for name, value in re.findall(r"([A-Z][A-Za-z ]+): ([0-9.]+) (?:ms|MB)", report)}
    assert numbers["Memory Size"] == 512
    assert 0 < numbers["Max Memory Used"] <= 512
    assert numbers["Init Duration"] > 0
    assert numbers["Billed Duration"] >= numbers["Duration"] > 0
    assert "Init Duration" not in base64.b64decode(second["LogResult"]).decode()
    assert "LogResult" not in without


def test_a_function_that_fails_answers_its_error_with_status_200(emulator, tmp_path):
    answer, error = invoke(emulator, REFUSED.read_bytes())
    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    assert error["errorType"] == "INVALID_INPUT"
    assert "bookbag" in error["errorMessage"]

    written = tmp_path / "error.json"
    metadata = aws_cli(
        "lambda", "invoke", "--function-name", "AuthFunction", "--payload", f"file://{REFUSED}", str(written),
        endpoint=emulator.endpoint)
    assert json.loads(metadata.stdout)["FunctionError"] == "Unhandled"
    assert json.loads(written.read_text()) == error
    assert roost_invoke("auth", "--event", REFUSED, "--data-dir", emulator.data, code=1)[0] == error


def test_an_unknown_function_is_named(emulator):
    client = emulator.client("lambda")
    with pytest.raises(client.exceptions.ResourceNotFoundException) as raised:
        client.invoke(FunctionName="Nobody", Payload=b"{}")
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert raised.value.response["Error"]["Message"].startswith("Function not found: arn:aws:lambda:us-east-1:")
    assert raised.value.response["Error"]["Message"].endswith(":function:Nobody")


def test_a_payload_that_is_not_json_is_refused_and_the_next_is_served(emulator):
    client = emulator.client("lambda")
    with pytest.raises(client.exceptions.InvalidRequestContentException) as raised:
        client.invoke(FunctionName="AuthFunction", Payload=b'{"command": ')
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert "Could not parse request body into json" in raised.value.response["Error"]["Message"]
    health = client.invoke(FunctionName="ApiFunction", Payload=(ROOT / "events/api/health.json").read_bytes())
    assert json.load(health["Payload"])["statusCode"] == 200


def test_a_payload_over_six_megabytes_is_refused_with_its_size(emulator):
    client = emulator.client("lambda")
    with pytest.raises(client.exceptions.ClientError) as raised:
        client.invoke(FunctionName="AuthFunction", Payload=json.dumps("x" * 7_000_000))
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413
    assert raised.value.response["Error"] == {
        "Code": "RequestEntityTooLargeException",
        "Message": "7000002 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)"}


def test_an_operation_of_lambda_that_is_not_built_is_refused_by_name(emulator):
    client = emulator.client("lambda")
    with pytest.raises(client.exceptions.ClientError) as raised:
        client.list_functions()
    assert "/2015-03-31/functions" in raised.value.response["Error"]["Message"]
    with pytest.raises(client.exceptions.ClientError) as raised:
        client.invoke(FunctionName="AuthFunction", Payload=b"{}", InvocationType="Event")
    assert "InvocationType" in raised.value.response["Error"]["Message"] or "Event" in raised.value.response["Error"]["Message"]


def test_roost_invoke_says_in_one_line_what_is_wrong(emulator, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{"x": ')
    for arguments, words in [
        (["nobody", "--event", CASE], "Function not found"),
        (["auth", "--event", broken], "is not JSON"),
        (["auth", "--event", tmp_path / "absent.json"], "cannot be read"),
    ]:
        answer = subprocess.run(
            [ROOST, "invoke", *map(str, arguments), "--endpoint-url", emulator.endpoint], cwd=ROOT, capture_output=True,
            text=True, timeout=60)
        assert answer.returncode == 1
        assert answer.stdout == ""
        assert words in answer.stderr and answer.stderr.count("\n") == 1
