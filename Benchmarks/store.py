"""Measures `roost store` beside a bare C server on the same HTTP library, and beside moto, interleaved; prints ratios.

Usage: make bench-store ARGS='--items 10000 --rounds 5 --json FILE' (needs wrk and a C compiler). Machines differ and are
noisy: the ratios carry over, each the median of the rounds' own.
"""

import argparse
import http.client
import json
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from programs import ROOST, ROOT, Program, finish_wrk, start_wrk, wrk

def table(name, keys, attributes, **more):
    return {
        "TableName": name, "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"))],
        "AttributeDefinitions": [{"AttributeName": key, "AttributeType": kind} for key, kind in attributes.items()], **more}


# What loads each of them is in dynamodb.lua.
PLAIN = (table("bench", ["pk"], {"pk": "S"}), "Load")
EVENTS = (table("events", ["pk", "sk"], {"pk": "S", "sk": "N"}), "LoadEvents")
# For the growth: an index of all attributes, and the stream on.
INDEXED = (table(
    "bench", ["pk"], {"pk": "S", "group": "S"},
    GlobalSecondaryIndexes=[{
        "IndexName": "by-group", "KeySchema": [{"AttributeName": "group", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"}}],
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}), "Load")
# Operation, connections, the least ratio to the floor and to moto that is wanted; None where there is no goal.
RATES = [
    ("GetItem", 1, None, None), ("GetItem", 8, 0.4, 60), ("GetItem", 64, None, None),
    ("PutItem", 1, None, None), ("PutItem", 8, 0.12, 25), ("PutItem", 64, 0.25, 40),
    ("Query", 8, 0.2, None), ("TransactWriteItems", 8, None, None), ("BatchWriteItem", 8, None, None),
]


class Report:
    """Prints each figure as it comes, and keeps it for --json."""

    def __init__(self):
        self.figures = []

    def add(self, name, value, unit="", goal=None, at_most=False, **more):
        met = None if goal is None else (value <= goal if at_most else value >= goal)
        self.figures.append({"figure": name, "value": value, "unit": unit, "goal": goal, "met": met, **more})
        wanted = "" if goal is None else f"  (goal {'at most' if at_most else 'at least'} {goal:g}: {'met' if met else 'missed'})"
        beside = "".join(f"  {key.replace('_', ' ')} {number:,.0f}/s" for key, number in more.items())
        print(f"{name:<58} {value:>10,.2f} {unit:<4}{wanted}{beside}", flush=True)


def call(port, operation, parameters, prefix="DynamoDB_20120810"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/", json.dumps(parameters), {
        "X-Amz-Target": f"{prefix}.{operation}", "Content-Type": "application/x-amz-json-1.0",
        "Authorization": "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/dynamodb/aws4_request, "
                         "SignedHeaders=host, Signature=0"})
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{operation} answered {answer.status}: {body}")
    return body


def start_store(directory, binary):
    return Program([binary, "store", "--port", "0", "--data-dir", directory], r"http://127\.0\.0\.1:(\d+)")


def start_moto(work):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (work / "moto.log").open("w")
    server = ROOT / ".build/bench-venv/bin/moto_server"
    # It announces itself where its log goes; so the shell says the port, and the first answer is waited for.
    moto = Program(["/bin/sh", "-c", f"echo {port}; exec {server} -H 127.0.0.1 -p {port}"], r"^(\d+)$", stderr=log)
    for _ in range(200):
        try:
            call(port, "ListTables", {})
            return moto
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"moto did not start:\n{(work / 'moto.log').read_text()}")


def seed(port, items, kind):
    """Makes a table and fills it; answers the seconds that it took."""
    definition, load = kind
    call(port, "CreateTable", definition)
    started = time.perf_counter()
    # Eight connections fill the writer's batches; the script ends by itself, and says nothing.
    start_wrk(port, 8, 24 * 3600, load, items).communicate()
    seconds = time.perf_counter() - started
    count = call(port, "DescribeTable", {"TableName": definition["TableName"]})["Table"]["ItemCount"]
    if count != items:
        raise SystemExit(f"{count} items were loaded, not {items}")
    return seconds


def measure_rates(report, servers, options):
    """Interleaved rounds of every operation; answers the rates of the store."""
    own = {}
    for operation, connections, floor_goal, moto_goal in RATES:
        rates = {name: [] for name in servers}
        for number in range(options.rounds):
            for name, server in servers.items():
                # moto is slow and steady: three rounds say enough.
                if name == "moto" and (number >= 3 or connections == 1 or operation == "BatchWriteItem"):
                    continue
                rates[name].append(wrk(server.port, connections, options.seconds, operation, options.items).rate)
        own[operation, connections] = rates["roost"]
        medians = {name: statistics.median(values) for name, values in rates.items() if values}
        label = f"{operation}, {connections} connections"
        ratio = statistics.median(ours / theirs for ours, theirs in zip(rates["roost"], rates["floor"]))
        report.add(f"{label}: of the floor", ratio, "", floor_goal, **medians)
        if rates.get("moto"):
            # It may not end one request in a short round on a busy machine.
            least = 1 / options.seconds
            ratio = statistics.median(ours / max(theirs, least) for ours, theirs in zip(rates["roost"], rates["moto"]))
            report.add(f"{label}: times moto", ratio, "", moto_goal)
    gets = own["GetItem", 8]
    for operation, factor, goal in [("TransactWriteItems", 1, 5000 / 40000), ("BatchWriteItem", 25, 60000 / 40000)]:
        ratio = statistics.median(factor * ours / theirs for ours, theirs in zip(own[operation, 8], gets))
        what = "items" if factor > 1 else "transactions"
        report.add(f"{operation}: {what} for each GetItem of 8 connections", ratio, "", goal)
    return own


def measure_scan(report, store, options):
    table = call(store.port, "DescribeTable", {"TableName": "bench"})["Table"]
    page = call(store.port, "Scan", {"TableName": "bench"})["Count"] * table["TableSizeBytes"] / table["ItemCount"]
    rates = [wrk(store.port, 1, options.seconds, "Scan", options.items).rate for _ in range(options.rounds)]
    report.add("Scan, 1 connection: items", statistics.median(rates) * page / 1e6, "MB/s", 100)


def measure_tail(report, store, options, writes_a_second):
    """GetItem's p99 alone and beside writers who send half of what the store can take."""
    connections = 64
    pause = max(1, round(1000 * connections / writes_a_second))
    ratios, shares = [], []
    for _ in range(options.rounds):
        alone = wrk(store.port, 8, options.seconds, "GetItem", options.items)
        writers = start_wrk(store.port, connections, options.seconds + 1, "PutItem", options.items, pause)
        time.sleep(0.5)
        beside = wrk(store.port, 8, options.seconds, "GetItem", options.items)
        shares.append(finish_wrk(writers).rate / writes_a_second)
        ratios.append(beside.p99 / alone.p99)
    report.add("GetItem's p99 beside writers: times its p99 alone", statistics.median(ratios), "", 3, at_most=True)
    report.add("  the writers' part of their maximum", statistics.median(shares))


def measure_start(report, directory, what, goal, options):
    """From the start of the process to its first answer; answers what memory it has when it has been left alone."""
    times, memory = [], []
    for _ in range(options.rounds):
        with start_store(directory, options.roost) as store:
            call(store.port, "ListTables", {})
            times.append((time.perf_counter() - store.started) * 1000)
            time.sleep(1.5)
            memory.append(store.memory_megabytes())
    report.add(f"start to first answer, {what}", statistics.median(times), "ms", goal, at_most=True)
    return statistics.median(memory)


def measure_growth(report, work, options):
    """Median latencies on few items and on many: one table, one index, its stream on."""
    few, many = options.items, options.grown
    with start_store(work / "few", options.roost) as small, start_store(work / "many", options.roost) as large:
        seed(small.port, few, INDEXED)
        seconds = seed(large.port, many, INDEXED)
        report.add(f"loading {many:,} items", many / seconds, "/s")
        for operation, goal in [("GetItem", 1.5), ("QueryIndex", 1.5), ("PutItem", 2)]:
            growth = statistics.median(
                wrk(large.port, 1, options.seconds, operation, many).p50
                / wrk(small.port, 1, options.seconds, operation, few).p50
                for _ in range(options.rounds))
            report.add(f"{operation}'s p50 on {many:,} items: times on {few:,}", growth, "", goal, at_most=True)
        report.add(f"memory on {many:,} items, at most", large.memory_megabytes("VmHWM"), "MB", 300, at_most=True)
    measure_start(report, work / "many", f"{many:,} items", 100, options)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000, help="items in the table")
    parser.add_argument("--grown", type=int, default=0, help="measure the growth up to this many items, too")
    parser.add_argument("--only-growth", action="store_true", help="leave the other figures out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of each run of wrk")
    parser.add_argument("--without-moto", action="store_true")
    parser.add_argument("--roost", type=Path, default=ROOST)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args()


def main():
    options = arguments()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is needed: apt-get install wrk")
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if not options.only_growth:
            measure_all(report, work, options)
        if options.grown:
            measure_growth(report, work, options)
    if options.json:
        options.json.write_text(json.dumps(report.figures, indent=2) + "\n")


def measure_all(report, work, options):
    floor_binary = work / "floor"
    subprocess.run(["cc", "-O2", "-o", floor_binary, ROOT / "Benchmarks/floor.c", "-lmicrohttpd"], check=True)
    idle = measure_start(report, work / "empty", "empty directory", 30, options)
    report.add("idle memory", idle, "MB", 20, at_most=True)
    with Program([floor_binary], r"^(\d+)$") as floor, start_store(work / "store", options.roost) as store:
        servers = {"floor": floor, "roost": store}
        if not options.without_moto:
            servers["moto"] = start_moto(work)
        try:
            for name, server in servers.items():
                if name != "floor":
                    for kind in (PLAIN, EVENTS):
                        seed(server.port, options.items, kind)
            rates = measure_rates(report, servers, options)
        finally:
            if "moto" in servers:
                servers["moto"].__exit__()
        measure_scan(report, store, options)
        measure_tail(report, store, options, statistics.median(rates["PutItem", 64]))


if __name__ == "__main__":
    sys.exit(main())
