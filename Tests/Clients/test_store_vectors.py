"""boto3 against the store's vector indexes: how they are made, what a write may put into them, and what a search finds.

The texts and figures are those that others recorded of the service (eu-west-2 and us-east-1, August to October 2026).
"""

import itertools
import json
import math
import random
import re
import struct
import subprocess
import threading
import time
import urllib.error
import urllib.request
import uuid

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from conftest import ROOST, Roost, client

INVALID = "One or more parameter values were invalid: "


def vector(*numbers):
    return [{"N": str(number)} for number in numbers]


def embedding(*numbers):
    return {"L": vector(*numbers)}


def fround(number):
    return struct.unpack("f", struct.pack("f", number))[0]


def index(name="vix", **changes):
    return {
        "IndexName": name, "VectorAttribute": {"AttributeName": "embedding"}, "Dimensions": 3, "DistanceFunction": "COSINE",
        "Projection": {"ProjectionType": "ALL"}} | changes


def hashed(attribute="tenant", *filters):
    return [{"AttributeName": attribute, "SearchSchemaElementType": "HASH"}] + [
        {"AttributeName": name, "SearchSchemaElementType": "INLINE_FILTER"} for name in filters]


def definitions(*names, **types):
    return [{"AttributeName": name, "AttributeType": types.get(name, "S")} for name in ("pk", *names, *types)]


def make(dynamodb, *indexes, attributes=(), types=None, **parameters):
    """A table with these vector indexes, by its name."""
    name = f"vectors-{uuid.uuid4().hex[:12]}"
    if indexes:
        parameters["VectorIndexes"] = list(indexes)
    dynamodb.create_table(**{
        "TableName": name, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": definitions(*attributes, **(types or {}))} | parameters)
    return name


def refusal(code, operation, **parameters):
    """The message of a call that must be refused with a code."""
    with pytest.raises(ClientError) as raised:
        operation(**parameters)
    assert raised.value.response["Error"]["Code"] == code, raised.value
    return raised.value.response["Error"]["Message"]


def invalid(operation, **parameters):
    return refusal("ValidationException", operation, **parameters)


def put(dynamodb, table, pk, **attributes):
    item = {"pk": {"S": pk}} | {
        name: {"S": value} if isinstance(value, str) else value for name, value in attributes.items()}
    return dynamodb.put_item(TableName=table, Item=item, ReturnConsumedCapacity="INDEXES")["ConsumedCapacity"]


def search(dynamodb, table, name="vix", numbers=(1, 0, 0), top=10, **parameters):
    return dynamodb.search_vectors(
        TableName=table, IndexName=name, SearchVector=vector(*numbers), TopK=top, **parameters)["SearchResults"]


def found(*arguments, **parameters):
    """The keys of a search's results, in order."""
    return [result["Item"]["pk"]["S"] for result in search(*arguments, **parameters)]


def scores(*arguments, **parameters):
    return {result["Item"]["pk"]["S"]: result["Score"] for result in search(*arguments, **parameters)}


def within(tenant, category=None):
    """The parameters of a search in one part of a divided index."""
    values = {":t": {"S": tenant}} | ({":c": {"S": category}} if category else {})
    return {
        "SearchConditionExpression": "tenant = :t" + (" AND category = :c" if category else ""),
        "ExpressionAttributeValues": values}


def described(dynamodb, table, name="vix"):
    indexes = dynamodb.describe_table(TableName=table)["Table"].get("VectorIndexes", [])
    return next((index for index in indexes if index["IndexName"] == name), None)


def raw(store, operation, body):
    """Status and body of a request that no SDK would send."""
    request = urllib.request.Request(
        store.endpoint, body.encode(), {
            "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"DynamoDB_20120810.{operation}",
            "X-Amz-Date": "20260101T000000Z",
            "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, "
                             "SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0" * 64})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


# MARK: Making indexes

def test_an_index_made_with_its_table_is_described(dynamodb):
    schema = hashed("tenant", "category")
    name = f"vectors-{uuid.uuid4().hex[:12]}"
    made = dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=definitions("tenant", "category"),
        VectorIndexes=[index(), index("divided", SearchSchema=schema), index("wide", Dimensions=4096, VectorAttribute={
            "AttributeName": "wide"})])["TableDescription"]
    assert [one["IndexStatus"] for one in made["VectorIndexes"]] == ["CREATING"] * 3
    plain = described(dynamodb, name)
    assert plain == index() | {
        "IndexStatus": "ACTIVE", "ItemCount": 0, "IndexSizeBytes": 0, "IndexArn": f"{made['TableArn']}/index/vix"}
    assert described(dynamodb, name, "divided")["SearchSchema"] == schema
    assert described(dynamodb, name, "wide")["Dimensions"] == 4096
    put(dynamodb, name, "a", embedding=embedding(1, 0, 0), note="x")
    plain = described(dynamodb, name)
    # pk and a, note and x, the vector's name and four bytes for each of its dimensions.
    assert (plain["ItemCount"], plain["IndexSizeBytes"]) == (1, 3 + 5 + 9 + 12)
    assert described(dynamodb, name, "divided")["ItemCount"] == 0
    gone = dynamodb.delete_table(TableName=name)["TableDescription"]
    assert "VectorIndexes" not in gone


@pytest.mark.parametrize("changes, message", [
    ({"BillingMode": "PROVISIONED", "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}},
     "Vector indexes are only supported for PAY_PER_REQUEST tables"),
    ({"VectorIndexes": [index(SearchSchema=hashed())]},
     "One element in SearchSchema is not defined in attribute definitions"),
    ({"VectorIndexes": [index(Dimensions=4097)]}, "Number of dimensions must be between 1 and 4096 inclusive."),
    ({"VectorIndexes": [index(f"vix-{number}") for number in range(6)]},
     "VectorIndex count exceeds the per-table limit of 5"),
    ({"VectorIndexes": [index(), index("vix2", Dimensions=4)]},
     "Conflicting attribute definition for 'embedding'. All VectorIndexes on the same vector attribute must use the same "
     "dimensions."),
    ({"VectorIndexes": [index(VectorAttribute={"AttributeName": "pk"})]},
     "Conflicting attribute definition for 'pk'. An attribute cannot be defined in AttributeDefinitions when used as a "
     "VectorAttribute."),
    ({"VectorIndexes": [index(), index()]}, "Duplicate index name: vix"),
    ({"VectorIndexes": [index()], "GlobalSecondaryIndexes": [{
        "IndexName": "vix", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"}}]}, "Duplicate index name: vix"),
    ({"VectorIndexes": [index(Projection={"ProjectionType": "INCLUDE"})]},
     "ProjectionType is INCLUDE, but NonKeyAttributes is not specified"),
    ({"VectorIndexes": [index()], "AttributeDefinitions": definitions("tenant")},
     "Some AttributeDefinitions are not used. AttributeDefinitions: [pk, tenant], keys used: [pk]"),
])
def test_a_table_with_an_index_that_may_not_be_is_refused(dynamodb, changes, message):
    parameters = {
        "TableName": "vectors-refused", "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}], "AttributeDefinitions": definitions(),
        "VectorIndexes": [index()]}
    assert invalid(dynamodb.create_table, **parameters | changes) == INVALID + message
    assert refusal("ResourceNotFoundException", dynamodb.describe_table, TableName="vectors-refused")


@pytest.mark.parametrize("change, message", [
    ({"Dimensions": 0}, "'vectorIndexes.1.member.dimensions' .* greater than or equal to 1"),
    ({"IndexName": "ab"}, "'vectorIndexes.1.member.indexName' .* length greater than or equal to 3"),
    ({"IndexName": "a b c"}, "'vectorIndexes.1.member.indexName' .* regular expression"),
    ({"DistanceFunction": "cosine"}, "'vectorIndexes.1.member.distanceFunction' .* enum value set"),
    ({"SearchSchema": []}, "'vectorIndexes.1.member.searchSchema' .* length greater than or equal to 1"),
    ({"SearchSchema": [{"AttributeName": "x", "SearchSchemaElementType": "RANGE"}]}, "searchSchemaElementType' .* enum"),
    ({"SearchSchema": hashed("x") + hashed("y")}, "SearchSchema"),
    ({"SearchSchema": hashed("x", "x")}, "Duplicate"),
    ({"VectorAttribute": {"AttributeName": ""}}, "vectorAttribute.attributeName' .* length greater than or equal to 1"),
    ({"Projection": {"ProjectionType": "all"}}, "projectionType' .* enum value set"),
    ({"Projection": {"ProjectionType": "KEYS_ONLY", "NonKeyAttributes": ["x"]}}, "NonKeyAttributes"),
    ({"Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": []}}, "nonKeyAttributes"),
    ({"Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": [""]}}, "nonKeyAttributes"),
    ({"Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["z", "y", "z"]}}, "Duplicate"),
    ({"Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": [f"a{n}" for n in range(20)]}}, "projected attributes"),
])
def test_a_definition_is_held_to_its_bounds_in_both_operations(store, dynamodb, change, message):
    unchecked = client("dynamodb", store.endpoint, parameter_validation=False)
    # No more than are used: the service tells of others first.
    attributes = definitions(*sorted({element["AttributeName"] for element in change.get("SearchSchema", [])}))
    assert re.search(message, invalid(
        unchecked.create_table, TableName="vectors-refused", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=attributes,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}], VectorIndexes=[index(**change)]))
    table = make(dynamodb)
    message = message.replace("vectorIndexes.1.member", "vectorIndexUpdates.1.member.create")
    assert re.search(message, invalid(
        unchecked.update_table, TableName=table, AttributeDefinitions=attributes[1:],
        VectorIndexUpdates=[{"Create": index(**change)}]))


@pytest.mark.parametrize("missing", ["IndexName", "VectorAttribute", "Dimensions", "DistanceFunction", "Projection"])
def test_a_definition_must_have_all_but_its_search_schema(store, missing):
    unchecked = client("dynamodb", store.endpoint, parameter_validation=False)
    part = {name: value for name, value in index().items() if name != missing}
    assert f"vectorIndexes.1.member.{missing[0].lower()}{missing[1:]}" in invalid(
        unchecked.create_table, TableName="vectors-refused", BillingMode="PAY_PER_REQUEST", VectorIndexes=[part],
        AttributeDefinitions=definitions(), KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}])


def test_nineteen_attributes_may_be_projected_beside_the_vector(dynamodb):
    names = [f"a{number}" for number in range(19)]
    table = make(dynamodb, index(Projection={"ProjectionType": "INCLUDE", "NonKeyAttributes": names}))
    put(dynamodb, table, "a", embedding=embedding(1, 0, 0), a0="x", other="y")
    assert search(dynamodb, table)[0]["Item"] == {"pk": {"S": "a"}, "a0": {"S": "x"}}


# MARK: Searching

FIXTURE = {"a": (1, 0, 0), "b": (0, 1, 0), "c": (-1, 0, 0), "d": (0.6, 0.8, 0)}


@pytest.fixture(scope="module")
def separated(dynamodb):
    """An index of each distance function over four vectors that are far apart."""
    table = make(
        dynamodb, index("cosine"), index("euclidean", DistanceFunction="EUCLIDEAN"),
        index("dot", DistanceFunction="DOT_PRODUCT"))
    for pk, numbers in FIXTURE.items():
        put(dynamodb, table, pk, label=f"item-{pk}", embedding=embedding(*numbers))
    yield table
    dynamodb.delete_table(TableName=table)


@pytest.mark.parametrize("name, expected", [
    ("cosine", {"a": 0, "d": fround(0.4), "b": 1, "c": 2}),
    ("euclidean", {"a": 0, "d": fround(math.sqrt(0.8)), "b": fround(math.sqrt(2)), "c": 2}),
    ("dot", {"a": 1, "d": fround(0.6), "b": 0, "c": -1}),
])
def test_results_come_with_their_scores_the_most_similar_first(dynamodb, separated, name, expected):
    results = scores(dynamodb, separated, name)
    assert list(results) == ["a", "d", "b", "c"]
    assert results == {pk: pytest.approx(score, abs=1e-7) for pk, score in expected.items()}
    assert (results["a"], results["b"], results["c"])[0::2] == (expected["a"], expected["c"])
    assert all(fround(score) == score for score in results.values())


def test_a_search_ends_with_the_items_there_are_and_has_no_pages(dynamodb, separated):
    assert found(dynamodb, separated, "cosine", top=1) == ["a"]
    answer = dynamodb.search_vectors(
        TableName=separated, IndexName="cosine", SearchVector=vector(1, 0, 0), TopK=100)
    assert len(answer["SearchResults"]) == 4
    assert set(answer) == {"SearchResults", "ResponseMetadata"}
    arn = dynamodb.describe_table(TableName=separated)["Table"]["TableArn"]
    assert found(dynamodb, arn, "cosine", top=1) == ["a"]


def test_the_vector_is_answered_only_when_it_is_asked_for(dynamodb, separated):
    assert search(dynamodb, separated, "cosine", top=1)[0]["Item"] == {"pk": {"S": "a"}, "label": {"S": "item-a"}}
    item = search(dynamodb, separated, "cosine", top=1, ProjectionExpression="pk, embedding")[0]["Item"]
    assert [float(number["N"]) for number in item["embedding"]["L"]] == [1, 0, 0]
    assert search(
        dynamodb, separated, "cosine", top=1, ProjectionExpression="#l, embedding[0], nothing",
        ExpressionAttributeNames={"#l": "label"})[0]["Item"] == {
            "label": {"S": "item-a"}, "embedding": {"L": [{"N": "1.0"}]}}


def test_an_index_has_32_bits_of_what_the_table_keeps_whole(dynamodb):
    table = make(dynamodb, index())
    precise = ["0.1", "16777217", "1.000000059604644775390625"]
    put(dynamodb, table, "f32", embedding={"L": [{"N": number} for number in precise]})
    kept = dynamodb.get_item(TableName=table, Key={"pk": {"S": "f32"}})["Item"]["embedding"]["L"]
    assert [number["N"] for number in kept] == precise
    answered = search(dynamodb, table, numbers=precise, ProjectionExpression="embedding")[0]["Item"]["embedding"]["L"]
    answered = [float(number["N"]) for number in answered]
    assert [fround(number) for number in answered] == [fround(float(number)) for number in precise]
    assert answered[1] == 16777216


@pytest.mark.parametrize("function, stored, asked, score", [
    ("DOT_PRODUCT", ("3.4e38", "-3.4e38"), ("3.4e38", "3.4e38"), 0),
    ("DOT_PRODUCT", ("1e38", "0"), ("1e38", "0"), 3.4028234663852886e38),
    ("DOT_PRODUCT", ("-1e38", "0"), ("1e38", "0"), -3.4028234663852886e38),
    ("EUCLIDEAN", ("-3.4e38", "0"), ("3.4e38", "0"), 3.4028234663852886e38),
    ("COSINE", ("1e-23", "0"), ("1e-23", "0"), 0),
    ("COSINE", ("0", "0"), ("1", "0"), 1),
    ("COSINE", ("1", "0"), ("0", "0"), 1),
    ("COSINE", ("0", "0"), ("0", "0"), 1),
    ("EUCLIDEAN", ("3.4028235E38", "0"), ("3.4028235E38", "0"), 0),
])
def test_scores_are_summed_in_64_bits_and_stay_in_32(dynamodb, function, stored, asked, score):
    table = make(dynamodb, index(Dimensions=2, DistanceFunction=function))
    put(dynamodb, table, "a", embedding=embedding(*stored))
    assert scores(dynamodb, table, numbers=asked) == {"a": score}


def test_equal_scores_have_one_order(dynamodb):
    table = make(dynamodb, index())
    for number in range(40):
        put(dynamodb, table, f"p{number}", embedding=embedding(1, 0, 0))
    first = found(dynamodb, table, top=10)
    assert len(set(first)) == 10
    assert found(dynamodb, table, top=10) == first
    assert found(dynamodb, table, top=40)[:10] == first


def test_vectors_of_the_most_dimensions_are_searched(dynamodb):
    table = make(dynamodb, index(Dimensions=4096))
    basis = [[1 if place == one else 0 for place in range(4096)] for one in (0, 1)]
    put(dynamodb, table, "a", embedding=embedding(*basis[0]))
    put(dynamodb, table, "b", embedding=embedding(*basis[1]))
    assert scores(dynamodb, table, numbers=basis[0]) == {"a": 0, "b": 1}


@pytest.mark.parametrize("function", ["COSINE", "EUCLIDEAN", "DOT_PRODUCT"])
def test_a_search_finds_what_comparing_everything_finds(dynamodb, function):
    randomness = random.Random(f"vectors {function}")
    dimensions = randomness.choice([1, 7, 13, 64])
    table = make(dynamodb, index(Dimensions=dimensions, DistanceFunction=function))
    vectors = {}
    for number in range(150):
        numbers = [fround(randomness.uniform(-1, 1)) for _ in range(dimensions)]
        vectors[f"p{number}"] = numbers
    for start in range(0, 150, 25):
        dynamodb.batch_write_item(RequestItems={table: [
            {"PutRequest": {"Item": {"pk": {"S": f"p{number}"}, "embedding": embedding(*vectors[f"p{number}"])}}}
            for number in range(start, start + 25)]})
    query = [fround(randomness.uniform(-1, 1)) for _ in range(dimensions)]
    dot = {pk: math.fsum(a * b for a, b in zip(query, numbers)) for pk, numbers in vectors.items()}
    expected = {
        "COSINE": lambda pk: 1 - dot[pk] / (math.hypot(*query) * math.hypot(*vectors[pk])),
        "EUCLIDEAN": lambda pk: math.dist(query, vectors[pk]), "DOT_PRODUCT": lambda pk: dot[pk]}[function]
    results = scores(dynamodb, table, numbers=query, top=20)
    best = sorted((expected(pk) for pk in vectors), reverse=function == "DOT_PRODUCT")[:20]
    assert list(results.values()) == [pytest.approx(score, rel=1e-5, abs=1e-6) for score in best]
    assert all(score == pytest.approx(expected(pk), rel=1e-5, abs=1e-6) for pk, score in results.items())


# MARK: Search schemas and projections

@pytest.fixture(scope="module")
def divided(dynamodb):
    """An index of everything, and one that is divided by tenant and filtered by category and tier."""
    schema = hashed("tenant", "category", "tier")
    table = make(
        dynamodb, index("plain"), index("schema", SearchSchema=schema),
        index("schema-keys", SearchSchema=schema, Projection={"ProjectionType": "KEYS_ONLY"}), attributes=("tenant", "category"),
        types={"tier": "N"})
    one = embedding(1, 0, 0)
    put(dynamodb, table, "p1", tenant="t1", category="c1", tier={"N": "1.0"}, embedding=one, note="n")
    put(dynamodb, table, "p2", tenant="t1", category="c2", tier={"N": "2"}, embedding=embedding(0, 1, 0))
    put(dynamodb, table, "p3", tenant="t2", category="c1", embedding=one)
    put(dynamodb, table, "p4", tenant="t1", embedding=embedding(-1, 0, 0))
    put(dynamodb, table, "p5", category="c1", embedding=one)
    yield table
    dynamodb.delete_table(TableName=table)


def test_a_divided_index_is_searched_in_one_part(dynamodb, divided):
    assert found(dynamodb, divided, "schema", **within("t1")) == ["p1", "p2", "p4"]
    assert found(dynamodb, divided, "schema", **within("t2")) == ["p3"]
    assert found(dynamodb, divided, "schema", **within("nobody")) == []
    # Without the attribute that divides it, an item is in the other index alone.
    assert sorted(found(dynamodb, divided, "plain")) == ["p1", "p2", "p3", "p4", "p5"]


def test_a_filter_comes_before_the_nearest_are_counted(dynamodb, divided):
    assert found(dynamodb, divided, "schema", top=1, **within("t1", "c2")) == ["p2"]
    condition = {
        "SearchConditionExpression": "(#t = :t AND :c = category) AND tier = :n", "ExpressionAttributeNames": {"#t": "tenant"},
        "ExpressionAttributeValues": {":t": {"S": "t1"}, ":c": {"S": "c1"}, ":n": {"N": "1.00"}}}
    assert found(dynamodb, divided, "schema", **condition) == ["p1"]
    contradiction = {
        "SearchConditionExpression": "tenant = :a AND tenant = :b",
        "ExpressionAttributeValues": {":a": {"S": "t1"}, ":b": {"S": "t2"}}}
    assert found(dynamodb, divided, "schema", **contradiction) == []


def test_keys_search_schema_and_vector_are_in_every_index(dynamodb, divided):
    item = search(dynamodb, divided, "schema-keys", top=1, **within("t1"))[0]["Item"]
    assert item == {"pk": {"S": "p1"}, "tenant": {"S": "t1"}, "category": {"S": "c1"}, "tier": {"N": "1"}}
    item = search(dynamodb, divided, "schema-keys", top=1, ProjectionExpression="embedding, note", **within("t1"))[0]["Item"]
    assert list(item) == ["embedding"]
    assert search(dynamodb, divided, "schema-keys", top=1, ProjectionExpression="note", **within("t1"))[0]["Item"] == {}


def test_a_filter_alone_is_optional(dynamodb):
    schema = hashed("x", "tier")[1:]
    table = make(dynamodb, index(SearchSchema=schema), types={"tier": "N"})
    for pk, tier in [("a", "9007199254740992"), ("b", "9007199254740993"), ("c", None)]:
        put(dynamodb, table, pk, embedding=embedding(1, 0, 0), **({"tier": {"N": tier}} if tier else {}))
    assert sorted(found(dynamodb, table)) == ["a", "b", "c"]
    assert found(
        dynamodb, table, SearchConditionExpression="tier = :n",
        ExpressionAttributeValues={":n": {"N": "9007199254740993"}}) == ["b"]


def test_keys_of_the_table_may_be_in_a_search_schema(dynamodb):
    table = make(
        dynamodb, index(SearchSchema=hashed("pk", "sk")), index("other", SearchSchema=hashed("sk", "pk")), attributes=("sk",),
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}])
    for name in ("1", "2"):
        put(dynamodb, table, f"p{name}", sk=f"s{name}", embedding=embedding(1, 0, 0))
    for name, condition in [("vix", "pk = :p"), ("vix", "pk = :p AND sk = :s"), ("other", "sk = :s AND pk = :p")]:
        values = {":p": {"S": "p1"}, ":s": {"S": "s1"}}
        assert search(
            dynamodb, table, name, SearchConditionExpression=condition,
            ExpressionAttributeValues={key: value for key, value in values.items() if key in condition})[0]["Item"] == {
                "pk": {"S": "p1"}, "sk": {"S": "s1"}}


# MARK: What a search is refused for

COMPARATOR = "Invalid SearchConditionExpression: Invalid comparator used in SearchConditionExpression"


@pytest.mark.parametrize("changes, message", [
    ({"TopK": 101}, "Provided TopK value '101' is out of valid range. The value must be between 1 and 100 inclusive"),
    ({"TopK": 0}, "1 validation error detected: Value at 'TopK' failed to satisfy constraint: Member must have value greater "
                  "than or equal to 1"),
    ({"IndexName": "ab"}, "1 validation error detected: Value at 'IndexName' failed to satisfy constraint: Member must have "
                          "length greater than or equal to 3"),
    ({"SearchVector": []}, "1 validation error detected: Value at 'SearchVector' failed to satisfy constraint: Member must have "
                           "length greater than or equal to 1"),
    ({"IndexName": "absent"}, "The table does not have the specified index: absent"),
    ({"IndexName": "schema"}, "SearchConditionExpression must be provided when SearchSchema has a HASH key"),
    ({"IndexName": "schema", "SearchConditionExpression": "category = :t"},
     "SearchConditionExpression must have all HASH attributes in configured SearchSchema"),
    ({"IndexName": "schema", "SearchConditionExpression": "tenant < :t"}, COMPARATOR),
    ({"IndexName": "schema", "SearchConditionExpression": "tenant = :t AND category < :t"}, COMPARATOR),
    ({"SearchConditionExpression": "pk <> :t"}, COMPARATOR),
    ({"SearchConditionExpression": "NOT pk = :t"},
     "Invalid SearchConditionExpression: Invalid operator used in SearchConditionExpression: NOT"),
    ({"SearchConditionExpression": "pk = :t OR tenant = :t"},
     "Invalid SearchConditionExpression: Invalid operator used in SearchConditionExpression: OR"),
    ({"SearchConditionExpression": "pk IN (:t)"},
     "Invalid SearchConditionExpression: Invalid operator used in SearchConditionExpression: IN"),
    ({"SearchConditionExpression": "begins_with(pk, :t)"},
     "Invalid SearchConditionExpression: Invalid operator used in SearchConditionExpression: begins_with"),
    ({"SearchConditionExpression": "m.a = :t"},
     "Invalid SearchConditionExpression: SearchConditionExpressions cannot have conditions on nested attributes"),
    ({"SearchConditionExpression": "bucket = :t"},
     "Invalid SearchConditionExpression: Attribute name is a reserved keyword; reserved keyword: bucket"),
    ({"SearchConditionExpression": "tenant = :x"},
     "Invalid SearchConditionExpression: An expression attribute value used in expression is not defined; attribute value: :x"),
    ({"SearchConditionExpression": "tenant = :t"},
     "SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid attribute: tenant"),
    ({"IndexName": "schema", "SearchConditionExpression": "tenant = :t", "ExpressionAttributeValues": {":t": {"N": "1"}}},
     "Type of 'tenant' attribute in SearchConditionExpression (N) does not match type in search schema (S)"),
    ({"IndexName": "schema", "SearchConditionExpression": "tenant = :t", "ExpressionAttributeValues": {":t": {"S": ""}}},
     "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. "
     "Key: tenant"),
    ({"SearchVector": vector(1, 0)}, "Input search vector dimension 2 does not match vector index dimension 3"),
    ({"SearchVector": [{"L": vector(1, 0, 0)}]},
     "Search vector contains invalid values. All values in the search vector must be a 32-bit floating-point number attribute"),
    ({"SearchVector": vector(1, "1E+39", 0)},
     "Search vector contains invalid values. All values in the search vector must be a 32-bit floating-point number attribute"),
    ({"SearchVector": vector(1, "NaN", 0)},
     "Search vector contains invalid values. All values in the search vector must be a 32-bit floating-point number attribute"),
    ({"ExpressionAttributeValues": {":t": {"S": "t1"}}},
     "ExpressionAttributeValues can only be specified when using expressions: SearchConditionExpression is null"),
    ({"ExpressionAttributeNames": {"#t": "tenant"}},
     "ExpressionAttributeNames can only be specified when using expressions"),
    ({"IndexName": "schema", "SearchConditionExpression": "tenant = :t",
      "ExpressionAttributeValues": {":t": {"S": "t1"}, ":spare": {"S": "x"}}},
     "Value provided in ExpressionAttributeValues unused in expressions: keys: {:spare}"),
    ({"ProjectionExpression": "pk,"}, "Invalid ProjectionExpression: Syntax error; token: \"<EOF>\", near: \",\""),
])
def test_a_search_that_may_not_be_is_refused(store, divided, changes, message):
    unchecked = client("dynamodb", store.endpoint, parameter_validation=False)
    parameters = {"TableName": divided, "IndexName": "plain", "SearchVector": vector(1, 0, 0), "TopK": 1} | changes
    if ":t" in parameters.get("SearchConditionExpression", "") and "ExpressionAttributeValues" not in changes:
        parameters["ExpressionAttributeValues"] = {":t": {"S": "t1"}}
    if ":x" in parameters.get("SearchConditionExpression", ""):
        parameters["ExpressionAttributeValues"] = {":t": {"S": "t1"}}
    assert invalid(unchecked.search_vectors, **parameters) == message


def test_a_search_needs_a_table(dynamodb):
    assert refusal(
        "ResourceNotFoundException", dynamodb.search_vectors, TableName="_no_such_table", IndexName="no-such-index",
        SearchVector=vector(1, 0, 0), TopK=1) == "Requested resource not found"


def test_a_search_reads_its_request_with_a_stricter_parser(store):
    valid = {"TableName": "absent", "IndexName": "vix", "SearchVector": vector(1), "TopK": 1}

    def answer(**changes):
        body = {name: value for name, value in (valid | changes).items() if value != "left out"}
        status, answer = raw(store, "SearchVectors", json.dumps(body))
        assert status == 400
        return answer["__type"].split("#")[1], answer.get("Message") or answer.get("message")

    for member, expected in [
            ("IndexName", "a string"), ("TableName", "a string"), ("SearchVector", "a sequence"), ("TopK", "i32")]:
        code, message = answer(**{member: None})
        assert code == "SerializationException"
        assert re.fullmatch(rf"invalid type: null, expected {expected} at line 1 column \d+", message), message
    assert re.fullmatch(
        r"invalid type: floating point `3.5`, expected i32 at line 1 column \d+", answer(TopK=3.5)[1])
    for changes in ({}, {"IndexName": "ab"}):
        code, message = answer(TableName="left out", **changes)
        assert code == "ValidationException"
        assert re.fullmatch(r"missing field `TableName` at line 1 column \d+", message), message
    assert re.match("missing field `IndexName`", answer(IndexName="left out")[1])
    assert re.match("missing field `TopK`", answer(TopK="left out")[1])
    assert answer(ReturnConsumedCapacity=None)[0] == "ResourceNotFoundException"


def test_queries_scans_and_statements_do_not_read_a_vector_index(dynamodb, divided):
    condition = {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "p1"}}}
    asked = {"TableName": divided, "IndexName": "plain"}
    assert invalid(dynamodb.query, **asked, **condition) == "Query operation not supported on this index type."
    assert invalid(dynamodb.query, **asked, **condition, ConsistentRead=True) == (
        "Consistent reads are not supported on global secondary indexes")
    assert invalid(dynamodb.query, **asked).startswith("Either the KeyConditions or KeyConditionExpression parameter")
    assert invalid(dynamodb.query, **asked, **condition | {"KeyConditionExpression": "pk = = :p"}).startswith(
        "Invalid KeyConditionExpression:")
    assert invalid(dynamodb.scan, **asked) == "Scan operation not supported on this index type"
    assert invalid(dynamodb.scan, **asked, ConsistentRead=True) == "Scan operation not supported on this index type"
    assert invalid(dynamodb.execute_statement, Statement=f'SELECT * FROM "{divided}"."plain"') == (
        "Scan operation not supported on this index type")
    item = dynamodb.execute_statement(Statement=f"""SELECT * FROM "{divided}" WHERE pk = 'p1'""")["Items"][0]
    assert item["embedding"] == embedding(1, 0, 0)


# MARK: Writes

BAD = [
    (embedding(1, 0),
     "One or more parameter values were invalid. Invalid size for parameter embedding, Expected: 3, Actual: 2 IndexName: plain"),
    ({"L": [{"N": "1"}, {"S": "oops"}, {"N": "0"}]},
     "One or more parameter values were invalid. Invalid type for parameter embedding[1], Expected: 32-bit floating point "
     "number, Actual: S. IndexName: plain"),
    ({"S": "not-a-vector"},
     "One or more parameter values were invalid. Invalid type for parameter embedding, Expected: 32-bit floating point number "
     "list IndexName: plain"),
    ({"NS": ["1", "2", "3"]},
     "One or more parameter values were invalid. Invalid type for parameter embedding, Expected: 32-bit floating point number "
     "list IndexName: plain"),
    (embedding(0, "-1.3E40", 0),
     "One or more parameter values were invalid. Invalid value for parameter embedding[1], Value: -1.3E+40 is outside valid "
     "range [-3.4028235E38, 3.4028235E38]. IndexName: plain"),
]


@pytest.mark.parametrize("value, message", BAD)
def test_a_vector_that_is_none_is_refused_by_every_write(dynamodb, divided, value, message):
    item = {"pk": {"S": "bad"}, "tenant": {"S": "t1"}, "embedding": value}
    assert invalid(dynamodb.put_item, TableName=divided, Item=item) == message
    assert invalid(
        dynamodb.update_item, TableName=divided, Key={"pk": {"S": "bad"}}, UpdateExpression="SET embedding = :e",
        ExpressionAttributeValues={":e": value}) == message
    good = item | {"pk": {"S": "good"}, "embedding": embedding(1, 0, 0)}
    assert invalid(dynamodb.batch_write_item, RequestItems={divided: [
        {"PutRequest": {"Item": good}}, {"PutRequest": {"Item": item}}]}) == message
    with pytest.raises(ClientError) as raised:
        dynamodb.transact_write_items(TransactItems=[
            {"Put": {"TableName": divided, "Item": good}}, {"Put": {"TableName": divided, "Item": item}}])
    error = raised.value.response
    assert message in [reason.get("Message") for reason in error.get("CancellationReasons", [])] + [error["Error"]["Message"]]
    for pk in ("good", "bad"):
        assert "Item" not in dynamodb.get_item(TableName=divided, Key={"pk": {"S": pk}})


@pytest.mark.parametrize("attribute, value, message", [
    ("tenant", {"S": ""},
     "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The "
     "AttributeValue for a key attribute cannot contain an empty string value. IndexName: schema, IndexKey: tenant"),
    ("tenant", {"N": "7"},
     "One or more parameter values were invalid. Attribute 'tenant' type mismatch. Expected: S, Actual: N. IndexName: schema"),
    ("category", {"N": "7"},
     "One or more parameter values were invalid. Attribute 'category' type mismatch. Expected: S, Actual: N. IndexName: schema"),
    ("tier", {"BOOL": True},
     "One or more parameter values were invalid. Attribute 'tier' type mismatch. Expected: N, Actual: BOOL. IndexName: schema"),
])
def test_an_attribute_of_a_search_schema_keeps_its_type(dynamodb, divided, attribute, value, message):
    item = {"pk": {"S": "bad"}, "embedding": embedding(0, 0, 1), attribute: value}
    assert invalid(dynamodb.put_item, TableName=divided, Item=item) == message
    # Without a vector the rule is the same.
    del item["embedding"]
    assert invalid(dynamodb.put_item, TableName=divided, Item=item) == message


def test_what_only_filters_may_be_empty(dynamodb):
    table = make(dynamodb, index(SearchSchema=hashed("x", "category")[1:]), attributes=("category",))
    put(dynamodb, table, "a", category="", embedding=embedding(1, 0, 0))
    assert found(
        dynamodb, table, SearchConditionExpression="category = :c", ExpressionAttributeValues={":c": {"S": ""}}) == ["a"]


def test_an_index_follows_its_items(dynamodb):
    table = make(
        dynamodb, index("plain"), index("schema", SearchSchema=hashed("tenant", "category")),
        attributes=("tenant", "category"))

    def update(expression, **values):
        dynamodb.update_item(
            TableName=table, Key={"pk": {"S": "a"}}, UpdateExpression=expression,
            **({"ExpressionAttributeValues": {f":{name}": value for name, value in values.items()}} if values else {}))

    put(dynamodb, table, "a", tenant="t1", category="c1", embedding=embedding(1, 0, 0))
    assert found(dynamodb, table, "schema", **within("t1", "c1")) == ["a"]
    update("SET tenant = :t", t={"S": "t2"})
    assert found(dynamodb, table, "schema", **within("t1")) == []
    assert found(dynamodb, table, "schema", **within("t2", "c1")) == ["a"]
    update("SET category = :c", c={"S": "c2"})
    assert found(dynamodb, table, "schema", **within("t2", "c1")) == []
    assert found(dynamodb, table, "schema", **within("t2", "c2")) == ["a"]
    update("REMOVE category")
    assert found(dynamodb, table, "schema", **within("t2", "c2")) == []
    assert found(dynamodb, table, "schema", **within("t2")) == ["a"]
    update("SET embedding[0] = :n, note = :s", n={"N": "-1"}, s={"S": "x"})
    assert scores(dynamodb, table, "schema", **within("t2")) == {"a": 2}
    assert search(dynamodb, table, "plain")[0]["Item"]["note"] == {"S": "x"}
    update("REMOVE tenant")
    assert found(dynamodb, table, "schema", **within("t2")) == []
    assert found(dynamodb, table, "plain") == ["a"]
    update("REMOVE embedding")
    assert found(dynamodb, table, "plain") == []
    dynamodb.transact_write_items(TransactItems=[
        {"Put": {"TableName": table, "Item": {"pk": {"S": pk}, "embedding": embedding(1, 0, 0)}}} for pk in ("b", "c")])
    assert sorted(found(dynamodb, table, "plain")) == ["b", "c"]
    dynamodb.delete_item(TableName=table, Key={"pk": {"S": "b"}})
    dynamodb.execute_statement(Statement=f"""INSERT INTO "{table}" VALUE {{'pk': 'd', 'embedding': [0, 1, 0]}}""")
    assert found(dynamodb, table, "plain") == ["c", "d"]
    assert described(dynamodb, table, "plain")["ItemCount"] == 2


# MARK: Capacity

LONG = "embeddingWithALongerName"
WIDE = "12345678901234567890123456789012345678"


@pytest.fixture(scope="module")
def metered(dynamodb):
    table = make(
        dynamodb, index(), index("vkeys", Projection={"ProjectionType": "KEYS_ONLY"}),
        index("vdims", VectorAttribute={"AttributeName": "sixdimvec"}, Dimensions=6),
        index("vname", VectorAttribute={"AttributeName": LONG}))
    put(dynamodb, table, "seed", embedding=embedding(1, 0, 0))
    yield table
    dynamodb.delete_table(TableName=table)


def test_a_search_is_metered_in_bytes_alone(dynamodb, metered):
    asked = {"TableName": metered, "IndexName": "vix", "SearchVector": vector(1, 0, 0), "TopK": 1}
    total, indexes = (
        dynamodb.search_vectors(**asked, ReturnConsumedCapacity=mode)["ConsumedCapacity"] for mode in ("TOTAL", "INDEXES"))
    assert total == indexes and list(total) == ["VectorSearchRequestBytes"]
    assert total["VectorSearchRequestBytes"] >= 1024
    assert "ConsumedCapacity" not in dynamodb.search_vectors(**asked, ReturnConsumedCapacity="NONE")


def written(dynamodb, table, pk, **attributes):
    """The bytes that a write is said to have cost in each vector index."""
    indexes = put(dynamodb, table, pk, **attributes).get("VectorIndexes", {})
    return {name: used["VectorWriteRequestBytes"] for name, used in indexes.items()}


def test_a_write_tells_what_it_changed_in_each_index(dynamodb, metered):
    capacity = put(dynamodb, metered, "fresh", embedding=embedding(0, 1, 0))
    assert (capacity["CapacityUnits"], capacity["Table"]["CapacityUnits"]) == (1, 1)
    assert capacity["VectorIndexes"] == {
        "vix": {"VectorWriteRequestBytes": 1024}, "vkeys": {"VectorWriteRequestBytes": 1024}}
    total = dynamodb.put_item(
        TableName=metered, ReturnConsumedCapacity="TOTAL",
        Item={"pk": {"S": "total"}, "embedding": embedding(0, 0, 1)})["ConsumedCapacity"]
    assert set(total) == {"TableName", "CapacityUnits"} and total["CapacityUnits"] == 1
    assert written(dynamodb, metered, "none", label="no-vector") == {}
    assert written(dynamodb, metered, "same", embedding=embedding(0.5, 0.5, 0)) != {}
    assert written(dynamodb, metered, "same", embedding=embedding(0.5, 0.5, 0)) == {}
    vectors = {"embedding": embedding(0.25, 0.5, 0.75)}
    written(dynamodb, metered, "projection", note="before", **vectors)
    assert written(dynamodb, metered, "projection", note="after!", **vectors) == {"vix": 1024}


def test_an_entry_costs_its_bytes_and_1024_at_the_least(dynamodb, metered):
    blob = {"blob": "x" * 1500}
    three = embedding(1, 0, 0)
    base = written(dynamodb, metered, "3a", embedding=three, **blob)
    assert base == {"vix": 2 + 2 + 9 + 12 + 4 + 1500, "vkeys": 1024}
    assert written(dynamodb, metered, "6b", sixdimvec=embedding(1, 0, 0, 0, 1, 0), **blob) == {"vdims": base["vix"] + 12}
    assert written(dynamodb, metered, "nc", **{LONG: three}, **blob) == {"vname": base["vix"] + len(LONG) - 9}
    assert written(dynamodb, metered, "td", embedding=three, note="n", **blob)["vix"] == base["vix"] + 5


@pytest.mark.parametrize("attribute, dimensions", [("embedding", 3), ("sixdimvec", 6)])
def test_a_vector_is_billed_by_its_dimensions_and_read_by_its_numbers(dynamodb, metered, attribute, dimensions):
    def item(pk, target, vector_bytes):
        fixed = 2 + len(pk) + len(attribute) + vector_bytes + 3
        return {"pk": {"S": pk}, attribute: embedding(*[WIDE] * dimensions), "pad": {"S": "x" * (target - fixed)}}

    def units(pk, target):
        return dynamodb.put_item(
            TableName=metered, ReturnConsumedCapacity="TOTAL",
            Item=item(pk, target, 4 * dimensions))["ConsumedCapacity"]["CapacityUnits"]

    stored = 3 + dimensions * (1 + 20)
    assert (units("b1", 1024), units("b2", 1025)) == (1, 2)
    assert units("r1", 4096) == 4
    assert dynamodb.get_item(
        TableName=metered, Key={"pk": {"S": "r1"}}, ConsistentRead=True,
        ReturnConsumedCapacity="TOTAL")["ConsumedCapacity"]["CapacityUnits"] == 2
    dynamodb.put_item(TableName=metered, Item=item("g0", 400 * 1024, stored))
    assert "Item size has exceeded the maximum allowed size" in invalid(
        dynamodb.put_item, TableName=metered, Item=item("g1", 400 * 1024 + 1, stored))


# MARK: Changing tables

def test_an_index_that_is_added_takes_what_it_can_of_what_is_there(dynamodb):
    table = make(dynamodb)
    put(dynamodb, table, "good", embedding=embedding(1, 0, 0), tenant="t")
    for pk, attributes in {
            "text": {"embedding": "x", "tenant": "t"}, "short": {"embedding": embedding(1, 0), "tenant": "t"},
            "large": {"embedding": embedding(1, "1e100", 0), "tenant": "t"},
            "number": {"embedding": embedding(1, 0, 0), "tenant": {"N": "1"}},
            "empty": {"embedding": embedding(1, 0, 0), "tenant": ""}, "without": {"embedding": embedding(1, 0, 0)},
            "filter": {"embedding": embedding(1, 0, 0), "tenant": "t", "category": {"N": "1"}}}.items():
        put(dynamodb, table, pk, **attributes)
    assert invalid(
        dynamodb.update_table, TableName=table, VectorIndexUpdates=[{"Create": index(SearchSchema=hashed())}]) == (
            INVALID + "One element in SearchSchema is not defined in attribute definitions")
    answer = dynamodb.update_table(
        TableName=table, AttributeDefinitions=definitions("tenant", "category")[1:],
        VectorIndexUpdates=[{"Create": index(SearchSchema=hashed("tenant", "category"))}])["TableDescription"]
    assert answer["TableStatus"] == "UPDATING"
    assert (answer["VectorIndexes"][0]["IndexStatus"], answer["VectorIndexes"][0]["Backfilling"]) == ("CREATING", False)
    ready(dynamodb, table)
    assert found(dynamodb, table, **within("t")) == ["good"]
    # What the index does not take can be changed as long as it is not what is changed.
    dynamodb.update_item(
        TableName=table, Key={"pk": {"S": "text"}}, UpdateExpression="SET note = :n",
        ExpressionAttributeValues={":n": {"S": "x"}})
    put(dynamodb, table, "text", embedding=embedding(0, 1, 0), tenant="t")
    assert found(dynamodb, table, **within("t")) == ["good", "text"]
    deleted = dynamodb.update_table(TableName=table, VectorIndexUpdates=[{"Delete": {"IndexName": "vix"}}])
    assert deleted["TableDescription"]["VectorIndexes"][0]["IndexStatus"] == "DELETING"
    after = dynamodb.describe_table(TableName=table)["Table"]
    assert "VectorIndexes" not in after and after["AttributeDefinitions"] == definitions()
    put(dynamodb, table, "free", embedding="again")
    assert invalid(
        dynamodb.search_vectors, TableName=table, IndexName="vix", SearchVector=vector(1, 0, 0), TopK=1) == (
            "The table does not have the specified index: vix")


def ready(dynamodb, table, name="vix"):
    """Waits as the guide says: until the index is ACTIVE and not being filled."""
    for _ in range(200):
        state = described(dynamodb, table, name)
        if state["IndexStatus"] == "ACTIVE":
            assert "Backfilling" not in state
            return
        time.sleep(0.02)
    raise AssertionError(state)


def add(dynamodb, table, name="vix"):
    return dynamodb.update_table(TableName=table, VectorIndexUpdates=[{"Create": index(name)}])["TableDescription"]


def states(dynamodb, table, name="vix"):
    described = dynamodb.describe_table(TableName=table)["Table"]
    one = next((one for one in described.get("VectorIndexes", []) if one["IndexName"] == name), {})
    return described["TableStatus"], one.get("IndexStatus"), one.get("Backfilling")


def test_an_index_is_added_in_phases_that_are_each_seen_once(dynamodb):
    table = make(dynamodb)
    put(dynamodb, table, "a", embedding=embedding(1, 0, 0))
    search = {"TableName": table, "IndexName": "vix", "SearchVector": vector(1, 0, 0), "TopK": 5}
    delete = {"TableName": table, "VectorIndexUpdates": [{"Delete": {"IndexName": "vix"}}]}
    busy = "Attempt to change a resource which is still in use: "
    assert add(dynamodb, table)["TableStatus"] == "UPDATING"
    assert states(dynamodb, table) == ("UPDATING", "CREATING", False)
    assert refusal("ResourceInUseException", dynamodb.update_table, **delete) == (
        f"{busy}Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is "
        f"active. Table: {table} Index: vix")
    assert refusal(
        "LimitExceededException", dynamodb.update_table, TableName=table, VectorIndexUpdates=[{"Create": index("vix2")}]) == (
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table")
    assert invalid(dynamodb.search_vectors, **search) == "The table does not have the specified index: vix"
    assert states(dynamodb, table) == ("ACTIVE", "CREATING", True)
    assert invalid(dynamodb.search_vectors, **search) == "Cannot search backfilling vector index: vix"
    assert refusal("ResourceInUseException", dynamodb.delete_table, TableName=table) == (
        f"{busy}Cannot delete table while indexes are being created, updated, or deleted.")
    assert states(dynamodb, table) == ("ACTIVE", "ACTIVE", None)
    assert found(dynamodb, table) == ["a"]
    dynamodb.update_table(**delete)
    # One that is being filled can be deleted, and its table then too.
    add(dynamodb, table)
    assert [states(dynamodb, table)[2] for _ in range(2)] == [False, True]
    dynamodb.update_table(**delete)
    assert states(dynamodb, table) == ("ACTIVE", None, None)
    dynamodb.delete_table(TableName=table)


def test_an_index_that_nobody_looks_at_is_made_too(dynamodb):
    table = make(dynamodb)
    put(dynamodb, table, "a", embedding=embedding(1, 0, 0))
    add(dynamodb, table)
    for _ in range(100):
        try:
            assert found(dynamodb, table) == ["a"]
            return
        except dynamodb.exceptions.ClientError as error:
            assert "The table does not have the specified index: vix" in str(error)
        time.sleep(0.1)
    raise AssertionError("the index was never searchable")


def test_one_index_is_made_or_deleted_at_a_time(dynamodb):
    table = make(dynamodb, index("one"))
    limit = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
    both = {"Create": index("two")}, {"Create": index("three")}
    asked = {"TableName": table, "VectorIndexUpdates": list(both)}
    assert refusal("LimitExceededException", dynamodb.update_table, **asked) == limit
    asked["VectorIndexUpdates"] = [{"Delete": {"IndexName": "absent"}}, {"Delete": {"IndexName": "other"}}]
    assert refusal("LimitExceededException", dynamodb.update_table, **asked) == limit
    assert refusal(
        "LimitExceededException", dynamodb.update_table, TableName=table, AttributeDefinitions=definitions(),
        VectorIndexUpdates=[both[0]], GlobalSecondaryIndexUpdates=[{"Create": {
            "IndexName": "gsi", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"}}}]) == limit
    assert "At least one of" in invalid(dynamodb.update_table, TableName=table, VectorIndexUpdates=[])
    assert "VectorIndexUpdate" in invalid(dynamodb.update_table, TableName=table, VectorIndexUpdates=[{}])
    assert refusal(
        "ResourceNotFoundException", dynamodb.update_table, TableName=table,
        VectorIndexUpdates=[{"Delete": {"IndexName": "absent"}}])
    for name in ("i2", "i3", "i4", "i5"):
        dynamodb.update_table(TableName=table, VectorIndexUpdates=[{"Create": index(f"vector-{name}")}])
        ready(dynamodb, table, f"vector-{name}")
    assert refusal(
        "LimitExceededException", dynamodb.update_table, TableName=table,
        VectorIndexUpdates=[{"Create": index("six")}]) == (
            "Subscriber limit exceeded: Number of vector secondary indexes exceeds per-table limit of 5")


def test_names_and_attributes_are_not_used_for_two_things(dynamodb):
    global_index = {
        "IndexName": "gsi", "KeySchema": [{"AttributeName": "x", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}
    table = make(
        dynamodb, index("vec", SearchSchema=hashed("t")), attributes=("x", "t"), GlobalSecondaryIndexes=[global_index])

    def adding(**changes):
        return invalid(
            dynamodb.update_table, TableName=table, VectorIndexUpdates=[{"Create": index("new", **changes)}])

    for name in ("vec", "gsi"):
        assert "already exists" in invalid(
            dynamodb.update_table, TableName=table, VectorIndexUpdates=[{"Create": index(name)}])
    assert adding(VectorAttribute={"AttributeName": "x"}) == (
        INVALID + "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. "
        "Existing schema: Schema:[SchemaElement: key{x:S:HASH}] New schema: VectorIndexSchema:[VectorAttribute: key{x:L:3}]")
    assert "'embedding'" in adding(Dimensions=4)
    for updates in (
            {"GlobalSecondaryIndexUpdates": [{"Create": global_index | {"IndexName": "vec"}}],
             "AttributeDefinitions": definitions("x")},
            {"GlobalSecondaryIndexUpdates": [{"Create": global_index | {
                "IndexName": "by-vector", "KeySchema": [{"AttributeName": "embedding", "KeyType": "HASH"}]}}],
             "AttributeDefinitions": definitions("embedding")},
            {"VectorIndexUpdates": [{"Create": index("new", SearchSchema=hashed("t"))}],
             "AttributeDefinitions": definitions(t="N")[1:]}):
        assert re.search("already exists|Attributes cannot be redefined", invalid(
            dynamodb.update_table, TableName=table, **updates))
    assert invalid(
        dynamodb.update_table, TableName=table, BillingMode="PROVISIONED",
        ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}, GlobalSecondaryIndexUpdates=[{"Update": {
            "IndexName": "gsi", "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}}}]) == (
                INVALID + "Vector indexes are only supported for PAY_PER_REQUEST tables")


# MARK: Copies, and the end of a process

def test_a_backup_has_the_indexes_and_a_restore_fills_them(dynamodb):
    table = make(dynamodb, index(), index("other", SearchSchema=hashed()), attributes=("tenant",))
    put(dynamodb, table, "a", embedding=embedding(1, 0, 0), tenant="t1")
    backup = dynamodb.create_backup(TableName=table, BackupName="kept")["BackupDetails"]["BackupArn"]
    features = dynamodb.describe_backup(BackupArn=backup)["BackupDescription"]["SourceTableFeatureDetails"]
    assert features["VectorIndexes"] == [index(), index("other", SearchSchema=hashed())]
    dynamodb.restore_table_from_backup(TargetTableName=f"{table}-1", BackupArn=backup)
    assert found(dynamodb, f"{table}-1", "other", **within("t1")) == found(dynamodb, f"{table}-1") == ["a"]
    dynamodb.restore_table_from_backup(
        TargetTableName=f"{table}-2", BackupArn=backup, VectorIndexOverride=[index()])
    restored = dynamodb.describe_table(TableName=f"{table}-2")["Table"]
    assert [one["IndexName"] for one in restored["VectorIndexes"]] == ["vix"]
    assert restored["AttributeDefinitions"] == definitions()
    assert "does not match any vector index" in invalid(
        dynamodb.restore_table_from_backup, TargetTableName=f"{table}-3", BackupArn=backup,
        VectorIndexOverride=[index(Dimensions=4)])


def test_a_killed_process_leaves_index_and_items_agreed(tmp_path):
    """Writes go on while the process is killed; what is found afterwards is what is there, and the checker agrees."""
    acknowledged = {}
    for turn in range(4):
        with Roost("store", "--port", "0", "--data-dir", tmp_path) as roost:
            dynamodb = client("dynamodb", roost.address("DynamoDB"))
            if turn == 0:
                dynamodb.create_table(
                    TableName="vectors", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=definitions("tenant"),
                    KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
                    VectorIndexes=[index(), index("divided", SearchSchema=hashed())])
            items = {item["pk"]["S"]: item for item in dynamodb.scan(TableName="vectors")["Items"]}
            assert set(acknowledged) <= set(items)
            assert set(found(dynamodb, "vectors", top=100)) == {pk for pk in items if "embedding" in items[pk]}
            assert described(dynamodb, "vectors")["ItemCount"] == sum("embedding" in item for item in items.values())
            killer = threading.Timer(0.2 + 0.1 * turn, roost.kill)
            killer.start()
            with pytest.raises(BotoCoreError):
                for number in itertools.count():
                    pk = f"p{number % 30}"
                    dynamodb.put_item(TableName="vectors", Item={
                        "pk": {"S": pk}, "tenant": {"S": f"t{number % 3}"},
                        **({"embedding": embedding(number, turn, 1)} if number % 7 else {})})
                    acknowledged[pk] = number
            killer.join()
        checked = subprocess.run(
            [ROOST, "store", "check", "--data-dir", tmp_path], capture_output=True, text=True, timeout=60)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    assert acknowledged
