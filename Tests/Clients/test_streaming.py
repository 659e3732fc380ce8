"""A function that streams its answer, invoked by boto3 with and without streaming."""

import base64
import json
import re
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ClientError
from conftest import Roost, client, eventually
from test_runtime_interface_emulator import RIE, RuntimeInterfaceEmulator

TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  StreamedFunction:
    Type: AWS::Serverless::Function
    Properties:
      Handler: streamed
      Runtime: provided.al2023
      CodeUri: .
      Timeout: 60
      MemorySize: 256
"""


@pytest.fixture(scope="module")
def streamed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("streamed")
    (folder / "template.yaml").write_text(TEMPLATE)
    with Roost("start", "--template", folder / "template.yaml", "--data-dir", folder / "data", "--port", "0") as roost:
        yield client("lambda", roost.address("AWS endpoint"))


def stream(function, log_type="None", **event):
    """The bytes of all chunks, how many there were, and what the end says."""
    answer = function.invoke_with_response_stream(
        FunctionName="StreamedFunction", Payload=json.dumps(event), LogType=log_type)
    size, chunks, end = 0, 0, None
    for message in answer["EventStream"]:
        assert end is None
        if "PayloadChunk" in message:
            payload = message["PayloadChunk"]["Payload"]
            size, chunks = size + len(payload), chunks + 1
        else:
            end = message["InvokeComplete"]
    return size, chunks, end


def test_200_megabytes_pass_in_constant_memory(streamed):
    size, chunks, end = stream(streamed, log_type="Tail", megabytes=200)
    assert size == 200 << 20
    assert chunks > 1_000
    assert "ErrorCode" not in end
    report = base64.b64decode(end["LogResult"]).decode()
    # Measured by the emulator; the answer alone is 200 MB.
    assert int(re.search(r"Max Memory Used: (\d+) MB", report).group(1)) < 64, report


def test_one_megabyte_more_is_refused(streamed):
    size, _, end = stream(streamed, megabytes=201)
    assert size <= 200 << 20
    assert end["ErrorCode"] == "Unhandled"
    assert json.loads(end["ErrorDetails"])["errorType"] == "Function.ResponseSizeTooLarge"
    # The environment goes on.
    assert stream(streamed, megabytes=1)[0] == 1 << 20


def test_errors_come_where_they_belong(streamed):
    size, _, end = stream(streamed, megabytes=1, fails=True)
    assert size == 1 << 20
    assert end["ErrorCode"] == "Function.OutOfPaper"
    assert json.loads(end["ErrorDetails"])["errorType"] == "OutOfPaper"

    size, chunks, end = stream(streamed, megabytes=0, fails=True)
    assert (size, chunks, end["ErrorCode"]) == (0, 0, "Unhandled")
    assert json.loads(end["ErrorDetails"])["errorType"] == "OutOfPaper"

    with pytest.raises(ClientError) as error:
        streamed.invoke_with_response_stream(FunctionName="StreamedFunction", InvocationType="Event")
    assert error.value.response["Error"]["Code"] == "ValidationException"


def test_without_streaming_the_whole_answer_comes_at_once(streamed):
    answer = streamed.invoke(FunctionName="StreamedFunction", Payload='{"megabytes": 1, "isHTTP": true}')
    head, body = answer["Payload"].read().split(bytes(8), 1)
    assert json.loads(head) == {"statusCode": 201, "headers": {"Content-Type": "text/plain"}, "cookies": ["a=1"]}
    assert body == b"x" * (1 << 20)

    large = streamed.invoke(FunctionName="StreamedFunction", Payload='{"megabytes": 7}')
    assert large["FunctionError"] == "Unhandled"
    assert json.load(large["Payload"])["errorType"] == "Function.ResponseSizeTooLarge"

    late = streamed.invoke(FunctionName="StreamedFunction", Payload='{"megabytes": 1, "fails": true}')
    assert late["FunctionError"] == "Unhandled"
    assert json.load(late["Payload"])["errorType"] == "OutOfPaper"


@pytest.mark.skipif(RIE is None, reason="AWS's runtime interface emulator is not set up")
def test_awss_own_emulator_takes_the_streams():
    """It gathers them, and does not tell an error in mid-stream."""
    with RuntimeInterfaceEmulator("streamed", {}) as rie:
        def answer(**event):
            url = f"http://127.0.0.1:{rie.port}/2015-03-31/functions/function/invocations"
            def look():
                try:
                    with urllib.request.urlopen(url, json.dumps(event).encode(), timeout=30) as response:
                        return [response.read()]
                except urllib.error.HTTPError as refusal:
                    # It has no queue, and refuses an event while nobody waits for one.
                    assert b"Runtime.Unavailable" in refusal.read()
            return eventually(look)[0]

        head, body = answer(megabytes=1, isHTTP=True).split(bytes(8), 1)
        assert json.loads(head)["statusCode"] == 201
        assert body == b"x" * (1 << 20)
        assert answer(megabytes=1, fails=True) == b"x" * (1 << 20)
        assert json.loads(answer(megabytes=0, fails=True))["errorType"] == "OutOfPaper"
        assert json.loads(answer(megabytes=20))["errorType"] == "Function.ResponseSizeTooLarge"
        assert len(answer(megabytes=5)) == 5 << 20
