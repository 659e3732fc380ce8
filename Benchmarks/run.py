"""Measures Roost beside the floor of its design, interleaved, and prints medians and ratios.

Usage: make bench (needs wrk and a C compiler). The machines are noisy: quote the ratios.
"""

import http.client
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import boto3

ROOT = Path(__file__).resolve().parent.parent
ROOST = ROOT / ".build/release/roost"
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = int(os.environ.get("SECONDS_PER_ROUND", "3"))
ITEMS = 1000


class Program:
    """A child that prints where it serves; stopped at the end of the with block."""

    def __init__(self, command, pattern):
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.output = []
        for line in self.process.stdout:
            self.output.append(line)
            if match := re.search(pattern, line):
                self.port = int(match.group(1)) if match.groups() else None
                break
        else:
            raise SystemExit(f"{command[0]} ended before it was ready:\n{''.join(self.output)}")
        self.ready_seconds = time.perf_counter() - self.started

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


def wrk(port, operation, connections):
    """Requests per second."""
    output = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "-s", "dynamodb.lua", f"http://127.0.0.1:{port}/", "--",
         operation, str(ITEMS)],
        cwd=ROOT / "Benchmarks", capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output:
        raise SystemExit(f"{operation} was refused:\n{output}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))


def bench_store(work):
    floor_binary = work / "floor"
    subprocess.run(["cc", "-O2", "-o", floor_binary, ROOT / "Benchmarks/floor.c", "-lmicrohttpd"], check=True)
    with Program([floor_binary], r"^(\d+)$") as floor, \
            Program([ROOST, "store", "--port", "0", "--data-dir", work / "store"], r"http://127\.0\.0\.1:(\d+)") as store:
        client = boto3.client(
            "dynamodb", endpoint_url=f"http://127.0.0.1:{store.port}", region_name="us-east-1",
            aws_access_key_id="bench", aws_secret_access_key="bench")
        client.create_table(
            TableName="bench", BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}])
        for number in range(ITEMS):
            client.put_item(TableName="bench", Item={
                "pk": {"S": f"user#{number}"}, "name": {"S": "n" * 120}, "count": {"N": str(number)},
                "tags": {"L": [{"S": "alpha"}, {"S": "beta"}, {"BOOL": True}]}})
        for operation, connections in [("GetItem", 8), ("PutItem", 8), ("PutItem", 64)]:
            rates = {"floor": [], "roost": []}
            for _ in range(ROUNDS):
                rates["floor"].append(wrk(floor.port, operation, connections))
                rates["roost"].append(wrk(store.port, operation, connections))
            floor_median, roost_median = (statistics.median(rates[name]) for name in ("floor", "roost"))
            ratio = statistics.median(ours / theirs for ours, theirs in zip(rates["roost"], rates["floor"]))
            print(f"{operation}, {connections} connections: {roost_median:,.0f}/s; bare C server {floor_median:,.0f}/s; "
                  f"ratio {ratio:.2f}")


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
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is needed: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        wanted = sys.argv[1:] or ["store", "emulator"]
        if "store" in wanted:
            bench_store(Path(folder))
        if "emulator" in wanted:
            bench_emulator(Path(folder))


if __name__ == "__main__":
    main()
