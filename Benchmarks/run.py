"""Measures the emulator: its start, and a request through a warm function.

Usage: make bench
"""

import http.client
import os
import re
import statistics
import tempfile
import time
from pathlib import Path

from programs import ROOST, ROOT, Program

ROUNDS = int(os.environ.get("ROUNDS", "5"))


def start_emulator(data):
    return Program(
        [ROOST, "start", "--template", ROOT / "template.yaml", "--data-dir", data, "--port", "0", "--http-port", "0",
         "--ws-port", "0", "--quiet"], r"^ready in")


def bench_emulator(work):
    starts = []
    for number in range(ROUNDS):
        with start_emulator(work / f"start-{number}") as emulator:
            starts.append(emulator.ready_seconds * 1000)
    print(f"start to ready: {statistics.median(starts):.0f} ms (median of {ROUNDS})")

    with start_emulator(work / "warm") as emulator:
        port = next(int(m.group(1)) for line in emulator.output if (m := re.search(r"HTTP API\s+http://127\.0\.0\.1:(\d+)", line)))
        connection = http.client.HTTPConnection("127.0.0.1", port)
        times = []
        for number in range(2200):
            began = time.perf_counter()
            connection.request("GET", "/health")
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"GET /health answered {answer.status}")
            if number >= 200:
                times.append((time.perf_counter() - began) * 1000)
        times.sort()
        print(f"HTTP round trip through a warm function: p50 {times[len(times) // 2]:.2f} ms, "
              f"p99 {times[len(times) * 99 // 100]:.2f} ms ({len(times)} requests, one connection)")


def main():
    with tempfile.TemporaryDirectory() as folder:
        bench_emulator(Path(folder))


if __name__ == "__main__":
    main()
