"""The store's HTTP: raw sockets, curl and botocore's own signer, signatures verified and not."""

import gzip
import json
import os
import shutil
import socket
import subprocess
import urllib.parse
import uuid
import zlib
from datetime import datetime, timedelta, timezone

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from conftest import CREDENTIALS, Roost, client

SIGNED = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"


class Wire:
    """One connection to the store."""

    def __init__(self, endpoint):
        self.address = urllib.parse.urlsplit(endpoint)
        self.socket = socket.create_connection((self.address.hostname, self.address.port), timeout=20)
        self.file = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def send(self, target, body, headers={}, method="POST", version="HTTP/1.1", chunks=None):
        fields = {
            "Host": self.address.netloc, "X-Amz-Target": f"DynamoDB_20120810.{target}",
            "Content-Type": "application/x-amz-json-1.0", "Authorization": SIGNED} | headers
        fields |= {"Transfer-Encoding": "chunked"} if chunks else {"Content-Length": len(body)}
        head = f"{method} / {version}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
        self.socket.sendall(head.encode())
        for start in range(0, len(body), chunks or len(body) or 1):
            piece = body[start:start + chunks] if chunks else body
            self.socket.sendall(b"%x\r\n%s\r\n" % (len(piece), piece) if chunks else piece)
        if chunks:
            self.socket.sendall(b"0\r\n\r\n")

    def answer(self):
        status = int(self.file.readline().split()[1])
        headers = {}
        while (line := self.file.readline().strip()):
            name, value = line.decode().split(":", 1)
            headers[name.lower()] = value.strip()
        body = self.file.read(int(headers["content-length"]))
        assert zlib.crc32(body) == int(headers["x-amz-crc32"])
        return status, headers, body

    def ask(self, *arguments, **options):
        self.send(*arguments, **options)
        return self.answer()


@pytest.fixture
def wire(store):
    with Wire(store.endpoint) as wire:
        yield wire


@pytest.fixture(scope="module")
def table(dynamodb):
    name = f"protocol-{uuid.uuid4().hex[:12]}"
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}])
    yield name
    dynamodb.delete_table(TableName=name)


def put(table, key, **attributes):
    return json.dumps({"TableName": table, "Item": {"p": {"S": key}} | attributes}).encode()


def get(table, key):
    return json.dumps({"TableName": table, "Key": {"p": {"S": key}}}).encode()


def test_requests_of_one_connection_are_answered_in_order(wire, table):
    for number in range(20):
        wire.send("PutItem", put(table, f"pipelined-{number}"))
    wire.send("GetItem", get(table, "pipelined-19"))
    wire.send("Nothing", b"{}")
    for _ in range(20):
        assert wire.answer()[0::2] == (200, b"{}")
    assert wire.answer()[2] == b'{"Item":{"p":{"S":"pipelined-19"}}}'
    assert b"UnknownOperationException" in wire.answer()[2]


def test_a_chunked_body_is_a_body(wire, table):
    assert wire.ask("PutItem", put(table, "chunked", x={"S": "y" * 5000}), chunks=997)[0] == 200
    assert len(wire.ask("GetItem", get(table, "chunked"))[2]) > 5000


def test_http_1_0_is_answered_and_closed(store, table):
    with Wire(store.endpoint) as wire:
        assert wire.ask("GetItem", get(table, "nobody"), version="HTTP/1.0")[2] == b"{}"
        assert wire.file.read() == b""


def test_every_prefix_of_a_request_is_no_json(wire, table):
    whole = put(table, "prefix")
    for length in range(1, len(whole)):
        status, _, body = wire.ask("PutItem", whole[:length])
        assert (status, json.loads(body)["__type"]) == (400, "com.amazon.coral.service#SerializationException")
    assert wire.ask("GetItem", get(table, "prefix"))[2] == b"{}"


def test_a_packed_request_and_a_packed_answer(wire, table):
    body = gzip.compress(put(table, "packed", x={"S": "y" * 5000}))
    assert wire.ask("PutItem", body, {"Content-Encoding": "gzip"})[0] == 200
    halves = put(table, "halves")
    packed = gzip.compress(halves[:10]) + gzip.compress(halves[10:])
    assert wire.ask("PutItem", packed, {"Content-Encoding": "gzip"})[0] == 200
    assert wire.ask("GetItem", get(table, "halves"))[2] == b'{"Item":{"p":{"S":"halves"}}}'

    _, headers, plain = wire.ask("GetItem", get(table, "packed"))
    assert "content-encoding" not in headers
    for coding, unpack in [("gzip", gzip.decompress), ("deflate", zlib.decompress)]:
        _, headers, body = wire.ask("GetItem", get(table, "packed"), {"Accept-Encoding": coding})
        assert headers["content-encoding"] == coding
        assert unpack(body) == plain and len(body) < len(plain) / 20
    _, headers, _ = wire.ask("GetItem", get(table, "halves"), {"Accept-Encoding": "gzip"})
    assert "content-encoding" not in headers


def test_a_packed_request_may_not_unpack_to_more_than_16_mb(wire, table):
    body = gzip.compress(put(table, "bomb")[:-1] + b" " * (20 << 20) + b"}")
    assert len(body) < 1 << 20
    assert wire.ask("PutItem", body, {"Content-Encoding": "gzip"})[0] == 413
    assert wire.ask("GetItem", get(table, "bomb"))[2] == b"{}"


def test_botocore_packs_its_requests(store, table):
    packing = client("dynamodb", store.endpoint, request_min_compression_size_bytes=1)
    packing.meta.service_model._service_description["operations"]["PutItem"]["requestcompression"] = {"encodings": ["gzip"]}
    sent = []
    packing.meta.events.register("before-send", lambda request, **_: sent.append(request.headers.get("Content-Encoding")))
    packing.put_item(TableName=table, Item={"p": {"S": "botocore"}})
    assert sent == [b"gzip"] or sent == ["gzip"]
    assert packing.get_item(TableName=table, Key={"p": {"S": "botocore"}})["Item"] == {"p": {"S": "botocore"}}


def test_a_body_over_16_mb_is_refused_and_the_store_goes_on(store, table):
    with Wire(store.endpoint) as wire:
        try:
            assert wire.ask("PutItem", put(table, "large", x={"S": "y" * ((16 << 20) + 7)}))[0] == 413
        except (ConnectionError, socket.timeout):
            pass  # The connection ended before all of it was sent.
    with Wire(store.endpoint) as wire:
        assert wire.ask("GetItem", get(table, "large"))[2] == b"{}"


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_curl_signs_or_is_told_that_it_must(store):
    arguments = [
        "curl", "-s", store.endpoint, "-d", "{}", "-H", "Content-Type: application/x-amz-json-1.0",
        "-H", "X-Amz-Target: DynamoDB_20120810.ListTables"]
    unsigned = subprocess.run(arguments, capture_output=True, text=True, timeout=30).stdout
    assert json.loads(unsigned)["__type"].endswith("#MissingAuthenticationTokenException")
    signed = subprocess.run(
        arguments + ["--aws-sigv4", "aws:amz:us-east-1:dynamodb", "--user", "any:thing"], capture_output=True, text=True,
        timeout=30).stdout
    assert "TableNames" in json.loads(signed)


def test_the_endpoint_says_that_it_is_healthy_at_its_root_alone(store):
    for path, status in [("/", 200), ("/health", 404), ("/-", 404)]:
        answer = subprocess.run(
            ["curl", "-s", "-w", "%{http_code}", store.endpoint + path], capture_output=True, text=True, timeout=30).stdout
        assert answer.endswith(str(status))
        if status == 200:
            assert answer.strip().startswith("healthy: " + store.endpoint.removeprefix("http://"))


# Verified signatures.

KEYS = {"aws_access_key_id": "AKIDVERIFIED", "aws_secret_access_key": "secret/with+signs"}


@pytest.fixture(scope="module")
def verifying(tmp_path_factory):
    environment = {"AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"], "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"]}
    before = {name: os.environ.get(name) for name in [*environment, "AWS_SESSION_TOKEN"]}
    os.environ.pop("AWS_SESSION_TOKEN", None)
    os.environ.update(environment)
    try:
        roost = Roost("store", "--port", "0", "--in-memory", "--verify-signatures")
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
    roost.endpoint = roost.address("DynamoDB")
    yield roost
    assert roost.stop() == 0


def verified_client(endpoint, **keys):
    return boto3.client(
        "dynamodb", endpoint_url=endpoint, region_name="eu-central-1", config=Config(retries={"total_max_attempts": 1}),
        **(KEYS | keys))


def error(endpoint, **keys):
    with pytest.raises(ClientError) as raised:
        verified_client(endpoint, **keys).list_tables()
    return raised.value.response["Error"]


def test_botocore_signs_rightly(verifying):
    right = verified_client(verifying.endpoint)
    assert right.list_tables()["TableNames"] == []
    right.create_table(
        TableName="verified", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}])
    right.put_item(TableName="verified", Item={"p": {"S": "ü€😀"}})
    assert right.scan(TableName="verified")["Count"] == 1


def test_a_wrong_secret_and_an_unknown_key_are_told_apart(verifying):
    assert error(verifying.endpoint, aws_secret_access_key="wrong")["Code"] == "InvalidSignatureException"
    assert error(verifying.endpoint, aws_access_key_id="nobody") == {
        "Code": "UnrecognizedClientException", "Message": "The security token included in the request is invalid."}
    assert error(verifying.endpoint, aws_session_token="none was given")["Code"] == "UnrecognizedClientException"


def signed_request(endpoint, body, signer=botocore.auth.SigV4Auth, **options):
    request = botocore.awsrequest.AWSRequest(
        method="POST", url=endpoint + "/", data=body,
        headers={"X-Amz-Target": "DynamoDB_20120810.ListTables", "Content-Type": "application/x-amz-json-1.0"})
    credentials = botocore.credentials.Credentials(KEYS["aws_access_key_id"], KEYS["aws_secret_access_key"])
    signer(credentials, "dynamodb", "us-east-1", **options).add_auth(request)
    return request.prepare()


def send(request, body=None, **headers):
    arguments = ["curl", "-s", request.url, "--data-binary", body or request.body.decode()]
    for name, value in (dict(request.headers) | headers | {"Content-Length": None}).items():
        arguments += ["-H", f"{name}: {value}"] if value is not None else []
    return json.loads(subprocess.run(arguments, capture_output=True, text=True, timeout=30).stdout)


def test_a_request_that_was_tampered_with_is_refused(verifying):
    request = signed_request(verifying.endpoint, b'{"Limit":1}')
    assert "TableNames" in send(request)
    for tampered in [
            send(request, body='{"Limit":2}'), send(request, **{"X-Amz-Target": "DynamoDB_20120810.DeleteTable"}),
            send(request, Authorization=request.headers["Authorization"][:-1] + "x")]:
        assert tampered["__type"].endswith("#InvalidSignatureException")
        assert "does not match the signature you provided" in tampered["message"]


def test_a_presigned_request_is_good_for_its_time(verifying):
    request = signed_request(verifying.endpoint, b"{}", signer=PresignedBody, expires=60)
    assert "X-Amz-Signature=" in request.url
    assert "TableNames" in send(request)
    assert send(request, body='{"Limit":2}')["__type"].endswith("#InvalidSignatureException")


class PresignedBody(botocore.auth.SigV4QueryAuth):
    """botocore presigns GET requests; this is a POST, whose body is signed too."""

    def _modify_request_before_signing(self, request):
        body = request.data
        super()._modify_request_before_signing(request)
        request.data = body


def test_a_request_of_yesterday_is_expired(verifying):
    request = signed_request(verifying.endpoint, b"{}")
    yesterday = (datetime.now(timezone.utc) - timedelta(days=1)).strftime("%Y%m%dT%H%M%SZ")
    answer = send(request, **{"X-Amz-Date": yesterday})
    assert answer["__type"].endswith("#InvalidSignatureException")
    assert answer["message"].startswith(f"Signature expired: {yesterday} is now earlier than ")


def test_the_option_needs_a_key(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    from conftest import ROOST
    answer = subprocess.run(
        [ROOST, "store", "--port", "0", "--in-memory", "--verify-signatures"], env=environment, capture_output=True, text=True,
        timeout=30)
    assert answer.returncode != 0
    assert "AWS_ACCESS_KEY_ID" in answer.stdout + answer.stderr
