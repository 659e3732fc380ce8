"""`kill -9` amid a thousand concurrent puts: what was acknowledged is there."""

import concurrent.futures
import threading

from botocore.exceptions import BotoCoreError, ClientError
from conftest import Roost, client

PUTS = 1000
KILL_AFTER = 300


def test_kill_loses_nothing_acknowledged(tmp_path):
    roost = Roost("store", "--port", "0", "--data-dir", tmp_path)
    dynamodb = client("dynamodb", roost.address("DynamoDB"))
    dynamodb.create_table(
        TableName="durable", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}])
    acknowledged = []
    lock = threading.Lock()

    def put(number):
        try:
            dynamodb.put_item(TableName="durable", Item={"pk": {"S": str(number)}, "value": {"N": str(number)}})
        except (BotoCoreError, ClientError):
            return
        with lock:
            acknowledged.append(number)
            if len(acknowledged) == KILL_AFTER:
                roost.process.kill()

    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        list(pool.map(put, range(PUTS)))
    roost.kill()
    assert KILL_AFTER <= len(acknowledged) < PUTS

    again = Roost("store", "--port", "0", "--data-dir", tmp_path)
    try:
        dynamodb = client("dynamodb", again.address("DynamoDB"))
        pages = dynamodb.get_paginator("scan").paginate(TableName="durable", ConsistentRead=True)
        found = {int(item["pk"]["S"]): item["value"]["N"] for page in pages for item in page["Items"]}
        lost = [number for number in acknowledged if found.get(number) != str(number)]
        assert lost == []
    finally:
        assert again.stop() == 0
