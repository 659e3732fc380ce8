"""100,000 malformed requests: no crash, no answer of 500, none that takes a second, no growing memory, and a store that is
whole afterwards."""

import asyncio
import json
import os
import random
import subprocess
import time

from conftest import ROOST, Roost
from fuzzing import TABLES, Fuzzer, base64_text
from rawclient import Lost, RawClient, Refused, port_of

SEED = int(os.environ.get("ROOST_SEED") or 0) or random.randrange(1 << 32)
REQUESTS = int(os.environ.get("ROOST_FUZZ_REQUESTS", "100000"))
CONNECTIONS = 8
# Between these the tables are put back as they were, for a request may have deleted one.
REQUESTS_OF_A_ROUND = 1000
SLOWEST_SECONDS = 1
GROWTH_KILOBYTES = 48 * 1024


class Failures(list):
    def note(self, what, request):
        target, headers, body = request
        self.append(f"{what}: {target} {base64_text(body[:2000])}")


async def ask(client, request, failures, process, slow):
    """One request, its answer judged; one that takes long is noted, to be asked again alone."""
    target, headers, body = request
    began = time.monotonic()
    try:
        status, answer = await asyncio.wait_for(client.send(target, body, headers), 20)
    except TimeoutError:
        return failures.note("no answer within 20 seconds", request)
    except Lost as lost:
        if process.poll() is not None:
            return failures.note(f"the store ended with {process.returncode}", request)
        return failures.note(f"the connection was closed without an answer ({lost})", request)
    if time.monotonic() - began > SLOWEST_SECONDS:
        slow.append(request)
    # The service's own answer to a body that is not in the coding that its header names.
    is_broken_coding = status == 500 and b"#InternalFailure" in answer and "Content-Encoding" in headers
    if status >= 500 and not is_broken_coding:
        failures.note(f"status {status} {answer[:300]!r}", request)
    elif answer and b"Accept-Encoding" not in headers.encode():
        # Some operations answer 200 with an empty body.
        try:
            json.loads(answer)
        except ValueError:
            failures.note(f"an answer that is no JSON: {status} {answer[:100]!r}", request)


async def ask_alone(client, request, failures):
    """Whether a request that took long takes long by itself: this machine may have been busy with others."""
    target, headers, body = request
    shortest = 20
    for _ in range(5):
        began = time.monotonic()
        await asyncio.wait_for(client.send(target, body, headers), 20)
        shortest = min(shortest, time.monotonic() - began)
        if shortest < SLOWEST_SECONDS:
            return
    failures.note(f"{shortest:.1f} seconds at best", request)


async def put_back(client):
    """The tables as they were, and no others."""
    names = (await client.call("ListTables", {}))["TableNames"]
    for name in names:
        if name not in TABLES:
            try:
                await client.call("UpdateTable", {"TableName": name, "DeletionProtectionEnabled": False})
            except Refused:
                pass
            try:
                await client.call("DeleteTable", {"TableName": name})
            except Refused as refused:
                assert refused.status < 500, refused
    for name, definition in TABLES.items():
        if name not in names:
            try:
                await client.call("CreateTable", {"TableName": name, "BillingMode": "PAY_PER_REQUEST", **definition})
            except Refused as refused:
                assert refused.status < 500, refused


async def fuzz(port, fuzzer, count, process, measure=lambda: None):
    failures, slow = Failures(), []
    clients = [RawClient(port) for _ in range(CONNECTIONS)]
    for start in range(0, count, REQUESTS_OF_A_ROUND):
        requests = iter([fuzzer.next() for _ in range(min(REQUESTS_OF_A_ROUND, count - start))])

        async def one(client):
            for request in requests:
                await ask(client, request, failures, process, slow)
                if failures:
                    return

        async with RawClient(port) as client:
            await put_back(client)
        await asyncio.gather(*(one(client) for client in clients))
        if failures:
            break
        while slow:
            await ask_alone(clients[0], slow.pop(), failures)
        measure()
    for client in clients:
        client.close()
    return failures


def resident_kilobytes(process):
    answer = subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True, text=True, check=True)
    return int(answer.stdout)


def test_a_hundred_thousand_malformed_requests_do_no_harm(tmp_path):
    print(f"ROOST_SEED={SEED}")
    memory = []
    with Roost("store", "--port", "0", "--data-dir", tmp_path) as store:
        failures = asyncio.run(fuzz(
            port_of(store), Fuzzer(SEED), REQUESTS, store.process, lambda: memory.append(resident_kilobytes(store.process))))
        assert not failures, f"ROOST_SEED={SEED}\n" + "\n".join(failures)
    # Caches fill in the first half; what is left of growth in the second is a leak.
    half = len(memory) // 2
    assert max(memory[half:]) - max(memory[:half + 1]) < GROWTH_KILOBYTES, f"ROOST_SEED={SEED}: {memory}"
    checked = subprocess.run([ROOST, "store", "check", "--data-dir", tmp_path], capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, f"ROOST_SEED={SEED}\n{checked.stdout}{checked.stderr}"


HTTP = [
    b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", b"\x16\x03\x01\x02\x00\x01\x00",
    b"POST " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n", b"BREW / HTCPCP/1.0\r\n\r\n", b"POST / HTTP/9.9\r\nHost: x\r\n\r\n",
    b"POST / HTTP/1.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"]


def test_broken_http_harms_nobody_else(tmp_path):
    async def one(port, message):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(message)
            # What waits for the rest of a request may wait; an answer must be none of a failure.
            answer = await asyncio.wait_for(reader.read(1000), 1)
            assert b" 500 " not in answer.split(b"\r\n")[0], message
        except OSError:
            pass
        finally:
            writer.close()

    async def run(port):
        generator = random.Random(SEED)
        messages = HTTP + [generator.randbytes(generator.randrange(400)) for _ in range(300)]
        await asyncio.gather(*(one(port, message) for message in messages))
        async with RawClient(port) as client:
            assert await client.call("ListTables", {}) == {"TableNames": []}

    with Roost("store", "--port", "0", "--data-dir", tmp_path) as store:
        asyncio.run(run(port_of(store)))
