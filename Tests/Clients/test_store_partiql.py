"""PartiQL by boto3 against `roost store`."""

import re
import uuid

import pytest
from boto3.dynamodb.types import Binary
from botocore.exceptions import ClientError

WHOLE_KEY = "Select statements within {} must specify the primary key in the where clause."


@pytest.fixture
def table(dynamodb):
    """A table with indexes of every kind of projection, and four items."""
    name = f"partiql-{uuid.uuid4().hex[:12]}"

    def schema(hash_key, range_key=None):
        keys = [{"AttributeName": hash_key, "KeyType": "HASH"}]
        return keys + ([{"AttributeName": range_key, "KeyType": "RANGE"}] if range_key else [])

    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=schema("pk", "sk"),
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("pk", "sk", "city", "street", "day")],
        GlobalSecondaryIndexes=[
            {"IndexName": "by-city", "KeySchema": schema("city"), "Projection": {"ProjectionType": "ALL"}},
            {"IndexName": "by-street", "KeySchema": schema("street"),
             "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["floor"]}}],
        LocalSecondaryIndexes=[
            {"IndexName": "by-day", "KeySchema": schema("pk", "day"), "Projection": {"ProjectionType": "KEYS_ONLY"}}])
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    for number in range(1, 5):
        item = {
            "pk": {"S": "p"}, "sk": {"S": f"s{number}"}, "n": {"N": str(number)}, "tags": {"SS": ["red", f"t{number}"]},
            "note": {"M": {"text": {"S": "x"}, "lines": {"L": [{"N": "1"}, {"N": "2"}]}}}}
        if number < 4:
            item |= {"city": {"S": "Rome"}, "street": {"S": "Via"}, "floor": {"N": "1"}, "day": {"S": f"d{number}"}}
        dynamodb.put_item(TableName=name, Item=item)
    yield name
    dynamodb.delete_table(TableName=name)


@pytest.fixture
def run(dynamodb, table):
    """Runs a statement, with T for the table's name."""

    def run(statement, *parameters, **options):
        if parameters:
            options["Parameters"] = list(parameters)
        return dynamodb.execute_statement(Statement=re.sub(r"\bT\b", f'"{table}"', statement), **options)

    return run


def refused(call, *arguments, **options):
    with pytest.raises(ClientError) as raised:
        call(*arguments, **options)
    return raised.value.response["Error"]["Code"], raised.value.response["Error"]["Message"]


def sort_keys(answer):
    return [item["sk"]["S"] for item in answer["Items"]]


def test_a_select_reads_what_its_key_says(run):
    assert sort_keys(run("SELECT * FROM T WHERE pk = 'p' AND sk = ?", {"S": "s2"})) == ["s2"]
    assert sort_keys(run("SELECT sk FROM T WHERE pk = 'p' AND begins_with(sk, 's') AND n > 2")) == ["s3", "s4"]
    assert sort_keys(run("SELECT sk FROM T WHERE pk IN ['p', 'q'] AND sk BETWEEN 's2' AND 's3' ORDER BY pk, sk DESC")) == ["s3", "s2"]
    assert sort_keys(run("SELECT sk FROM T WHERE contains(tags, 't4') AND size(note.lines) = 2")) == ["s4"]
    assert run("SELECT note.lines[1], note.text, nothing FROM T WHERE pk = 'p' AND sk = 's1'")["Items"] == [
        {"lines[1]": {"N": "2"}, "text": {"S": "x"}}]


def test_pages_join_to_the_whole(run):
    found, token = [], None
    while True:
        answer = run("SELECT sk FROM T WHERE pk = 'p'", Limit=1, **({"NextToken": token} if token else {}))
        found += sort_keys(answer)
        token = answer.get("NextToken")
        if not token:
            break
    assert found == ["s1", "s2", "s3", "s4"]


def test_indexes_answer_what_they_project(run):
    assert len(run("SELECT * FROM T.\"by-city\" WHERE city = 'Rome'")["Items"]) == 3
    rows = run("SELECT * FROM T.\"by-street\" WHERE street = 'Via'")["Items"]
    assert [sorted(row) for row in rows] == [["floor", "pk", "sk", "street"]] * 3
    answer = run("SELECT n FROM T.\"by-day\" WHERE pk = 'p' AND \"day\" > 'd1'", ReturnConsumedCapacity="INDEXES", ConsistentRead=True)
    assert [row["n"]["N"] for row in answer["Items"]] == ["2", "3"]
    capacity = answer["ConsumedCapacity"]
    assert capacity["LocalSecondaryIndexes"]["by-day"]["CapacityUnits"] == 1
    assert capacity["Table"]["CapacityUnits"] == 2
    assert refused(run, "SELECT n, tags FROM T.\"by-street\"") == (
        "ValidationException",
        "One or more parameter values were invalid: Global secondary index by-street does not project [n, tags]")
    assert refused(run, "SELECT pk FROM T.\"by-day\" WHERE pk = 'p' AND n = 1") == (
        "ValidationException",
        "One or more parameter values were invalid: Secondary index by-day does not project one or more filter attributes: [n]")
    assert refused(run, "SELECT * FROM T.\"by-city\" WHERE city = 'x'", ConsistentRead=True)[1] == (
        "Strongly consistent read is not supported on Global Secondary Indexes")
    assert refused(run, "UPDATE T.\"by-city\" SET n = 1 WHERE pk = 'p' AND sk = 's1'")[1] == (
        "This operation is not supported on an index")


def test_every_type_goes_in_and_comes_out(run):
    value = {"M": {"b": {"B": b"\x00\xff"}, "bs": {"BS": [b"x"]}, "l": {"L": [{"NULL": True}, {"BOOL": False}]}}}
    assert run("INSERT INTO T VALUE {'pk': 'types', 'sk': ?, 'v': ?, 'w': {'set': <<1, 2.50>>, 'text': 'it''s'}}", {"S": "1"}, value)[
        "Items"] == []
    item = run("SELECT v, w FROM T WHERE pk = 'types' AND sk = '1'")["Items"][0]
    assert item["v"]["M"]["b"] == {"B": Binary(b"\x00\xff")} and item["v"]["M"]["l"] == value["M"]["l"]
    assert set(item["w"]["M"]["set"]["NS"]) == {"1", "2.5"} and item["w"]["M"]["text"] == {"S": "it's"}
    assert refused(run, "INSERT INTO T VALUE {'pk': 'types', 'sk': '1'}") == (
        "DuplicateItemException", "Duplicate primary key exists in table")


def test_updates_and_deletes_name_one_item(run):
    answer = run("UPDATE T SET n = n + 10, note.text = ? REMOVE floor WHERE pk = 'p' AND sk = 's1' RETURNING MODIFIED NEW *", {"S": "y"})
    assert answer["Items"] == [{"n": {"N": "11"}, "note": {"M": {"text": {"S": "y"}}}}]
    with pytest.raises(ClientError) as raised:
        run("DELETE FROM T WHERE pk = 'p' AND sk = 's1' AND n = 1", ReturnValuesOnConditionCheckFailure="ALL_OLD")
    assert raised.value.response["Error"]["Code"] == "ConditionalCheckFailedException"
    assert raised.value.response["Item"]["n"] == {"N": "11"}
    assert refused(run, "DELETE FROM T WHERE pk = 'p'")[1] == (
        "Where clause does not contain a mandatory equality on all key attributes")
    assert run("DELETE FROM T WHERE pk = 'p' AND sk = 's1' RETURNING ALL OLD *")["Items"][0]["n"] == {"N": "11"}
    assert run("DELETE FROM T WHERE pk = 'p' AND sk = 's1' RETURNING ALL OLD *")["Items"] == []


def test_a_batch_answers_each_statement(dynamodb, table):
    answer = dynamodb.batch_execute_statement(
        Statements=[
            {"Statement": f"SELECT n FROM \"{table}\" WHERE pk = 'p' AND sk = 's1'", "ConsistentRead": True},
            {"Statement": f"SELECT * FROM \"{table}\" WHERE pk = 'p'"},
            {"Statement": f"SELECT * FROM \"{table}\" WHERE pk = 'p' AND sk = ?", "Parameters": [{"S": "none"}]}],
        ReturnConsumedCapacity="TOTAL")
    assert answer["Responses"] == [
        {"Item": {"n": {"N": "1"}}, "TableName": table},
        {"Error": {"Code": "ValidationError", "Message": WHOLE_KEY.format("BatchExecuteStatement")}},
        {"TableName": table}]
    assert answer["ConsumedCapacity"][0]["CapacityUnits"] == 1.5


def test_a_transaction_does_all_or_nothing(dynamodb, table):
    def transact(*statements, **options):
        return dynamodb.execute_transaction(TransactStatements=[{"Statement": re.sub(r"\bT\b", f'"{table}"', text)} for text in statements], **options)

    with pytest.raises(ClientError) as raised:
        transact("UPDATE T SET n = 9 WHERE pk = 'p' AND sk = 's1'", "INSERT INTO T VALUE {'pk': 'p', 'sk': 's2'}")
    assert [reason["Code"] for reason in raised.value.response["CancellationReasons"]] == ["None", "DuplicateItem"]
    read = "SELECT n FROM T WHERE pk = 'p' AND sk = 's1'"
    assert transact(read)["Responses"] == [{"Item": {"n": {"N": "1"}}}]
    for _ in range(2):
        assert transact("UPDATE T SET n = n + 1 WHERE pk = 'p' AND sk = 's1'", ClientRequestToken="once")["Responses"] == []
    assert transact(read)["Responses"] == [{"Item": {"n": {"N": "2"}}}]
    assert refused(transact, "SELECT * FROM T WHERE pk = 'p'")[1] == (
        "Validation failed in TransactStatements[0]: " + WHOLE_KEY.format("ExecuteTransaction"))
