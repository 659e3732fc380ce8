"""A run under LeakSanitizer: what the store allocates and loses sight of. Nothing is the limit."""

import asyncio
import ctypes.util
import os
import random
import re
import signal
import subprocess
import sys

import pytest
from conftest import ROOST
from fuzzing import TABLES, Fuzzer
from rawclient import Lost, RawClient

SEED = int(os.environ.get("ROOST_SEED") or 0) or random.randrange(1 << 32)
REQUESTS = 3000
LEAKS = 23
# The bounded cache of expressions' syntax holds its trees by enums whose cases are told apart in the pointer's highest bits,
# where the sanitizer does not see a pointer any more.
KEPT_BEHIND_TAGGED_POINTERS = "SyntaxCache"
LOSE_A_BLOCK = "import ctypes; c = ctypes.CDLL(None); c.malloc.restype = ctypes.c_void_p; [c.malloc(999) for _ in range(99)]"


@pytest.fixture(scope="module")
def sanitizer():
    """The environment that puts LeakSanitizer into a process, tried on one that leaks."""
    library = ctypes.util.find_library("lsan") if sys.platform == "linux" else None
    if not library:
        pytest.skip("LeakSanitizer's library (liblsan, of GCC) is not installed")
    environment = os.environ | {"LD_PRELOAD": library, "LSAN_OPTIONS": f"exitcode={LEAKS}"}
    probe = subprocess.run([sys.executable, "-c", LOSE_A_BLOCK], env=environment, capture_output=True, text=True, timeout=60)
    if probe.returncode != LEAKS:
        pytest.skip(f"LeakSanitizer does not work here: {probe.stderr[-300:]}")
    return environment


def test_nothing_is_lost_sight_of(tmp_path, sanitizer):
    print(f"ROOST_SEED={SEED}")
    known = tmp_path / "suppressions"
    known.write_text(f"leak:{KEPT_BEHIND_TAGGED_POINTERS}\n")
    environment = sanitizer | {"LSAN_OPTIONS": f"{sanitizer['LSAN_OPTIONS']}:suppressions={known}"}
    process = subprocess.Popen(
        [ROOST, "store", "--port", "0", "--data-dir", tmp_path / "data"], env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        assert "press Ctrl-C to stop" in line, line
        asyncio.run(ask(int(re.search(r"127\.0\.0\.1:(\d+)", line).group(1))))
        process.send_signal(signal.SIGTERM)
        _, report = process.communicate(timeout=120)
        assert process.returncode == 0, f"ROOST_SEED={SEED}\n{report[:6000]}"
    finally:
        process.kill()
        process.wait()


async def ask(port):
    fuzzer = Fuzzer(SEED)
    async with RawClient(port) as client:
        for name, definition in TABLES.items():
            await client.call("CreateTable", {"TableName": name, "BillingMode": "PAY_PER_REQUEST", **definition})
        for _ in range(REQUESTS):
            target, headers, body = fuzzer.next()
            try:
                await asyncio.wait_for(client.send(target, body, headers), 60)
            except Lost:
                pass
