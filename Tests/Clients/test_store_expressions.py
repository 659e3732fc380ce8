"""Expressions by boto3 against `roost store`: what conformance suites and users have found out about the service."""

import decimal
import uuid

import boto3
import boto3.dynamodb.types
import pytest
from botocore.exceptions import ClientError
from conftest import CREDENTIALS

# boto3's own context would refuse numbers before the store sees them.
boto3.dynamodb.types.DYNAMODB_CONTEXT = decimal.Context(prec=100)
D = decimal.Decimal


@pytest.fixture(scope="module")
def table(store, dynamodb):
    name = f"expressions-{uuid.uuid4().hex[:12]}"
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}])
    yield boto3.resource("dynamodb", endpoint_url=store.endpoint, **CREDENTIALS).Table(name)
    dynamodb.delete_table(TableName=name)


@pytest.fixture
def key():
    return {"p": uuid.uuid4().hex}


def item(table, key):
    found = table.get_item(Key=key, ConsistentRead=True).get("Item")
    return found and {name: value for name, value in found.items() if name != "p"}


def update(table, key, expression, condition=None, returns=None, names=None, **values):
    arguments = {"Key": key, "UpdateExpression": expression}
    if values:
        arguments["ExpressionAttributeValues"] = {f":{name}": value for name, value in values.items()}
    if names:
        arguments["ExpressionAttributeNames"] = names
    if condition:
        arguments["ConditionExpression"] = condition
    if returns:
        arguments["ReturnValues"] = returns
    return table.update_item(**arguments)


def holds(table, key, condition, **values):
    try:
        update(table, key, "SET zz = :zz", condition, zz=1, **values)
        return True
    except ClientError as error:
        assert error.response["Error"]["Code"] == "ConditionalCheckFailedException"
        return False


def refusal(call, *arguments, **options):
    with pytest.raises(ClientError) as raised:
        call(*arguments, **options)
    assert raised.value.response["Error"]["Code"] == "ValidationException"
    return raised.value.response["Error"]["Message"]


TYPES = [1, "hello", True, b"xyz", None, ["a", 42], {"a": "b"}, {"a", "b"}, {D(1), D(2)}, {b"x", b"y"}]


def test_equality_is_of_one_type(table, key):
    for stored in TYPES:
        table.put_item(Item=key | {"a": stored, "b": stored})
        assert holds(table, key, "a = b")
        for index, other in enumerate(TYPES):
            same = other is stored
            assert holds(table, key, "a = :other", other=other) == same, (stored, other)
            assert holds(table, key, "a <> :other", other=other) != same
            assert holds(table, key, "a IN (:other, b)", other=other)


def test_what_is_not_there_equals_nothing_and_differs_from_everything(table, key):
    table.put_item(Item=key | {"a": 1})
    for operator in ["=", "<", "<=", ">", ">="]:
        assert not holds(table, key, f"q {operator} z")
        assert not holds(table, key, f"q {operator} :v", v=1)
    assert holds(table, key, "q <> z")
    assert holds(table, key, "q <> :v", v=1)
    assert not holds(table, key, "q BETWEEN z AND a")


def test_order_is_of_strings_numbers_and_binaries(table, key):
    table.put_item(Item=key | {"n": 1, "s": "cat", "b": b"cat", "l": [1]})
    for name, less, more in [("n", D("0.5"), 10), ("s", "aardvark", "dog"), ("b", b"aardvark", b"dog")]:
        assert holds(table, key, f"{name} > :v AND {name} >= :v AND NOT {name} < :v AND NOT {name} <= :v", v=less)
        assert holds(table, key, f"{name} < :v AND {name} <= :v", v=more)
        assert holds(table, key, f"{name} BETWEEN :low AND :high", low=less, high=more)
    assert not holds(table, key, "l < :v", v=1)
    assert not holds(table, key, "n < :v", v="17")
    assert "operand type: L" in refusal(update, table, key, "SET z = :v", "n < :l", v=1, l=[1])
    assert "requires upper bound to be greater" in refusal(
        update, table, key, "SET z = :v", "n BETWEEN :v AND :low", v=1, low=0)


def test_texts_compare_by_their_bytes(table, key):
    composed, decomposed = "\u00e9", "e\u0301"
    table.put_item(Item=key | {"a": composed, "s": {composed}})
    assert not holds(table, key, "a = :v", v=decomposed)
    assert holds(table, key, "a > :v", v=decomposed)
    assert not holds(table, key, "contains(s, :v)", v=decomposed)
    update(table, key, "ADD s :v", v={decomposed})
    assert item(table, key)["s"] == {composed, decomposed}
    other = {"p": composed + key["p"]}
    table.put_item(Item=other)
    assert item(table, {"p": decomposed + key["p"]}) is None


def test_functions(table, key):
    table.put_item(Item=key | {"s": "hello", "b": b"hi there", "ss": {"x", "yz"}, "l": ["a", {"n": 1}, {D(3)}], "m": {"x": 2, "y": {}}})
    assert holds(table, key, "begins_with(s, :v)", v="hell") and holds(table, key, "begins_with(:v, s)", v="hello!")
    assert holds(table, key, "contains(s, :v)", v="ell") and holds(table, key, "contains(b, :v)", v=b"the")
    assert holds(table, key, "contains(l, :v)", v={"n": 1}) and holds(table, key, "contains(l, :v)", v={D(3)})
    assert holds(table, key, "size(s) = :v", v=5) and holds(table, key, "size(m) = size(ss)") and holds(table, key, "size(l) > m.x")
    assert holds(table, key, "attribute_type(m.y, :v)", v="M") and not holds(table, key, "attribute_exists(m.z)")
    assert "Invalid attribute type name found; type: DOG" in refusal(
        update, table, key, "SET z = :v", "attribute_type(s, :t)", v=1, t="DOG")
    assert "must be distinct" in refusal(update, table, key, "SET z = :v", "contains(s, s)", v=1)
    assert "not allowed" in refusal(update, table, key, "SET z = :v", "if_not_exists(s, s) = :v", v=1)


def test_sets_come_in_order(table, key, dynamodb):
    update(table, key, "SET a = :a, b = :b, c = :c", a={"z", "", "é", "b"}, b={D(10), D(9), D("-1.5")}, c={b"\xff", b"", b"\x01"})
    update(table, key, "ADD a :a", a={"a"})
    raw = dynamodb.get_item(TableName=table.name, Key={"p": {"S": key["p"]}})["Item"]
    assert raw["a"]["SS"] == ["", "a", "b", "z", "é"]
    assert raw["b"]["NS"] == ["-1.5", "9", "10"]
    assert raw["c"]["BS"] == [b"", b"\x01", b"\xff"]


def test_an_update_reads_the_item_as_it_was(table, key):
    table.put_item(Item=key | {"a": 1, "l": [2, 3, 4, 5, 6, 7]})
    update(table, key, "SET a = :v, b = a REMOVE l[1] ADD c :v", v=10)
    assert item(table, key) == {"a": 10, "b": 1, "c": 10, "l": [2, 4, 5, 6, 7]}
    update(table, key, "REMOVE l[1] SET l[3] = :v, l[84] = :w, l[17] = :x", v=17, w="last", x="first")
    assert item(table, key)["l"] == [2, 5, 17, 7, "first", "last"]
    update(table, key, "SET n = list_append(if_not_exists(n, :e), :v), d = (a - :one)", e=[], v=["x"], one=1)
    assert (item(table, key)["n"], item(table, key)["d"]) == (["x"], 9)


def test_an_update_that_only_takes_away_makes_nothing(table, key):
    for expression, values in [("REMOVE a", {}), ("REMOVE a.b, c[0]", {}), ("DELETE s :s", {"s": {"x"}})]:
        assert "Attributes" not in update(table, key, expression, returns="ALL_NEW", **values)
        assert item(table, key) is None


def test_parts_that_an_update_changed(table, key):
    table.put_item(Item=key | {"a": {"b": "dog", "c": [1, 2, 3]}, "d": "cat"})
    assert update(table, key, "SET a.b = :v", returns="UPDATED_OLD", v="hi")["Attributes"] == {"a": {"b": "dog"}}
    assert update(table, key, "SET a.c[1] = :v, a.b = :w", returns="UPDATED_NEW", v=7, w="x")["Attributes"] == {
        "a": {"b": "x", "c": [7]}}
    assert update(table, key, "REMOVE a.c[1], a.c[3]", returns="UPDATED_OLD")["Attributes"] == {"a": {"c": [7]}}
    assert "Attributes" not in update(table, key, "SET a.c[100] = :v", returns="UPDATED_NEW", v=70)
    assert update(table, key, "REMOVE a.c[1]", returns="UPDATED_NEW")["Attributes"] == {"a": {"c": [70]}}


@pytest.mark.parametrize("expression, message", [
    ("SET a = :v SET b = :v", 'The "SET" section can only be used once'),
    ("SET a = :v, a.b = :v", "overlap"), ("SET a.b = :v, a[1] = :v", "conflict"), ("SET _a = :v", 'token: "_", near: "SET _a"'),
    ("SET a = list_append(list_append(:v, :v), :v)", "not allowed to be used this way"), ("SET a = f(:v)", "Invalid function name"),
    ("SET a = :v + :v + :v", "Syntax error"), ("SET a[:v] = :v", "Syntax error"), ("SET status = :v", "reserved keyword: status"),
    ("SET p = :v", "This attribute is part of the key"), ("HELLO a = :v", 'token: "HELLO", near: "HELLO a"')])
def test_updates_that_are_refused(table, key, expression, message):
    assert message in refusal(update, table, key, expression, v=1)


@pytest.mark.parametrize("expression", ["SET a.c = :v", "SET b.c = :v", "SET c.c = :v", "SET a[0] = :v", "REMOVE a.c ADD d :v"])
def test_places_that_are_none(table, key, expression):
    table.put_item(Item=key | {"a": "hello", "b": ["hi"]})
    assert refusal(update, table, key, expression, v=7) == "The document path provided in the update expression is invalid for update"


@pytest.mark.parametrize("number, message", [
    ("1e126", "Number overflow"), ("-11e125", "Number overflow"), ("1e-131", "Number underflow"), ("0e126", "Number overflow"),
    ("1e99999999999", "Number overflow"), ("1e-99999999999", "Number underflow"), ("NaN", "numeric value: NaN"),
    (" 1", "numeric value:  1"), ("", "numeric value: "), ("1" * 39, "more than 38 significant digits"),
    ("1e9223372036854775808", "cannot be converted")])
def test_numbers_that_are_refused(table, key, dynamodb, number, message):
    said = refusal(
        dynamodb.put_item, TableName=table.name, Item={"p": {"S": key["p"]}, "n": {"N": number}})
    assert said.startswith("1 validation error detected: ") and message in said


@pytest.mark.parametrize("number, stored", [
    ("0042.1200", "42.12"), ("1E125", "1" + "0" * 125), ("-0", "0"), ("+3", "3"), (".5", "0.5"), ("0e125", "0"),
    ("9.9999999999999999999999999999999999999E+125", "9" * 38 + "0" * 88), ("1e-130", "0." + "0" * 129 + "1")])
def test_numbers_come_back_plain(table, key, dynamodb, number, stored):
    dynamodb.put_item(TableName=table.name, Item={"p": {"S": key["p"]}, "n": {"N": number}})
    assert dynamodb.get_item(TableName=table.name, Key={"p": {"S": key["p"]}})["Item"]["n"]["N"] == stored


@pytest.mark.parametrize("number, size", [
    ("0", 1), ("12", 2), ("123", 3), ("100", 2), ("1010", 3), ("0.0000001", 2), ("1E125", 2), ("1.5", 3), ("3.14159", 5),
    ("100.5", 4), ("0.15", 2), ("-42", 3), ("12345678901234567890123456789012345678", 20)])
def test_a_number_counts_to_the_byte(table, key, dynamodb, number, size):
    padding = 409_600 - len("p" + key["p"]) - len("n") - size - len("x")
    whole = {"p": {"S": key["p"]}, "n": {"N": number}, "x": {"S": "x" * padding}}
    dynamodb.put_item(TableName=table.name, Item=whole)
    assert "Item size has exceeded the maximum allowed size" in refusal(
        dynamodb.put_item, TableName=table.name, Item=whole | {"x": {"S": "x" * (padding + 1)}})


def test_documents_nest_32_levels(table, key):
    def nested(levels):
        value = "leaf"
        for _ in range(levels):
            value = {"n": value}
        return value

    table.put_item(Item=key | {"d": nested(31)})
    for levels in [32, 33, 63, 100]:
        assert "nested levels beyond supported limit" in refusal(table.put_item, Item=key | {"d": nested(levels)})
        assert "nested levels beyond supported limit" in refusal(update, table, key, "SET e = :v", v=nested(levels))


def test_expressions_have_4096_bytes_as_they_are_sent(table, key):
    def condition(size):
        return "attribute_not_exists(" + "a" * (size - len("attribute_not_exists()")) + ")"

    table.put_item(Item=key, ConditionExpression=condition(4096))
    assert "Expression size has exceeded the maximum allowed size; expression size: 4097" in refusal(
        table.put_item, Item=key, ConditionExpression=condition(4097))
    names = {f"#a{number}": "n" * 246 + str(number) for number in range(30)}
    table.get_item(Key=key, ProjectionExpression=", ".join(names), ExpressionAttributeNames=names)


@pytest.mark.parametrize("hostile", [
    "(" * 2000 + "a = a" + ")" * 2000, "NOT " * 1000 + "attribute_exists(a)", "size(" * 800 + "a" + ")" * 800 + " = a",
    "a = a AND " * 400 + "a = a", "(" * 4096, "a[0]" + "[0]" * 1300 + " = a", "\u0000", "\U0001f600 = a"])
def test_a_hostile_expression_is_refused_at_once(table, key, hostile):
    assert refusal(table.put_item, Item=key, ConditionExpression=hostile).startswith(
        "1 validation error detected: Invalid ConditionExpression: ")


def test_projections(table, key):
    table.put_item(Item=key | {"a": {"b": 1, "c": 2}, "l": [{"x": 1}, 2, 3]})
    assert table.get_item(Key=key, ProjectionExpression="a.b, l[2], l[0].x, nothing")["Item"] == {"a": {"b": 1}, "l": [{"x": 1}, 3]}
    assert table.get_item(Key=key, ProjectionExpression="nothing")["Item"] == {}
    assert "path one: [a], path two: [a, b]" in refusal(table.get_item, Key=key, ProjectionExpression="a, a.b")
