"""Concurrent clients, their histories recorded: items are linearizable registers, transactions strictly serializable.

Half of the way through, the store is killed and started again: what was on its way may have happened or not, and everything
before and after must still fit in one order.
"""

import asyncio
import os
import random
import time

from conftest import Roost
from histories import Operation, Transaction, anomalies, unlinearizable
from rawclient import Lost, RawClient, Refused, n, port_of, s

CLIENTS = 8
REQUESTS = 150
SEED = int(os.environ.get("ROOST_SEED") or 0) or random.randrange(1 << 32)
TABLE = {
    "TableName": "shared", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}


class Recorder:
    """Counts what was asked for, so that values are unique and the kill comes in the middle."""

    def __init__(self):
        self.history = []
        self.number = 0

    def next(self):
        self.number += 1
        return self.number


async def on_a_register(client, random_, recorder, seen):
    """One request on one of three items."""
    key = random_.choice("abc")
    place = {"TableName": "shared", "Key": {"pk": s(key)}}
    operation = Operation("read", began=time.monotonic())
    kind = random_.choice(["read", "read", "write", "update", "delete", "cas", "cas"])
    if kind in ("write", "update", "cas"):
        operation.kind, operation.value = "write", recorder.next()
    value = {":v": n(operation.value)}
    recorder.history.append((key, operation))
    if kind == "read":
        # Until it is answered a read has no value to be held against; one that is lost is no part of the history.
        recorder.history.pop()
        answer = await client.call("GetItem", {**place, "ConsistentRead": True})
        operation.value = int(answer["Item"]["v"]["N"]) if "Item" in answer else None
        recorder.history.append((key, operation))
    elif kind == "write":
        await client.call("PutItem", {"TableName": "shared", "Item": {"pk": s(key), "v": value[":v"]}})
    elif kind == "update":
        await client.call("UpdateItem", {**place, "UpdateExpression": "SET v = :v", "ExpressionAttributeValues": value})
    elif kind == "delete":
        operation.kind = "write"
        await client.call("DeleteItem", place)
    else:
        operation.kind, operation.expected = "cas", seen.get(key)
        condition = "attribute_not_exists(pk)" if operation.expected is None else "v = :old"
        values = value | ({} if operation.expected is None else {":old": n(operation.expected)})
        try:
            await client.call("UpdateItem", {
                **place, "UpdateExpression": "SET v = :v", "ConditionExpression": condition, "ExpressionAttributeValues": values})
        except Refused as refusal:
            assert refusal.code == "ConditionalCheckFailedException"
            operation.kind = "failed cas"
    operation.ended = time.monotonic()
    if operation.kind != "failed cas":
        seen[key] = operation.value


async def on_lists(client, random_, recorder, _):
    """One transaction on some of five lists."""
    keys = random_.sample("abcde", random_.randrange(1, 4))
    transaction = Transaction(began=time.monotonic())
    kind = random_.choice(["read", "append", "append", "append one and read it", "append, refused"])
    if kind != "read":
        transaction.appends = [(key, recorder.next()) for key in keys]
        transaction.outcome = "unknown"
        recorder.history.append(transaction)
    if kind == "read":
        gets = [{"Get": {"TableName": "shared", "Key": {"pk": s(key)}}} for key in keys]
        answer = await client.call("TransactGetItems", {"TransactItems": gets})
        transaction.reads = {key: elements(found.get("Item")) for key, found in zip(keys, answer["Responses"])}
        recorder.history.append(transaction)
    elif kind == "append one and read it":
        transaction.appends = transaction.appends[:1]
        answer = await client.call("UpdateItem", {**append(*transaction.appends[0]), "ReturnValues": "ALL_NEW"})
        transaction.reads = {keys[0]: elements(answer["Attributes"])}
    else:
        actions = [{"Update": append(key, number)} for key, number in transaction.appends]
        if kind == "append, refused":
            check = {"TableName": "shared", "Key": {"pk": s("nobody")}, "ConditionExpression": "attribute_exists(pk)"}
            actions.insert(random_.randrange(len(actions) + 1), {"ConditionCheck": check})
        try:
            await client.call("TransactWriteItems", {"TransactItems": actions})
        except Refused as refusal:
            assert kind == "append, refused" and "ConditionalCheckFailed" in refusal.reasons
            transaction.outcome = "refused"
            return
    transaction.outcome, transaction.ended = "done", time.monotonic()


def append(key, number):
    return {
        "TableName": "shared", "Key": {"pk": s(key)}, "UpdateExpression": "SET l = list_append(if_not_exists(l, :none), :new)",
        "ExpressionAttributeValues": {":none": {"L": []}, ":new": {"L": [n(number)]}}}


def elements(item):
    return [int(element["N"]) for element in item["l"]["L"]] if item else []


async def run(port, step, recorder, generator, requests, kill):
    """All clients at once, each for `requests` requests; with `kill`, until that happens on the way."""
    left = CLIENTS * requests

    async def one_client(random_):
        nonlocal left
        seen = {}
        async with RawClient(port) as client:
            while left > 0:
                left -= 1
                if left == CLIENTS * requests // 4 and kill:
                    kill()
                try:
                    await step(client, random_, recorder, seen)
                except Lost:
                    assert kill
                    return

    await asyncio.gather(*(one_client(random.Random(generator.random())) for _ in range(CLIENTS)))


def record(directory, step):
    """The history of one run, before and after a kill."""
    print(f"ROOST_SEED={SEED}")
    generator, recorder = random.Random(SEED), Recorder()
    for is_first in (True, False):
        roost = Roost("store", "--port", "0", "--data-dir", directory)
        try:
            if is_first:
                asyncio.run(make_table(port_of(roost)))
            asyncio.run(run(port_of(roost), step, recorder, generator, REQUESTS, roost.kill if is_first else None))
        finally:
            roost.kill()
            roost.stop()
    return recorder.history


async def make_table(port):
    async with RawClient(port) as client:
        await client.call("CreateTable", TABLE)
        while (await client.call("DescribeTable", {"TableName": "shared"}))["Table"]["TableStatus"] != "ACTIVE":
            await asyncio.sleep(0.02)


def test_items_are_linearizable(tmp_path):
    history = record(tmp_path, on_a_register)
    assert len(history) > CLIENTS * REQUESTS
    for key in "abc":
        operations = [operation for other, operation in history if other == key]
        wrong = unlinearizable(operations)
        assert wrong is None, f"ROOST_SEED={SEED}: {key}: {wrong}"
        assert {operation.kind for operation in operations} == {"read", "write", "cas", "failed cas"}


def test_transactions_are_strictly_serializable(tmp_path):
    history = record(tmp_path, on_lists)
    assert len(history) > CLIENTS * REQUESTS
    assert {transaction.outcome for transaction in history} >= {"done", "refused"}
    assert anomalies(history) == [], f"ROOST_SEED={SEED}"
