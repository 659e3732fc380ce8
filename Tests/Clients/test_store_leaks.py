"""A shorter run under valgrind: what the store allocates and loses sight of."""

import asyncio
import os
import random
import re
import shutil
import signal
import subprocess

import pytest
from conftest import ROOST
from fuzzing import TABLES, Fuzzer
from rawclient import Lost, RawClient

SEED = int(os.environ.get("ROOST_SEED") or 0) or random.randrange(1 << 32)
REQUESTS = 300
# Each thread keeps something to its end, and a few runtime tables are made once: what grows with requests is far beyond.
LOST_BYTES = 16 * 1024


@pytest.mark.skipif(not shutil.which("valgrind"), reason="valgrind is not installed")
def test_valgrind_finds_no_leak_that_grows_with_requests(tmp_path):
    print(f"ROOST_SEED={SEED}")
    log = tmp_path / "valgrind.log"
    process = subprocess.Popen(
        ["valgrind", "--leak-check=full", "--show-leak-kinds=definite", f"--log-file={log}", ROOST, "store", "--port", "0",
         "--data-dir", tmp_path / "data"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        line = process.stdout.readline()
        assert "press Ctrl-C to stop" in line, line
        asyncio.run(ask(int(re.search(r":(\d+)", line).group(1))))
        process.send_signal(signal.SIGTERM)
        assert process.wait(120) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    text = log.read_text()
    lost = re.search(r"definitely lost: ([\d,]+) bytes", text)
    bytes_lost = int(lost.group(1).replace(",", "")) if lost else 0
    assert bytes_lost < LOST_BYTES, text[-6000:]
    assert not re.search(r"Invalid (read|write) of size", text), text[:6000]


async def ask(port):
    fuzzer = Fuzzer(SEED)
    async with RawClient(port) as client:
        for name, definition in TABLES.items():
            await client.call("CreateTable", {"TableName": name, "BillingMode": "PAY_PER_REQUEST", **definition})
        for _ in range(REQUESTS):
            target, headers, body = fuzzer.next()
            try:
                # Under valgrind everything takes thirty times as long.
                status, _ = await asyncio.wait_for(client.send(target, body, headers), 60)
                assert status < 500
            except Lost:
                pass
