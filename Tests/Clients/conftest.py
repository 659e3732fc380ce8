"""Starts `roost` for tests by third-party clients; everything started here is stopped here.

The release build is tested; ROOST_BUILD=debug takes the other one.
"""

import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

ROOT = Path(__file__).resolve().parents[2]
ROOST = ROOT / ".build" / os.environ.get("ROOST_BUILD", "release") / "roost"
READY_SECONDS = 30
CREDENTIALS = {"region_name": "us-east-1", "aws_access_key_id": "test", "aws_secret_access_key": "test"}


class Roost:
    """A running `roost start` or `roost store`, its output kept."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [ROOST, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines = []
        self._ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        # One that ends at once closes its output before it is seen to have ended.
        if not self._ready.wait(READY_SECONDS) or "press Ctrl-C to stop" not in self.output:
            self.stop()
            raise AssertionError("roost did not become ready:\n" + self.output)

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line)
            if "press Ctrl-C to stop" in line:
                self._ready.set()
        self._ready.set()

    @property
    def output(self):
        return "".join(self.lines)

    def address(self, label):
        """The URL in the line of the start-up text that begins with `label`."""
        return re.search(rf"{re.escape(label)}.*?((?:http|ws)://\S+)", self.output).group(1)

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        """Stops what still runs."""
        if self.process.poll() is None:
            code = self.stop()
            assert code == 0 or failure

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    def stop(self, with_signal=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
        self._reader.join(5)
        return self.process.returncode


def client(service, endpoint, **options):
    """A boto3 client that neither retries nor waits long, so that a test sees the first answer."""
    settings = Config(retries={"total_max_attempts": 1}, read_timeout=60, max_pool_connections=64, **options)
    return boto3.client(service, endpoint_url=endpoint, config=settings, **CREDENTIALS)


def aws_cli(*arguments, endpoint, check=True):
    """Runs the AWS CLI of the tests' own environment."""
    environment = {
        "PATH": os.environ["PATH"], "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true"}
    return subprocess.run(
        [ROOT / ".build/venv/bin/aws", "--endpoint-url", endpoint, *arguments], env=environment, capture_output=True, text=True,
        timeout=60, check=check)


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """The DynamoDB-compatible store alone."""
    roost = Roost("store", "--port", "0", "--data-dir", tmp_path_factory.mktemp("store"))
    roost.endpoint = roost.address("DynamoDB")
    yield roost
    assert roost.stop() == 0


@pytest.fixture(scope="session")
def dynamodb(store):
    return client("dynamodb", store.endpoint)


class Emulator(Roost):
    """Everything in template.yaml, on free ports."""

    def __init__(self, data, *arguments, template=ROOT / "template.yaml"):
        super().__init__(
            "start", "--template", template, "--data-dir", data, "--port", "0", "--http-port", "0", "--ws-port", "0", *arguments)
        self.data = data
        self.endpoint = self.address("AWS endpoint")
        self.http = self.address("HTTP API")
        self.websocket = self.address("WebSocket API")

    def client(self, service, **options):
        return client(service, self.endpoint, **options)

    def inbox(self, channel, to):
        """What was sent to somebody, oldest first."""
        query = urllib.parse.urlencode({"channel": channel, "to": to})
        with urllib.request.urlopen(f"{self.endpoint}/_roost/inbox?{query}", timeout=10) as answer:
            return json.load(answer)["messages"]


def eventually(look, seconds=15):
    """What `look` gives as soon as it is true; fails when it is not in time."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.05)
    return found


@pytest.fixture(scope="session")
def emulator(tmp_path_factory):
    roost = Emulator(tmp_path_factory.mktemp("emulator"))
    yield roost
    assert roost.stop() == 0
