"""Malformed requests, from a seed: valid ones of every operation of the API's model, changed in their bytes, their JSON, their
expressions and their HTTP."""

import base64
import copy
import json
import random
import zlib

import botocore.loaders
import botocore.model
from rawclient import HEADERS, n, s

TABLES = {
    "fuzz-a": {
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        "AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"},
            {"AttributeName": "g", "AttributeType": "S"}],
        "GlobalSecondaryIndexes": [{
            "IndexName": "by-g", "KeySchema": [
                {"AttributeName": "g", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["v"]}}],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}},
    "fuzz-b": {
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "B"}]}}

VALUES = [
    s("text"), s(""), n(1), n("-1.5e10"), n("9" * 38), {"B": "AAEC"}, {"BOOL": True}, {"NULL": True}, {"SS": ["a", "b"]},
    {"NS": ["1", "2.5"]}, {"BS": ["AA==", "AQ=="]}, {"L": [s("x"), n(2), {"L": []}]}, {"M": {"k": s("v"), "n": {"M": {"deep": n(1)}}}}]
ODD_VALUES = [
    n(""), n("1e400"), n("NaN"), n("0x10"), n(" 1"), n("1" * 39), {"B": "%%%"}, {"BOOL": "true"}, {"NULL": False}, {"SS": []},
    {"SS": ["a", "a"]}, {"NS": ["1", "1.0"]}, {"S": 5}, {"N": 5}, {}, {"S": "a", "N": "1"}, {"X": "a"}, {"M": []}, {"L": {}}, {"S": None}]

KEY = {"pk": s("p1"), "sk": n(1)}
ITEM = KEY | {"g": s("g1"), "v": n(3), "l": {"L": [n(1), s("two")]}, "m": {"M": {"a": {"M": {"b": s("c")}}}}, "t": {"SS": ["x"]}}
NAMES = {"#a": "v", "#m": "m"}
OPERANDS = ["v", "#a", "#m", "m.a.b", "l[0]", "l[1]", "m.#a[2].x", ":x", ":y", "size(v)", "pk", "sk", "g", "missing", "t", "a.b.c"]
CONDITIONS = [
    "attribute_exists(pk)", "attribute_not_exists(v)", "#a = :x", "v BETWEEN :x AND :y", "v IN (:x, :y)", "contains(t, :x)",
    "begins_with(g, :x)", "attribute_type(v, :x)", "size(l) > :x AND NOT (v < :y OR #m <> :x)", "(v = :x) or (not v = :y)"]
UPDATES = [
    "SET v = :x", "SET #a = v + :y, g = if_not_exists(g, :x)", "SET l = list_append(l, :x) REMOVE #m", "ADD v :x",
    "DELETE t :x", "REMOVE l[0], m.a SET m.z = :y", "SET l[7] = :x ADD v :y DELETE t :x"]
KEY_CONDITIONS = [
    "pk = :x", "pk = :x AND sk = :y", "pk = :x AND sk BETWEEN :y AND :y", "pk = :x AND begins_with(sk, :y)", "g = :x AND sk > :y"]
STATEMENTS = [
    'SELECT * FROM "fuzz-a"', "SELECT v FROM \"fuzz-a\" WHERE pk = 'p1' AND sk = 1", 'SELECT * FROM "fuzz-a"."by-g" WHERE g = ?',
    "INSERT INTO \"fuzz-a\" VALUE {'pk': 'p1', 'sk': 7, 'v': [1, <<'a'>>, {'b': null}]}",
    "UPDATE \"fuzz-a\" SET v = v + 1 REMOVE l[0] WHERE pk = 'p1' AND sk = 1 RETURNING ALL NEW *",
    "DELETE FROM \"fuzz-a\" WHERE pk = 'p1' AND sk = 1", "EXISTS(SELECT * FROM \"fuzz-a\" WHERE pk = 'p1' AND sk = 1)"]
TOKENS = OPERANDS + [
    "(", ")", ",", ".", "[", "]", "=", "<>", "<", "<=", ">", ">=", "+", "-", "AND", "OR", "NOT", "BETWEEN", "IN", "SET", "ADD",
    "REMOVE", "DELETE", "if_not_exists(", "list_append(", "attribute_exists(", "size(", "contains(", ":", "#", "[999999999999]",
    "[-1]", "''", '"', "\u0000", "\ud83d\ude00", "1e999", "SELECT", "FROM", "WHERE", "<<", ">>", "{", "}", "?", "VALUE", "--", ";"]
JUNK = [
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**40, 1.5, -0.0, 1e308, "", "x", "fuzz-a", "\u0000", "\ud800", "\u2028",
    "x" * 300, "x" * 70_000, [], {}, [[]], [{}], {"S": "x"}, [None] * 30, "TRUE", "ALL_NEW", "arn:aws:dynamodb:::table/", "NaN"]
HEADER_LINES = [
    "Content-Encoding: gzip", "Content-Encoding: br", "Content-Type: text/plain", "Content-Type: ", "X-Amz-Target: PutItem",
    "Authorization: ", "Authorization: AWS4-HMAC-SHA256 Credential=a", "Expect: 100-continue", "Accept-Encoding: gzip;q=0, *",
    "Origin: http://example.org", "X-Amz-Date: yesterday", "X-Amz-Content-Sha256: 0", "Host: \x7f", "X-" + "a" * 3000 + ": 1"]


def templates(random_):
    """A valid request or nearly so: (operation, parameters)."""
    choose = random_.choice
    table, value = {"TableName": choose(["fuzz-a", "fuzz-a", "fuzz-b"])}, {":x": choose(VALUES), ":y": choose(VALUES)}
    names = {"ExpressionAttributeNames": NAMES} if random_.random() < 0.5 else {}
    values = {"ExpressionAttributeValues": value}
    item = ITEM | {"sk": n(random_.randrange(20)), f"a{random_.randrange(3)}": choose(VALUES + ODD_VALUES)}
    key = {"pk": item["pk"], "sk": item["sk"]}
    condition = {"ConditionExpression": choose(CONDITIONS), **names, **values}
    update = {**table, "Key": key, "UpdateExpression": choose(UPDATES), **condition}
    legacy = {"Expected": {"v": choose([{"Exists": False}, {"Value": choose(VALUES)}, {
        "ComparisonOperator": choose(["EQ", "BETWEEN", "IN", "NULL", "CONTAINS"]), "AttributeValueList": [choose(VALUES)]}])}}
    returned = {"ReturnValues": choose(["NONE", "ALL_OLD", "ALL_NEW", "UPDATED_NEW"]), "ReturnConsumedCapacity": choose(["TOTAL", "INDEXES"])}
    return choose([
        ("PutItem", {**table, "Item": item, **(condition if random_.random() < 0.5 else legacy), **returned}),
        ("GetItem", {**table, "Key": key, "ProjectionExpression": "v, m.a.b, l[0], #a", **names}),
        ("UpdateItem", update | returned),
        ("UpdateItem", {**table, "Key": key, "AttributeUpdates": {"v": {"Action": choose(["PUT", "ADD", "DELETE"]), "Value": choose(VALUES)}}, **legacy}),
        ("DeleteItem", {**table, "Key": key, **condition, **returned}),
        ("Query", {**table, "KeyConditionExpression": choose(KEY_CONDITIONS), "FilterExpression": choose(CONDITIONS), **names, **values,
                   "Limit": 3, "ExclusiveStartKey": key}),
        ("Query", {**table, "IndexName": "by-g", "KeyConditionExpression": "g = :x", "ExpressionAttributeValues": {":x": s("g1")}}),
        ("Query", {**table, "KeyConditions": {"pk": {"ComparisonOperator": "EQ", "AttributeValueList": [s("p1")]}}}),
        ("Scan", {**table, "FilterExpression": choose(CONDITIONS), **names, **values, "Segment": 1, "TotalSegments": 3}),
        ("BatchGetItem", {"RequestItems": {"fuzz-a": {"Keys": [key, KEY], "ProjectionExpression": "v"}}}),
        ("BatchWriteItem", {"RequestItems": {"fuzz-a": [{"PutRequest": {"Item": item}}, {"DeleteRequest": {"Key": KEY}}]}}),
        ("TransactGetItems", {"TransactItems": [{"Get": {**table, "Key": key}}, {"Get": {**table, "Key": KEY}}]}),
        ("TransactWriteItems", {"ClientRequestToken": f"token-{random_.randrange(9)}", "TransactItems": [
            {"Put": {**table, "Item": item, **condition}}, {"Update": update}, {"Delete": {**table, "Key": KEY}},
            {"ConditionCheck": {**table, "Key": key, **condition}}]}),
        ("ExecuteStatement", {"Statement": choose(STATEMENTS), "Parameters": [choose(VALUES)]}),
        ("BatchExecuteStatement", {"Statements": [{"Statement": choose(STATEMENTS)}, {"Statement": choose(STATEMENTS)}]}),
        ("ExecuteTransaction", {"TransactStatements": [{"Statement": choose(STATEMENTS)}]}),
        ("CreateTable", {"TableName": f"fuzz-{random_.randrange(4)}", "BillingMode": "PAY_PER_REQUEST", **copy.deepcopy(TABLES["fuzz-a"])}),
        ("UpdateTimeToLive", {**table, "TimeToLiveSpecification": {"AttributeName": "v", "Enabled": choose([True, False])}})])


class Model:
    """Parameters of any operation, made from botocore's model of it."""

    def __init__(self):
        self.operations = []
        loader = botocore.loaders.Loader()
        for name, target in (("dynamodb", "DynamoDB_20120810"), ("dynamodbstreams", "DynamoDBStreams_20120810")):
            service = botocore.model.ServiceModel(loader.load_service_model(name, "service-2"))
            for operation in service.operation_names:
                self.operations.append((target, operation, service.operation_model(operation).input_shape))

    def parameters(self, shape, random_, depth=0):
        kind = shape.type_name
        if kind == "structure":
            if shape.name == "AttributeValue":
                return random_.choice(VALUES)
            names = [name for name in shape.members if name in shape.required_members or random_.random() < (0.5 if depth < 3 else 0.1)]
            return {name: self.parameters(shape.members[name], random_, depth + 1) for name in names} if depth < 8 else {}
        if kind == "list":
            return [self.parameters(shape.member, random_, depth + 1) for _ in range(random_.choice([1, 1, 2]))] if depth < 8 else []
        if kind == "map":
            return {random_.choice(["pk", "v", "fuzz-a", ":x", "#a"]): self.parameters(shape.value, random_, depth + 1)}
        if kind == "string":
            if shape.enum:
                return random_.choice(shape.enum)
            if "Arn" in shape.name:
                return random_.choice(["arn:aws:dynamodb:us-east-1:000000000000:table/fuzz-a", "fuzz-a", "arn:aws:x"])
            return random_.choice(["fuzz-a", "fuzz-b", "by-g", "pk", "v", "fuzz-9", "x"])
        if kind in ("integer", "long"):
            return random_.choice([0, 1, 5, 100])
        return {"boolean": True, "double": 1.5, "float": 1.5, "timestamp": 1_700_000_000, "blob": "AAEC"}[kind]


class Fuzzer:
    """An endless stream of requests: (X-Amz-Target, headers, body)."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.model = Model()

    def next(self):
        if self.random.random() < 0.7:
            operation, parameters = templates(self.random)
            target = f"DynamoDB_20120810.{operation}"
        else:
            service, operation, shape = self.random.choice(self.model.operations)
            target, parameters = f"{service}.{operation}", self.model.parameters(shape, self.random) if shape else {}
        parameters = copy.deepcopy(parameters)
        headers = HEADERS
        for _ in range(self.random.choice([1, 1, 2, 4])):
            parameters = self.random.choice([self.change_node, self.change_node, self.change_expression])(parameters)
        body = json.dumps(parameters).encode()
        how = self.random.random()
        if how < 0.25:
            body = self.change_bytes(body)
        elif how < 0.29:
            body = self.nest(body)
        elif how < 0.32:
            target = self.random.choice(["", "DynamoDB_20120810", target + ".x", target.lower(), "A.B", "\u00e9." + operation, target[:-1]])
        elif how < 0.35:
            headers += self.random.choice(HEADER_LINES) + "\r\n"
        elif how < 0.37:
            headers += "Content-Encoding: gzip\r\n"
            body = self.change_bytes(self.gzip(body)) if self.random.random() < 0.5 else self.gzip(body)
        return target, headers, body

    @staticmethod
    def gzip(body):
        packer = zlib.compressobj(wbits=31)
        return packer.compress(body) + packer.flush()

    def nest(self, body):
        """A value in thousands of lists or maps, or a long run of one token."""
        depth = self.random.choice([30, 33, 200, 5000, 100_000])
        kind = self.random.randrange(4)
        if kind == 0:
            return b"[" * depth + body + b"]" * self.random.choice([0, depth])
        if kind == 1:
            return b'{"TableName":"fuzz-a","Item":{"pk":' + b'{"L":[' * depth + b'{"S":"x"}' + b"]}" * depth + b"}}"
        text = self.random.choice(["(", "NOT ", "v[0]", "v.", "(v = :x) AND ", "size(", "#a.", "-"])
        text = text * min(depth, 5000) + self.random.choice(["v = :x", ""])
        name = self.random.choice(["FilterExpression", "ProjectionExpression"])
        return json.dumps({"TableName": "fuzz-a", name: text, "ExpressionAttributeValues": {":x": s("x")}}).encode()

    def change_bytes(self, body):
        body = bytearray(body)
        for _ in range(self.random.choice([1, 1, 3, 20])):
            at = self.random.randrange(len(body) + 1)
            kind = self.random.randrange(5)
            if kind == 0 and at < len(body):
                body[at] = self.random.randrange(256)
            elif kind == 1:
                del body[at:at + self.random.choice([1, 5, 1000])]
            elif kind == 2:
                body[at:at] = self.random.choice([b'"', b"{", b"}", b"\\", b"\\u", b"\\ud800", b"\xff\xfe", b",", b"\x00", b"1e", b" " * 50])
            elif kind == 3:
                body[at:at] = body[at // 2:at]
            else:
                body[at:at] = self.random.randbytes(self.random.choice([1, 8, 64]))
        return bytes(body[:300_000])

    def places(self, node, found, parent=None, key=None):
        """Every node below the root, with where it hangs."""
        if parent is not None:
            found.append((parent, key))
        for child_key, child in list(node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()):
            self.places(child, found, node, child_key)
        return found

    def change_node(self, parameters):
        found = self.places(parameters, [])
        if not found:
            return self.random.choice([parameters, [], None, "x", {"TableName": "fuzz-a"}])
        parent, key = self.random.choice(found)
        kind = self.random.randrange(8)
        if kind == 0:
            del parent[key]
        elif kind == 1 and isinstance(parent, dict):
            parent[self.random.choice(["", "x", "TableName", "S", "\u0000", "pk"])] = parent.pop(key)
        elif kind == 2:
            parent[key] = [parent[key]] * self.random.choice([1, 2, 26, 101])
        elif kind == 3:
            parent[key] = {self.random.choice(["S", "M", "L", "x", "pk"]): parent[key]}
        elif kind == 4:
            parent[key] = copy.deepcopy(self.random.choice(VALUES + ODD_VALUES))
        elif kind == 5:
            other, other_key = self.random.choice(found)
            parent[key] = copy.deepcopy(other[other_key]) if other_key in (other if isinstance(other, dict) else range(len(other))) else None
        else:
            parent[key] = copy.deepcopy(self.random.choice(JUNK))
        return parameters

    def change_expression(self, parameters):
        found = [(parent, key) for parent, key in self.places(parameters, [])
                 if isinstance(key, str) and (key.endswith("Expression") or key == "Statement") and isinstance(parent[key], str)]
        if not found:
            return parameters
        parent, key = self.random.choice(found)
        words = parent[key].split(" ")
        for _ in range(self.random.choice([1, 1, 2, 5, 40])):
            at = self.random.randrange(len(words) + 1)
            kind = self.random.randrange(4)
            if kind == 0:
                words[at:at] = [self.random.choice(TOKENS)]
            elif kind == 1:
                del words[at:at + 1]
            elif kind == 2:
                words[at:at] = words[:self.random.randrange(len(words) + 1)][:200]
            else:
                words[at:at + 1] = [self.random.choice(TOKENS)]
        parent[key] = self.random.choice([" ", " ", ""]).join(words[:2000])
        return parameters


def base64_text(body):
    """A request's body in one line of ASCII, for a message that a test fails with."""
    return base64.b64encode(body).decode()
