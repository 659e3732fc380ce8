"""What goes wrong around a store: a clear error, nothing lost, and service again when the cause is gone."""

import asyncio
import os
import random
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys

import pytest
from conftest import ROOST, Roost
from rawclient import RawClient, Refused, port_of, s

TABLE = {
    "TableName": "items", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "S"}],
    "GlobalSecondaryIndexes": [{
        "IndexName": "by-g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}],
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}}


def roost(*arguments):
    return subprocess.run([ROOST, *map(str, arguments)], capture_output=True, text=True, timeout=60)


def refusal(directory, *arguments):
    """What a store that cannot start says, in one line."""
    answer = roost("store", "--port", "0", "--data-dir", directory, *arguments)
    assert answer.returncode == 1, answer.stdout
    assert answer.stdout == ""
    assert answer.stderr.startswith("roost: ") and answer.stderr.count("\n") == 1
    return answer.stderr


def check(directory, code=0):
    answer = roost("store", "check", "--data-dir", directory)
    assert answer.returncode == code, answer.stdout + answer.stderr
    return answer.stdout + answer.stderr


async def fill(port, first, most, size):
    """Puts items until one is refused; the numbers that were acknowledged, and the refusal."""
    acknowledged = []
    async with RawClient(port) as client:
        for number in range(first, first + most):
            item = {"pk": s(f"item {number}"), "g": s("g"), "text": s("x" * size)}
            try:
                await client.call("PutItem", {"TableName": "items", "Item": item})
            except Refused as refused:
                return acknowledged, refused
            acknowledged.append(number)
    return acknowledged, None


async def present(port, index=None):
    found, start = set(), {}
    async with RawClient(port) as client:
        while True:
            parameters = {"TableName": "items", "ProjectionExpression": "pk"} | ({"IndexName": index} if index else {}) | start
            page = await client.call("Scan", parameters)
            found |= {int(item["pk"]["S"].split()[1]) for item in page["Items"]}
            if "LastEvaluatedKey" not in page:
                return found
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


async def make_table(port):
    async with RawClient(port) as client:
        await client.call("CreateTable", TABLE)
        while (await client.call("DescribeTable", {"TableName": "items"}))["Table"]["TableStatus"] != "ACTIVE":
            await asyncio.sleep(0.02)


def call(port, operation, parameters):
    async def once():
        async with RawClient(port) as client:
            return await client.call(operation, parameters)

    return asyncio.run(once())


@pytest.fixture
def small_disk(tmp_path):
    """A file system of eight megabytes; only root can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small file system needs root")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


def goes_on_after(directory, limit, release, said):
    """Fills the store under a limit, and uses it again when the limit is gone."""
    with Roost("store", "--port", "0", "--data-dir", directory) as store:
        port = port_of(store)
        asyncio.run(make_table(port))
        before, refused = asyncio.run(fill(port, 0, 50, 1000))
        assert refused is None
        limit(store)
        under, refused = asyncio.run(fill(port, 50, 5000, 4000))
        assert refused is not None and refused.status == 500 and refused.code == "InternalServerError"
        assert said in refused.body.decode(), refused
        # Reads go on, of everything acknowledged and nothing else, in the table and in its index.
        assert asyncio.run(present(port)) == asyncio.run(present(port, "by-g")) == {*before, *under}
        release(store)
        after, refused = asyncio.run(fill(port, 6000, 50, 4000))
        assert refused is None
        assert asyncio.run(present(port)) == {*before, *under, *after}
    check(directory)
    with Roost("store", "--port", "0", "--data-dir", directory) as store:
        assert asyncio.run(present(port_of(store))) == {*before, *under, *after}
    return under


def test_a_full_disk_refuses_writes_and_loses_nothing(small_disk):
    filler = small_disk / "filler"

    def limit(_):
        free = shutil.disk_usage(small_disk).free
        filler.write_bytes(bytes(free - 600_000))

    goes_on_after(small_disk / "data", limit, lambda _: filler.unlink(), "there is no space left")


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process's files")
def test_a_file_size_limit_refuses_writes_and_loses_nothing(tmp_path):
    def limit(store):
        largest = max(path.stat().st_size for path in (tmp_path / "data").iterdir())
        resource.prlimit(store.process.pid, resource.RLIMIT_FSIZE, (largest + 200_000, resource.RLIM_INFINITY))

    def release(store):
        resource.prlimit(store.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    goes_on_after(tmp_path / "data", limit, release, "failed")


def test_a_snapshot_on_a_full_disk_leaves_nothing(tmp_path, small_disk):
    with Roost("store", "--port", "0", "--data-dir", tmp_path / "data") as store:
        asyncio.run(make_table(port_of(store)))
        asyncio.run(fill(port_of(store), 0, 1500, 4000))
        answer = roost("store", "snapshot", small_disk / "s", "--port", port_of(store))
        assert answer.returncode == 1 and "there is no space left" in answer.stderr
        assert list(small_disk.iterdir()) == []
        assert len(asyncio.run(present(port_of(store)))) == 1500


def test_a_directory_that_cannot_be_written_is_named(tmp_path):
    directory = tmp_path / "data"
    directory.mkdir()
    if os.geteuid() == 0:
        # Root may write in spite of permissions; not where a directory stands in the file's place.
        (directory / "store.sqlite3.lock").mkdir()
    else:
        directory.chmod(0o500)
    said = refusal(directory)
    assert f"{directory}/store.sqlite3.lock cannot be opened for writing" in said
    assert f"make {directory} writable for this user, or choose another directory with --data-dir" in said
    (tmp_path / "file").write_text("")
    assert "file/data cannot be made" in refusal(tmp_path / "file" / "data")


def test_a_read_only_file_system_is_named(small_disk):
    directory = small_disk / "data"
    Roost("store", "--port", "0", "--data-dir", directory).stop()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert "cannot be opened for writing: Read-only file system" in refusal(directory)


def test_a_second_process_is_refused_and_the_first_goes_on(tmp_path):
    with Roost("store", "--port", "0", "--data-dir", tmp_path) as store:
        said = refusal(tmp_path)
        assert f"in use by another process (process {store.process.pid}); stop that process, or choose another" in said
        assert call(port_of(store), "ListTables", {}) == {"TableNames": []}
        assert "in use by another process" in check(tmp_path, code=1)


def test_a_taken_port_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = roost("store", "--port", port, "--data-dir", tmp_path)
    assert answer.returncode == 1
    assert f"port {port} on 127.0.0.1 is in use; choose another with --port, or --port 0 for a free one" in answer.stderr


@pytest.fixture
def left_behind(tmp_path):
    """A store's directory as a killed process leaves it: half of its items in the file, half in the log."""
    directory = tmp_path / "data"
    store = Roost("store", "--port", "0", "--data-dir", directory)
    asyncio.run(make_table(port_of(store)))
    asyncio.run(fill(port_of(store), 0, 300, 2000))
    assert store.stop() == 0
    store = Roost("store", "--port", "0", "--data-dir", directory)
    asyncio.run(fill(port_of(store), 300, 20, 2000))
    store.kill()
    store.stop()
    assert (directory / "store.sqlite3-wal").stat().st_size > 50_000
    return directory


def change(path, position, replacement):
    with open(path, "r+b") as file:
        file.seek(position)
        file.write(replacement)


def is_left_alone(directory):
    """The bytes of the files, which a refused start must not touch."""
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.suffix in (".sqlite3", ".sqlite3-wal")}


def test_a_newer_version_is_refused_and_left_alone(left_behind):
    with sqlite3.connect(left_behind / "store.sqlite3") as database:
        database.execute("PRAGMA user_version = 77")
    database.close()
    said = refusal(left_behind)
    assert "was written by a newer version (schema 77; this one knows up to" in said and "use a newer roost" in said
    assert "newer version" in check(left_behind, code=1)


def test_a_damaged_header_is_refused_and_left_alone(left_behind):
    (left_behind / "store.sqlite3-wal").unlink()
    change(left_behind / "store.sqlite3", 0, b"\x5a" * 100)
    before = is_left_alone(left_behind)
    said = refusal(left_behind)
    assert "store.sqlite3 is damaged, or is no SQLite database" in said
    assert "roost store check" in said and "roost store restore" in said
    assert is_left_alone(left_behind) == before
    assert "is damaged" in check(left_behind, code=1)


def test_a_file_that_was_cut_off_is_refused(left_behind):
    (left_behind / "store.sqlite3-wal").unlink()
    file = left_behind / "store.sqlite3"
    os.truncate(file, file.stat().st_size // 2)
    assert "store.sqlite3 is damaged" in refusal(left_behind)
    check(left_behind, code=1)


def test_damaged_pages_are_found_by_the_check_and_answered_with_an_error(left_behind):
    Roost("store", "--port", "0", "--data-dir", left_behind).stop()
    file = left_behind / "store.sqlite3"
    # All pages but the first ones, which hold the catalogue: the store opens, and what it cannot read it says.
    pages = file.stat().st_size // 4096
    for page in range(pages // 2, pages):
        change(file, page * 4096, bytes([0x5a]) * 4096)
    said = check(left_behind, code=1)
    assert "problems" in said
    try:
        store = Roost("store", "--port", "0", "--data-dir", left_behind)
    except AssertionError as failure:
        assert "is damaged" in str(failure)
        return
    with store, pytest.raises(Refused) as refused:
        asyncio.run(present(port_of(store)))
    assert refused.value.status == 500 and "is damaged" in refused.value.body.decode()


def test_a_damaged_log_is_refused_rather_than_shortened(left_behind):
    log = left_behind / "store.sqlite3-wal"
    change(log, 32 + 24 + 500, b"\x5a" * 16)
    before = is_left_alone(left_behind)
    said = refusal(left_behind)
    assert "store.sqlite3-wal is damaged at its frame 1:" in said and "commits from there on would be lost" in said
    assert "--durability relaxed" in said
    assert is_left_alone(left_behind) == before
    assert "log: its frame 1 is damaged" in check(left_behind, code=1)
    # The way out that the message names: what comes before the damage, and nothing half.
    with Roost("store", "--port", "0", "--data-dir", left_behind, "--durability", "relaxed") as store:
        assert asyncio.run(present(port_of(store))) == asyncio.run(present(port_of(store), "by-g")) == set(range(300))
    check(left_behind)


def test_a_log_that_ends_in_the_middle_of_a_commit_is_a_killed_processs(left_behind):
    log = left_behind / "store.sqlite3-wal"
    os.truncate(log, log.stat().st_size - 100)
    with Roost("store", "--port", "0", "--data-dir", left_behind) as store:
        assert asyncio.run(present(port_of(store))) in (set(range(319)), set(range(320)))
    check(left_behind)


def test_random_damage_never_goes_unnoticed_as_a_crash(left_behind, tmp_path):
    """Whatever is damaged, a store starts or says why not, answers or says why not, and is not ended by it."""
    generator = random.Random(20260)
    Roost("store", "--port", "0", "--data-dir", left_behind).stop()
    for number in range(12):
        directory = tmp_path / f"copy-{number}"
        shutil.copytree(left_behind, directory)
        file = directory / "store.sqlite3"
        for _ in range(generator.choice([1, 10, 200])):
            change(file, generator.randrange(file.stat().st_size), generator.randbytes(generator.choice([1, 8, 100])))
        try:
            store = Roost("store", "--port", "0", "--data-dir", directory)
        except AssertionError as failure:
            assert "roost: " in str(failure)
            continue
        with store:
            for work in (present(port_of(store)), present(port_of(store), "by-g"), fill(port_of(store), 1000, 5, 100)):
                try:
                    asyncio.run(work)
                except Refused:
                    pass
            assert store.process.poll() is None
