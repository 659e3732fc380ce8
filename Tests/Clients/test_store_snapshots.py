"""`roost store snapshot`, `restore`, `fork` and `check`, from the command line, beside a store that is being written to."""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import threading
import urllib.error
import urllib.request

import pytest
from conftest import ROOST, Roost, eventually
from rawclient import Lost, RawClient, n, port_of, s

TABLE = {
    "TableName": "pairs", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}}


def roost(*arguments, check=True):
    answer = subprocess.run([ROOST, *map(str, arguments)], capture_output=True, text=True, timeout=60)
    assert not check or answer.returncode == 0, answer.stderr
    return answer


def call(port, operation, **parameters):
    async def once():
        async with RawClient(port) as client:
            return await client.call(operation, parameters)

    return asyncio.run(once())


def pair(port):
    """The two items that always change together."""
    found = call(port, "TransactGetItems", TransactItems=[
        {"Get": {"TableName": "pairs", "Key": {"pk": s(key)}}} for key in "ab"])["Responses"]
    return [int(answer["Item"]["v"]["N"]) for answer in found]


class Writer(threading.Thread):
    """Changes both items again and again, and remembers the last acknowledged number and the longest wait."""

    def __init__(self, port):
        super().__init__()
        self.port = port
        self.acknowledged = self.longest = 0
        self.is_over = threading.Event()

    def run(self):
        try:
            asyncio.run(self.write())
        except Lost:
            pass

    async def write(self):
        async with RawClient(self.port) as client:
            number = 0
            while not self.is_over.is_set():
                number += 1
                began = asyncio.get_running_loop().time()
                await client.call("TransactWriteItems", {"TransactItems": [
                    {"Put": {"TableName": "pairs", "Item": {"pk": s(key), "v": n(number)}}} for key in "ab"]})
                self.longest = max(self.longest, asyncio.get_running_loop().time() - began)
                self.acknowledged = number

    def __enter__(self):
        self.start()
        eventually(lambda: self.acknowledged > 0)
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.join(30)


@pytest.fixture
def running(tmp_path):
    """A store with some megabytes, and its port."""
    with Roost("store", "--port", "0", "--data-dir", tmp_path / "data") as store:
        store.port = port_of(store)
        call(store.port, "CreateTable", **TABLE)
        eventually(lambda: call(store.port, "DescribeTable", TableName="pairs")["Table"]["TableStatus"] == "ACTIVE")
        for number in range(40):
            call(store.port, "BatchWriteItem", RequestItems={"pairs": [
                {"PutRequest": {"Item": {"pk": s(f"{number}-{index}"), "text": s("x" * 4000)}}} for index in range(25)]})
        yield store


def test_a_snapshot_is_one_moment_of_a_store_that_goes_on(tmp_path, running):
    with Writer(running.port) as writer:
        before = writer.acknowledged
        roost("store", "snapshot", tmp_path / "by-port", "--port", running.port)
        between = writer.acknowledged
        roost("store", "snapshot", tmp_path / "by-directory", "--data-dir", tmp_path / "data")
        after = writer.acknowledged
    assert before < between < after, "nothing was written meanwhile"
    for name, low, high in (("by-port", before, between + 1), ("by-directory", between, after + 1)):
        roost("store", "check", "--data-dir", tmp_path / name)
        with Roost("store", "--port", "0", "--data-dir", tmp_path / name) as copy:
            first, second = pair(port_of(copy))
            assert first == second and low <= first <= high
    assert sorted(path.name for path in tmp_path.iterdir()) == ["by-directory", "by-port", "data"]


@pytest.fixture
def shared_blocks(tmp_path):
    """A directory on a file system whose files may share blocks; only root can make one."""
    make = shutil.which("mkfs.xfs", path=os.environ["PATH"] + ":/sbin:/usr/sbin")
    if not make or os.geteuid() != 0:
        pytest.skip("a file system with shared blocks needs mkfs.xfs and root")
    image, place = tmp_path / "image", tmp_path / "xfs"
    image.touch()
    os.truncate(image, 400 << 20)
    place.mkdir()
    subprocess.run([make, "-q", "-m", "reflink=1", image], check=True)
    mounted = subprocess.run(["mount", "-o", "loop", image, place], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_clone_is_one_moment_too(shared_blocks):
    with Roost("store", "--port", "0", "--data-dir", shared_blocks / "data") as store:
        port = port_of(store)
        call(port, "CreateTable", **TABLE)
        eventually(lambda: call(port, "DescribeTable", TableName="pairs")["Table"]["TableStatus"] == "ACTIVE")
        with Writer(port) as writer:
            for number in range(8):
                before = writer.acknowledged
                answer = roost("store", "snapshot", shared_blocks / f"s{number}", "--port", port)
                after = writer.acknowledged
                assert "cloned in" in answer.stdout
                roost("store", "check", "--data-dir", shared_blocks / f"s{number}")
                with Roost("store", "--port", "0", "--data-dir", shared_blocks / f"s{number}") as copy:
                    first, second = pair(port_of(copy))
                assert first == second and before <= first <= after + 1


def test_a_fork_goes_its_own_way(tmp_path, running):
    call(running.port, "PutItem", TableName="pairs", Item={"pk": s("who"), "v": s("both")})
    with Roost("store", "fork", tmp_path / "fork", "--port", running.port) as fork:
        call(port_of(fork), "PutItem", TableName="pairs", Item={"pk": s("who"), "v": s("the fork")})
        for port, value in ((port_of(fork), "the fork"), (running.port, "both")):
            assert call(port, "GetItem", TableName="pairs", Key={"pk": s("who")})["Item"]["v"] == s(value)


def test_restore_brings_back_the_moment_of_the_snapshot(tmp_path, running):
    call(running.port, "PutItem", TableName="pairs", Item={"pk": s("then")})
    roost("store", "snapshot", tmp_path / "s", "--port", running.port)
    call(running.port, "PutItem", TableName="pairs", Item={"pk": s("later")})
    refused = roost("store", "restore", tmp_path / "s", "--data-dir", tmp_path / "data", check=False)
    assert refused.returncode == 1 and f"in use by another process (process {running.process.pid})" in refused.stderr
    # As a killed process leaves it, with a log that must not be taken for the restored file's.
    running.kill()
    roost("store", "restore", tmp_path / "s", "--data-dir", tmp_path / "data")
    with Roost("store", "--port", "0", "--data-dir", tmp_path / "data") as store:
        found = {key: "Item" in call(port_of(store), "GetItem", TableName="pairs", Key={"pk": s(key)})
                 for key in ("then", "later")}
    assert found == {"then": True, "later": False}
    roost("store", "check", "--data-dir", tmp_path / "data")


def test_a_killed_restore_leaves_the_old_data_or_the_new(tmp_path, running):
    data = tmp_path / "data"
    call(running.port, "PutItem", TableName="pairs", Item={"pk": s("old")})
    roost("store", "snapshot", tmp_path / "old", "--port", running.port)
    call(running.port, "DeleteItem", TableName="pairs", Key={"pk": s("old")})
    call(running.port, "PutItem", TableName="pairs", Item={"pk": s("new")})
    roost("store", "snapshot", tmp_path / "new", "--port", running.port)
    running.kill()
    seen = set()
    for number in range(12):
        # The last ones are not killed, so that both are seen.
        source = ("old", "new")[number % 2]
        process = subprocess.Popen(
            [ROOST, "store", "restore", tmp_path / source, "--data-dir", data], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if number < 10:
            try:
                process.wait(0.03 * number)
            except subprocess.TimeoutExpired:
                process.kill()
        process.wait(30)
        roost("store", "check", "--data-dir", data)
        with sqlite3.connect(f"file:{data / 'store.sqlite3'}?mode=ro", uri=True) as database:
            texts = [row[0] for row in database.execute("SELECT item FROM t_1 WHERE length(item) < 40")]
        database.close()
        assert len(texts) == 1
        seen.add(json.loads(texts[0])["pk"]["S"])
    assert seen == {"old", "new"}
    assert not list(data.glob("*.restoring*"))


def test_a_killed_snapshot_leaves_nothing_under_its_name(tmp_path, running):
    request = urllib.request.Request(
        f"http://127.0.0.1:{running.port}/_roost/snapshot", json.dumps({"target": str(tmp_path / "s")}).encode(), method="POST")

    def ask():
        try:
            urllib.request.urlopen(request, timeout=30)
        except OSError:
            pass

    asking = threading.Thread(target=ask)
    asking.start()
    eventually(lambda: (tmp_path / ".s.partial").exists() or (tmp_path / "s").exists())
    running.kill()
    asking.join(30)
    # The kill may have come after the last step; then, and only then, there is a snapshot, and a whole one.
    if (tmp_path / "s").exists():
        roost("store", "check", "--data-dir", tmp_path / "s")
    else:
        roost("store", "snapshot", tmp_path / "s", "--data-dir", tmp_path / "data")
    assert not (tmp_path / ".s.partial").exists()


def test_snapshots_are_refused_with_a_reason(tmp_path, running):
    taken = roost("store", "snapshot", tmp_path / "data", "--port", running.port, check=False)
    assert taken.returncode == 1 and "exists already" in taken.stderr
    nowhere = roost("store", "snapshot", tmp_path / "no" / "where", "--port", running.port, check=False)
    assert nowhere.returncode == 1 and "is no directory" in nowhere.stderr
    for headers, method, body, status in (
            ({"Origin": "http://evil.example"}, "POST", b'{"target": "/tmp/x"}', 403), ({}, "GET", None, 405),
            ({}, "POST", b'{"target": "relative"}', 400), ({}, "POST", b"nonsense", 400)):
        request = urllib.request.Request(f"http://127.0.0.1:{running.port}/_roost/snapshot", body, headers, method=method)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)
        assert refused.value.code == status
        assert json.load(refused.value)["message"]


def test_a_port_with_no_store_is_named(tmp_path):
    answer = roost("store", "snapshot", tmp_path / "s", "--port", "1", check=False)
    assert answer.returncode == 1 and "no store answers at http://127.0.0.1:1" in answer.stderr
