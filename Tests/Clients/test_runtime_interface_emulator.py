"""AWS's own runtime interface emulator (RIE) runs our functions: one invocation at a time, and several at once.

Its program comes in the wheel of aws-sam-cli. With AWS_LAMBDA_MAX_CONCURRENCY it looks for /var/task/bootstrap only and
becomes another user, so that mode runs in a mount namespace of its own with a /var of its own.
"""

import json
import os
import platform
import re
import shlex
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import ROOST, ROOT

RIE_FOLDER = next((ROOT / ".build/sam-venv").glob("lib/python3*/site-packages/samcli/local/rapid"), None)
RIE = RIE_FOLDER and RIE_FOLDER / ("aws-lambda-rie-" + {"aarch64": "arm64"}.get(platform.machine(), platform.machine()))
READY_SECONDS = 20
HEALTH = ROOT / "events/api/health.json"

pytestmark = pytest.mark.skipif(platform.system() != "Linux", reason="the runtime interface emulator is a Linux program")


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class RuntimeInterfaceEmulator:
    """A running RIE with a function behind it."""

    def __init__(self, function, variables, concurrency=None):
        runtime_port, self.port = free_ports(2)
        binary = ROOST.parent / function
        command = [str(RIE), "--runtime-api-address", f"127.0.0.1:{runtime_port}",
                   "--runtime-interface-emulator-address", f"127.0.0.1:{self.port}"]
        environment = {"PATH": os.environ["PATH"], **variables}
        if concurrency is None:
            command.append(str(binary))
        else:
            environment["AWS_LAMBDA_MAX_CONCURRENCY"] = str(concurrency)
            script = (
                "mount -t tmpfs -o mode=755 none /var && mkdir /var/task && "
                f"cp {shlex.quote(str(binary))} /var/task/bootstrap && cd /var/task && exec {shlex.join(command)}")
            command = ["unshare", "--mount", "sh", "-c", script]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        self.lines = []
        self.reader = threading.Thread(target=lambda: self.lines.extend(self.process.stdout), daemon=True)
        self.reader.start()

    def __enter__(self):
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise AssertionError("the runtime interface emulator does not listen:\n" + self.output)

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        self.reader.join(5)

    @property
    def output(self):
        return "".join(self.lines)

    def invoke(self, event):
        """The function's answer. RIE has no queue: it refuses an event while nobody waits for one, so it is sent again."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/2015-03-31/functions/function/invocations", event)
        end = time.monotonic() + READY_SECONDS
        while True:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as refusal:
                if json.load(refusal) != {"errorType": "Runtime.Unavailable"} or time.monotonic() > end:
                    raise
                time.sleep(0.005)

    @property
    def most_at_once(self):
        """How many invocations had started and not ended at one time."""
        running, most = 0, 0
        for event in re.findall(r"^(START|END) RequestId: ", self.output, re.MULTILINE):
            running += 1 if event == "START" else -1
            most = max(most, running)
        return most


@pytest.fixture(scope="module")
def variables(emulator):
    """What the template gives the function `api`, with the emulator as its cloud."""
    tables = emulator.client("dynamodb").list_tables()["TableNames"]
    entities = next(name for name in tables if name.endswith("-entities"))
    stack = entities.removesuffix("-entities")
    return {
        "STAGE": "v1", "ENTITIES_TABLE": entities, "EPHEMERAL_TABLE": f"{stack}-ephemeral",
        "DATA_KEY_SECRET_ID": f"{stack}/data-key", "AWS_ENDPOINT_URL": emulator.endpoint, "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_SESSION_TOKEN": "test"}


def data_of(answer):
    assert answer["statusCode"] == 200, answer
    return json.loads(answer["body"])["data"]


def test_it_runs_a_function_one_invocation_after_the_other(variables):
    with RuntimeInterfaceEmulator("api", variables) as rie:
        for _ in range(3):
            assert data_of(rie.invoke(HEALTH.read_bytes()))["status"] == "ok"
        error = rie.invoke(b'{"not": "an HTTP event"}')
        assert error["errorType"].startswith("Runtime.")
        assert data_of(rie.invoke(HEALTH.read_bytes()))["status"] == "ok"
        rie.process.terminate()
    assert len(re.findall(r"^END RequestId: ", rie.output, re.MULTILINE)) == 5
    assert rie.most_at_once == 1
    assert len(re.findall(r"INIT START", rie.output)) == 1, "one process serves them all"


@pytest.mark.skipif(os.geteuid() != 0, reason="a mount namespace with another user's process needs root")
def test_it_runs_several_invocations_at_once_in_one_process(variables):
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
        pytest.skip("this machine allows no mount namespaces")
    with RuntimeInterfaceEmulator("api", variables, concurrency=4) as rie, ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: rie.invoke(HEALTH.read_bytes()), range(40)))
        assert [data_of(answer)["status"] for answer in answers] == ["ok"] * 40
        error = rie.invoke(b'{"not": "an HTTP event"}')
        assert error["errorType"].startswith("Runtime.")
        assert data_of(rie.invoke(HEALTH.read_bytes()))["status"] == "ok"
        rie.process.terminate()
    assert len(re.findall(r"^END RequestId: ", rie.output, re.MULTILINE)) == 42
    assert 2 <= rie.most_at_once <= 4
    assert len(re.findall(r"LocalProcessSupervisor.Exec", rie.output)) == 1, "one process serves them all"
