"""The WebSocket API by Python's `websockets`, and `@connections` by boto3."""

import contextlib
import json
import time

import pytest
from botocore.exceptions import ClientError
from classmates import School, call
from conftest import client, eventually
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect


@pytest.fixture(scope="module")
def school(emulator):
    return School(emulator)


@pytest.fixture(scope="module")
def ada(school):
    return school.person("Ada Lovelace")


@pytest.fixture(scope="module")
def ben(school):
    return school.person("Ben Ortiz")


def socket_of(person, **options):
    """A socket with the token in a header."""
    return connect(
        person.school.emulator.websocket, additional_headers={"Authorization": f"Bearer {person.token}"}, close_timeout=2,
        **options)


def say(socket, event, data=None):
    socket.send(json.dumps({"event": event, "data": data or {}}))


def hear(socket, event, seconds=10):
    """The next frame with this event; others are passed over."""
    end = time.monotonic() + seconds
    while True:
        frame = json.loads(socket.recv(timeout=max(0, end - time.monotonic())))
        if frame.get("event") == event:
            return frame["data"]


def assert_alive(socket):
    say(socket, "ping")
    hear(socket, "pong")


def refused_with(url, **options):
    with pytest.raises(InvalidStatus) as raised:
        connect(url, **options)
    return raised.value.response.status_code


def close_code(socket):
    with pytest.raises(ConnectionClosed) as raised:
        while True:
            socket.recv(timeout=10)
    return raised.value.rcvd.code


# The handshake

def test_a_token_comes_by_header_by_query_or_by_subprotocol(emulator, ada):
    with socket_of(ada) as socket:
        assert_alive(socket)
        assert socket.subprotocol is None
    with connect(f"{emulator.websocket}?token={ada.token}") as socket:
        assert_alive(socket)
    with connect(emulator.websocket, subprotocols=["roost.bearer", ada.token]) as socket:
        assert socket.subprotocol == "roost.bearer"
        assert_alive(socket)


def test_without_a_valid_token_no_socket_opens(emulator, ada):
    assert refused_with(emulator.websocket) == 401
    assert refused_with(emulator.websocket + "?token=x") == 401
    assert refused_with(emulator.websocket, additional_headers={"Authorization": "Bearer x"}) == 401
    assert refused_with(emulator.websocket, subprotocols=["roost.bearer", ada.token[:-4] + "AAAA"]) == 401
    assert refused_with(emulator.websocket, subprotocols=["roost.bearer"]) == 401


def test_another_stage_is_not_there(emulator, ada):
    assert refused_with(emulator.websocket.replace("/v1", "/v2") + f"?token={ada.token}") == 403


# Frames

def test_a_message_reaches_the_others_socket(ada, ben):
    with socket_of(ada) as from_ada, socket_of(ben) as to_ben:
        say(from_ada, "send_message", {"recipient_id": ben.id, "content": "Are you coming? ☃"})
        sent = hear(from_ada, "message_sent")
        received = hear(to_ben, "message_received")
        assert (sent["content"], sent["sender_id"], sent["recipient_id"]) == ("Are you coming? ☃", ada.id, ben.id)
        assert received["delivery_id"]
        assert {name: received[name] for name in sent} == sent
    assert ben.call("GET", f"/api/messages/{sent['id']}").json()["data"]["content"] == "Are you coming? ☃"


def test_every_socket_of_the_recipient_gets_the_message_that_was_sent_over_http(ada, ben):
    with socket_of(ben) as phone, socket_of(ben) as laptop:
        message = ada.write_to(ben, "by HTTP")
        assert hear(phone, "message_received")["id"] == message
        assert hear(laptop, "message_received")["id"] == message


def test_typing_and_reading_are_told_to_the_other(ada, ben):
    with socket_of(ada) as to_ada, socket_of(ben) as from_ben:
        message = ada.write_to(ben, "read me")
        hear(from_ben, "message_received")
        for event, typing in (("typing_start", True), ("typing_stop", False)):
            say(from_ben, event, {"recipient_id": ada.id})
            told = hear(to_ada, "typing")
            assert (told["user_id"], told["typing"]) == (ben.id, typing)
        say(from_ben, "mark_read", {"message_id": message})
        read = hear(to_ada, "message_read")
        assert (read["message_id"], read["reader_id"]) == (message, ben.id)


@pytest.mark.parametrize("text, code", [
    ("not json", "INVALID_JSON"),
    ("[]", "INVALID_JSON"),
    ('{"data": {}}', "INVALID_INPUT"),
    ('{"event": "dance"}', "INVALID_INPUT"),
    ('{"event": "send_message", "data": {}}', "INVALID_INPUT"),
    ('{"event": "send_message", "data": {"recipient_id": "x", "content": "y"}}', "INVALID_INPUT"),
    ('{"event": "authenticate", "data": {}}', "NOT_IMPLEMENTED"),
    (b'{"event": "ping"', "INVALID_JSON"),
    (b"\xff\x00", "INVALID_JSON"),
])
def test_a_frame_that_cannot_be_served_is_answered_with_an_error_frame_and_the_socket_stays(ada, text, code):
    with socket_of(ada) as socket:
        socket.send(text)
        assert hear(socket, "error")["code"] == code
        assert_alive(socket)


def test_a_frame_over_32_kb_closes_with_1009(ada):
    with socket_of(ada) as socket:
        socket.send(json.dumps({"event": "ping", "data": {"x": "y" * 33 * 1024}}))
        assert close_code(socket) == 1009


def test_a_message_over_128_kb_closes_with_1009_and_one_of_several_frames_below_is_read(ada):
    with socket_of(ada) as socket:
        whole = json.dumps({"event": "ping", "data": {"x": "y" * 100 * 1024}})
        socket.send(whole[start:start + 30_000] for start in range(0, len(whole), 30_000))
        hear(socket, "pong")
        with contextlib.suppress(ConnectionClosed):
            socket.send("y" * 30_000 for _ in range(5))
        assert close_code(socket) == 1009


# @connections

@pytest.fixture(scope="module")
def management(emulator):
    return client("apigatewaymanagementapi", emulator.endpoint + "/v1")


def connection_of(person):
    """The id of somebody's only socket, from where the functions keep it."""
    answer = person.school.emulator.client("dynamodb").query(
        TableName="roost-ephemeral", KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"{person.school.id}#user#{person.id}#connections"}})
    ids = [item["connection_id"]["S"] for item in answer["Items"]]
    return ids[0] if len(ids) == 1 else None


def gone(management, connection):
    try:
        management.post_to_connection(ConnectionId=connection, Data=b"x")
    except management.exceptions.GoneException as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"] == 410
    return False


def test_what_is_posted_to_a_connection_reaches_its_socket(management, school):
    cleo = school.person("Cleo Marsh")
    with socket_of(cleo) as socket:
        connection = connection_of(cleo)
        management.post_to_connection(ConnectionId=connection, Data="☃ hello".encode())
        assert socket.recv(timeout=5) == "☃ hello"
        about = management.get_connection(ConnectionId=connection)
        assert about["Identity"]["SourceIp"] == "127.0.0.1"
        assert about["ConnectedAt"] <= about["LastActiveAt"]
    eventually(lambda: gone(management, connection))


def test_a_deleted_connection_is_closed_and_then_gone(management, school):
    dan = school.person("Dan Frey")
    with socket_of(dan) as socket:
        connection = connection_of(dan)
        management.delete_connection(ConnectionId=connection)
        close_code(socket)
    eventually(lambda: gone(management, connection))
    for operation in (management.get_connection, management.delete_connection):
        with pytest.raises(management.exceptions.GoneException):
            operation(ConnectionId=connection)
    # $disconnect has told the functions too.
    eventually(lambda: connection_of(dan) is None)


def test_a_connection_id_that_never_was_is_refused(management):
    with pytest.raises(ClientError) as raised:
        management.post_to_connection(ConnectionId="nonsense", Data=b"x")
    assert raised.value.response["Error"]["Code"] == "BadRequestException"


# Secrets

def test_tokens_stand_nowhere_in_the_output_the_journal_or_on_the_disk(emulator, school):
    eve = school.person("Eve Stone")
    with socket_of(eve) as socket:
        assert_alive(socket)
    with connect(f"{emulator.websocket}?token={eve.token}") as socket:
        assert_alive(socket)
    with connect(emulator.websocket, subprotocols=["roost.bearer", eve.token]) as socket:
        assert_alive(socket)
    connect_refused = eve.token[:-4] + "AAAA"
    refused_with(emulator.websocket, subprotocols=["roost.bearer", connect_refused])
    journal, last = b"", 0
    while entries := json.loads(page := call(emulator.endpoint, "GET", f"/_roost/journal?after={last}").body)["entries"]:
        journal, last = journal + page, entries[-1]["id"]
    written = emulator.output.encode() + journal + b"".join(path.read_bytes() for path in emulator.data.iterdir())
    assert b"handshake" in journal and b"socket open" in emulator.output.encode() and eve.id.encode() in written
    for secret in (eve.token, eve.token.split(".")[2], connect_refused, eve.refresh_token.rsplit(".", 1)[1]):
        assert secret.encode() not in written
