"""Starting, stopping, failing to start, and coming back after a crash."""

import os
import signal
import socket
import subprocess
import threading
import time

import pytest
from classmates import School, call
from conftest import ROOST, ROOT, Emulator, Roost, eventually
from processes import children, living
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

STOP_SECONDS = 2


def warm(emulator):
    """Has two functions started, and gives the processes below the emulator."""
    assert call(emulator.http, "GET", "/health").status == 200
    assert call(emulator.http, "GET", "/auth/nowhere").status == 404
    below = children(emulator.process.pid)
    assert {"api", "auth"} <= set(below.values())
    return below


def stop_in_time(emulator, with_signal):
    start = time.monotonic()
    code = emulator.stop(with_signal)
    assert time.monotonic() - start < STOP_SECONDS
    assert code == 0
    return emulator.output


HANGS = "#!/bin/sh\nexec sleep 600\n"
# Neither it nor the process that it starts ends at SIGTERM.
STUBBORN = "#!/bin/sh\ntrap '' TERM INT\nsleep 600\nsleep 600\n"


def functions(folder, **replaced):
    """The functions' programs, some of them replaced by a script."""
    folder.mkdir()
    for name in ("api", "auth", "routing", "stream-processor", "websocket-connect"):
        script = replaced.get(name.replace("-", "_"))
        if script is None:
            (folder / name).symlink_to(ROOST.parent / name)
        else:
            (folder / name).write_text(script)
            (folder / name).chmod(0o755)
    return folder


def hanging(emulator):
    """The processes below the emulator, once a function's script is among them."""
    below = children(emulator.process.pid)
    return below if "sleep" in below.values() else None


# Stopping

@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_in_two_seconds_and_leaves_no_process(tmp_path, with_signal):
    with Emulator(tmp_path) as emulator:
        below = warm(emulator)
        assert stop_in_time(emulator, with_signal).endswith("roost: stopped\n")
        assert living(below) == set()
    assert not (tmp_path / "running.json").exists()


def test_a_process_without_traffic_stops_too(tmp_path):
    with Emulator(tmp_path) as emulator:
        stop_in_time(emulator, signal.SIGTERM)


def test_a_signal_ends_open_sockets_connections_and_requests_too(tmp_path):
    with Emulator(tmp_path, "--functions-dir", functions(tmp_path / "functions", api=HANGS)) as emulator:
        ada = School(emulator).admin()
        answers = []
        request = threading.Thread(target=lambda: answers.append(call(emulator.http, "GET", "/health").status))
        with connect(f"{emulator.websocket}?token={ada.token}") as websocket, \
                socket.create_connection(emulator.http.rsplit("/", 1)[-1].split(":")) as idle:
            request.start()
            below = eventually(lambda: hanging(emulator))
            stop_in_time(emulator, signal.SIGINT)
            with pytest.raises(ConnectionClosed) as raised:
                websocket.recv(timeout=5)
            assert raised.value.rcvd.code == 1001
            assert idle.recv(1) == b""
        request.join(10)
        assert answers == [503]
        assert living(below) == set()


def test_a_function_that_ignores_sigterm_is_ended_with_all_it_started(tmp_path):
    with Emulator(tmp_path / "data", "--functions-dir", functions(tmp_path / "functions", api=STUBBORN)) as emulator:
        request = threading.Thread(target=lambda: call(emulator.http, "GET", "/health"))
        request.start()
        below = eventually(lambda: hanging(emulator))
        assert len(below) >= 2
        stop_in_time(emulator, signal.SIGTERM)
        request.join(10)
        assert living(below) == set()


def test_a_function_process_that_dies_is_replaced(tmp_path):
    with Emulator(tmp_path) as emulator:
        for process in warm(emulator):
            os.kill(process, signal.SIGKILL)
        # A request that comes before the end is noticed is lost with the process, as one that it was working on.
        eventually(lambda: call(emulator.http, "GET", "/health").status == 200, seconds=2)
        eventually(lambda: call(emulator.http, "GET", "/auth/nowhere").status == 404, seconds=2)


def test_kill_9_on_the_emulator_leaves_no_function_process(tmp_path):
    with Emulator(tmp_path) as emulator:
        below = warm(emulator)
        emulator.kill()
    eventually(lambda: not living(below), seconds=2)


def test_the_store_alone_stops_on_ctrl_c(tmp_path):
    with Roost("store", "--port", "0", "--data-dir", tmp_path) as store:
        stop_in_time(store, signal.SIGINT)


# What cannot be started

def refused(*arguments, code=1):
    """The lines on stderr of a start that fails."""
    answer = subprocess.run(
        [ROOST, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert (answer.returncode, answer.stdout) == (code, ""), answer.stdout + answer.stderr
    assert all(line.strip() for line in answer.stderr.splitlines())
    return answer.stderr.splitlines()


def start(data, *arguments):
    return ("start", "--data-dir", data, "--port", "0", "--http-port", "0", "--ws-port", "0", *arguments)


@pytest.mark.parametrize("option", ["--port", "--http-port", "--ws-port"])
def test_a_port_in_use_is_named_with_the_option_to_change(tmp_path, option):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        lines = refused(*start(tmp_path, option, port))
    assert len(lines) == 1
    assert lines[0].startswith(f"roost: port {port} on 127.0.0.1 is in use") and option in lines[0]


def test_a_missing_program_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    lines = refused(*start(tmp_path / "data", "--functions-dir", tmp_path / "empty"))
    assert len(lines) == 1
    assert f"no program at {tmp_path}/empty/api" in lines[0]


def test_a_typo_in_the_template_is_named_with_its_line_and_what_was_meant(tmp_path):
    text = (ROOT / "template.yaml").read_text().replace("      VisibilityTimeout: 180\n", "      VisibilityTimeot: 180\n")
    template = tmp_path / "template.yaml"
    template.write_text(text)
    line = text.split("VisibilityTimeot")[0].count("\n") + 1
    for arguments in (start(tmp_path / "data", "--template", template), ("validate", "--template", template)):
        lines = refused(*arguments)
        assert len(lines) == 1
        assert lines[0].startswith(f"roost: {template}:{line}: DeliveryQueue: ")
        assert lines[0].endswith("VisibilityTimeot that the emulator knows; did you mean VisibilityTimeout?")


@pytest.mark.parametrize("text, words", [
    ("Resources: [", "this is not YAML"),
    ("Resources:\n  X:\n    Type: AWS::S3::Bucket\n", "AWS::S3::Bucket"),
    ("", "template.yaml:1: "),
    ("\x01", "template.yaml:1: "),
])
def test_a_broken_template_is_refused(tmp_path, text, words):
    template = tmp_path / "template.yaml"
    template.write_text(text)
    lines = refused(*start(tmp_path / "data", "--template", template))
    assert str(template) in lines[0] and words in lines[0]


def test_a_template_that_is_not_there_is_named(tmp_path):
    lines = refused(*start(tmp_path / "data", "--template", tmp_path / "absent.yaml"))
    assert lines == [f"roost: {tmp_path}/absent.yaml: there is no such file"]


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    lines = refused(*start(tmp_path / "file" / "data"))
    assert len(lines) == 1 and f"{tmp_path}/file/data" in lines[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_directory_that_cannot_be_written_is_named(tmp_path):
    data = tmp_path / "data"
    data.mkdir(mode=0o555)
    lines = refused(*start(data))
    assert len(lines) == 1 and str(data) in lines[0]


@pytest.mark.parametrize("second", ["start", "store"])
def test_a_data_directory_in_use_is_named_and_its_emulator_serves_on(tmp_path, second):
    with Emulator(tmp_path) as emulator:
        lines = refused(*start(tmp_path)) if second == "start" else refused("store", "--port", "0", "--data-dir", tmp_path)
        assert len(lines) == 1
        assert str(tmp_path) in lines[0] and "another" in lines[0]
        assert call(emulator.http, "GET", "/health").status == 200
        assert (tmp_path / "running.json").exists()


@pytest.mark.parametrize("arguments, words", [
    (["begin"], "unknown command begin"),
    (["strat"], "did you mean start?"),
    (["start", "--prot", "1"], "did you mean --port?"),
    (["start", "--port", "70000"], "--port takes a number from 0 to 65535"),
    (["start", "--port"], "--port needs a value"),
    (["start", "--in-memory", "--data-dir", "x"], "exclude each other"),
    (["start", "extra"], "unexpected argument 'extra'"),
    (["invoke"], "which function?"),
])
def test_wrong_usage_exits_with_2_and_points_to_the_help(arguments, words):
    lines = refused(*arguments, code=2)
    assert len(lines) == 2
    assert words in lines[0] and "--help" in lines[1]


# Coming back

def quick_queue(folder):
    """The template with a queue that shows a message again after 10 seconds, the least that its function's time-out allows."""
    text = (ROOT / "template.yaml").read_text()
    for old, new in (("VisibilityTimeout: 180\n", "VisibilityTimeout: 10\n"), ("    Timeout: 30\n", "    Timeout: 10\n")):
        assert text.count(old) == 1
        text = text.replace(old, new)
    template = folder / "template.yaml"
    template.write_text(text)
    return template


def test_after_a_restart_everything_is_still_there(tmp_path):
    with Emulator(tmp_path) as first:
        school = School(first)
        ada, ben = school.person("Ada Lovelace"), school.person("Ben Ortiz")
        ben.is_reached_by("sms")
        message = ada.write_to(ben, "before the restart")
        sent = eventually(lambda: first.inbox("sms", ben.phone))
        queue = first.client("sqs").get_queue_url(QueueName="roost-delivery-dead-letters")["QueueUrl"]
        first.client("sqs").send_message(QueueUrl=queue, MessageBody="keep me")
        secret = first.client("secretsmanager").get_secret_value(SecretId="roost/token")["SecretString"]

    with Emulator(tmp_path) as second:
        school.emulator = second
        assert second.client("secretsmanager").get_secret_value(SecretId="roost/token")["SecretString"] == secret
        # The token of before is as good as ever.
        assert ben.call("GET", f"/api/messages/{message}").json()["data"]["content"] == "before the restart"
        assert ada.log_in().call("GET", "/api/users/me").json()["data"]["full_name"] == "Ada Lovelace"
        queue = second.client("sqs").get_queue_url(QueueName="roost-delivery-dead-letters")["QueueUrl"]
        assert second.client("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"][0]["Body"] == "keep me"
        ada.write_to(ben, "after the restart")
        texts = eventually(lambda: len(second.inbox("sms", ben.phone)) > len(sent) and second.inbox("sms", ben.phone))
        # What went out before is still there, and did not go out again.
        assert texts[:len(sent)] == sent and len(texts) == len(sent) + 1


@pytest.mark.parametrize("stuck", ["stream_processor", "routing"])
def test_a_delivery_that_kill_9_interrupts_arrives_after_the_restart(tmp_path, stuck):
    data, template = tmp_path / "data", quick_queue(tmp_path)
    programs = functions(tmp_path / "functions", **{stuck: HANGS})
    with Emulator(data, "--functions-dir", programs, template=template) as first:
        school = School(first)
        ada, ben = school.person("Ada Lovelace"), school.person("Ben Ortiz")
        ben.is_reached_by("sms")
        ada.write_to(ben, "do not lose me")
        below = eventually(lambda: hanging(first))
        assert first.inbox("sms", ben.phone) == []
        first.kill()
    eventually(lambda: not living(below), seconds=2)

    with Emulator(data, template=template) as second:
        texts = eventually(lambda: second.inbox("sms", ben.phone), seconds=30)
        assert len(texts) == 1 and "Ada Lovelace" in texts[0]["text"]
