"""The HTTP API by plain HTTP: somebody's way in, and everything that is refused on it."""

import base64
import concurrent.futures
import hashlib
import hmac
import http.client
import json
import re
import socket
import time
import urllib.parse

import pytest
from classmates import PASSWORD, School, call, new_phone
from conftest import Emulator
from processes import children


@pytest.fixture(scope="module")
def school(emulator):
    return School(emulator)


@pytest.fixture
def serves_on(emulator):
    """Whatever a test does, the emulator answers the next request."""
    yield
    assert call(emulator.http, "GET", "/health").json()["data"]["status"] == "ok"
    assert emulator.process.poll() is None


def assert_envelope(answer, status, code):
    assert answer.status == status, answer.body
    body = answer.json()
    assert body["success"] is False and body["data"] is None
    assert body["error"]["code"] == code
    assert body["error"]["message"] and body["error"]["request_id"] and body["error"]["timestamp"]
    return body["error"]


# A token made with nothing of ours but the secret (RFC 7519, RFC 7515).

def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(claims, secret, algorithm="HS256"):
    head = encoded(json.dumps({"alg": algorithm, "typ": "JWT"}).encode()) + "." + encoded(json.dumps(claims).encode())
    return head + "." + encoded(hmac.digest(secret.encode(), head.encode(), hashlib.sha256))


def claims_of(token):
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


@pytest.fixture(scope="module")
def secret(emulator):
    return emulator.client("secretsmanager").get_secret_value(SecretId="roost/token")["SecretString"]


def test_from_registration_to_the_first_request_with_a_token(emulator):
    school = School(emulator)
    phone = new_phone()
    registered = school.call(
        "POST", "/auth/register", json_body={"full_name": "Ada Lovelace", "phone_number": phone, "password": PASSWORD})
    assert registered.status == 201, registered.body
    user = registered.json()["data"]["id"]

    code = re.search(r"\b\d{6}\b", emulator.inbox("sms", phone)[0]["text"]).group()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert_envelope(
        school.call("POST", "/auth/verify-sms", json_body={"phone_number": phone, "code": wrong}), 400, "INVALID_CODE")
    verified = school.call("POST", "/auth/verify-sms", json_body={"phone_number": phone, "code": code})
    assert verified.status == 200 and verified.json()["data"]["phone_verified"] is True

    login = {"phone_number": phone, "password": PASSWORD}
    assert_envelope(school.call("POST", "/auth/login", json_body=login), 403, "PENDING_APPROVAL")
    approved = school.admin().call("POST", "/auth/approve-user", json_body={"user_id": user})
    assert approved.json()["data"] == approved.json()["data"] | {"id": user, "status": "approved"}

    tokens = school.call("POST", "/auth/login", json_body=login).json()["data"]
    me = school.call("GET", "/api/users/me", token=tokens["access_token"])
    assert me.status == 200
    assert (me.json()["data"]["id"], me.json()["data"]["phone_number"]) == (user, phone)

    refreshed = school.call("POST", "/auth/refresh-token", json_body={"refresh_token": tokens["refresh_token"]})
    assert refreshed.status == 200, refreshed.body
    reused = school.call("POST", "/auth/refresh-token", json_body={"refresh_token": tokens["refresh_token"]})
    assert_envelope(reused, 401, "INVALID_CREDENTIALS")


def test_malformed_json_is_refused_in_the_envelope(school, serves_on):
    answer = school.call("POST", "/auth/login", body='{"phone_number": ', headers={"Content-Type": "application/json"})
    assert_envelope(answer, 400, "INVALID_JSON")


def test_another_content_type_is_refused(school, serves_on):
    answer = school.call("POST", "/auth/login", body="a=b", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert_envelope(answer, 415, "UNSUPPORTED_MEDIA_TYPE")


def test_wrong_fields_are_named(school, serves_on):
    answer = school.call("POST", "/auth/login", json_body={"phone_number": "12", "nickname": "x"})
    assert sorted(assert_envelope(answer, 400, "INVALID_INPUT")["fields"]) == ["nickname", "phone_number"]


@pytest.mark.parametrize("megabytes", [7, 11])
def test_a_body_over_lambdas_or_the_gateways_limit_is_refused(school, serves_on, megabytes):
    body = json.dumps({"content": "x" * megabytes * 1_000_000})
    answer = school.call("POST", "/auth/login", body=body, headers={"Content-Type": "application/json"})
    assert (answer.status, answer.json()) == (413, {"message": "Request Entity Too Large"})


def test_a_body_without_a_declared_length_is_refused_at_the_limit_too(school, serves_on):
    piece = b"x" * 1_000_000
    try:
        answer = school.call("POST", "/auth/login", body=(piece for _ in range(12)), headers={"Content-Type": "text/plain"})
    except (BrokenPipeError, ConnectionResetError) as error:
        pytest.fail(f"cut off before the answer could be read: {error}")
    assert answer.status == 413


def test_a_route_that_is_not_there_is_404(emulator, serves_on):
    for method, path in [("GET", "/nowhere"), ("DELETE", "/health"), ("HEAD", "/health"), ("OPTIONS", "/health")]:
        answer = call(emulator.http, method, path)
        assert answer.status == 404, (method, path)
        assert answer.body == (b"" if method == "HEAD" else b'{"message":"Not Found"}')


def test_a_path_that_the_function_does_not_know_is_404_in_the_envelope(emulator, serves_on):
    assert_envelope(call(emulator.http, "GET", "/auth/nowhere"), 404, "NOT_FOUND")


def test_without_a_token_that_we_signed_nobody_passes(emulator, school, secret, serves_on):
    token = school.admin().token
    claims = claims_of(token)
    now = int(time.time())
    bad = {
        "none": None,
        "garbage": "x",
        "unsigned": encoded(b'{"alg":"none"}') + "." + token.split(".")[1] + ".",
        "another secret": signed(claims, secret[::-1]),
        "expired": signed(claims | {"iat": now - 1000, "exp": now - 100}, secret),
        "another session": signed(claims | {"sid": claims["sub"]}, secret),
        "another organization": signed(claims | {"org": "elsewhere"}, secret),
    }
    for name, token in bad.items():
        answer = call(emulator.http, "GET", "/api/users/me", token=token)
        assert (name, answer.status, answer.json()) == (name, 401, {"message": "Unauthorized"})


def test_our_tokens_are_what_others_take_and_make_for_jwt(school, secret):
    admin = school.admin()
    head, body, signature = admin.token.split(".")
    assert hmac.compare_digest(encoded(hmac.digest(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256)), signature)
    claims = claims_of(admin.token)
    assert claims["sub"] == admin.id and claims["org"] == school.id
    assert claims["exp"] - claims["iat"] == 900
    assert school.call("GET", "/api/users/me", token=signed(claims | {"exp": claims["exp"] - 1}, secret)).status == 200


def test_after_logout_the_session_cannot_be_refreshed(school):
    somebody = school.person("Ben Ortiz")
    ended = somebody.call("POST", "/auth/logout")
    assert ended.status == 200, ended.body
    answer = school.call("POST", "/auth/refresh-token", json_body={"refresh_token": somebody.refresh_token})
    assert_envelope(answer, 401, "INVALID_CREDENTIALS")


def test_a_preflight_request_is_answered_by_the_apis_configuration(emulator, serves_on):
    answer = call(emulator.http, "OPTIONS", "/api/forums", headers={
        "Origin": "https://app.example", "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type"})
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"].split(",")
    assert "Authorization" in answer.headers["access-control-allow-headers"].split(",")
    assert answer.headers["access-control-max-age"] == "600"
    marked = call(emulator.http, "GET", "/health", headers={"Origin": "https://app.example"})
    assert marked.headers["access-control-allow-origin"] == "*"
    assert marked.headers["access-control-expose-headers"] == "Retry-After"


def test_percent_encoded_paths_are_decoded_once(school, serves_on):
    admin = school.admin()
    assert admin.call("GET", "/api/users/m%65").json()["data"]["id"] == admin.id
    assert admin.call("GET", f"/api/users/{urllib.parse.quote(admin.id, safe='').replace('-', '%2D')}").status == 200
    for path in ("/api/users/caf%C3%A9", "/api/users/a%2Fb", "/api/users/%2565", "/api/users/%00", "/api/users/%FF"):
        answer = admin.call("GET", path)
        assert answer.status in (400, 404), (path, answer.status, answer.body)
    for path in ("/api/users/%", "/api/users/%ZZ", "/api/users/a//b", "//api/users/me", "/api/../health"):
        assert 400 <= admin.call("GET", path).status < 500, path


@pytest.mark.parametrize("request_bytes, statuses", [
    (b"\x16\x03\x01\x00\xa5\x01\x00\x00\r\n\r\n", {None, 400}),
    (b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 11_000 + b"\r\n\r\n", {431}),
    (b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", {431}),
    (b"POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", {400}),
    (b"POST /auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", {400}),
    (b"GET /he\x00alth HTTP/1.1\r\nHost: x\r\n\r\n", {400, 404}),
    (b"GET /api/users/\xff HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\r\n\r\n", {400, 401}),
    (b"GET /health?a=%ff&b=%zz&&=&c HTTP/1.0\r\n\r\n", {200}),
], ids=["TLS", "long header", "longer header", "length", "chunk", "NUL", "bytes", "query"])
def test_what_is_hardly_http_is_refused_or_dropped(emulator, serves_on, request_bytes, statuses):
    address = urllib.parse.urlsplit(emulator.http)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(request_bytes)
        answer = connection.recv(65_536)
    assert (int(answer.split()[1]) if answer else None) in statuses


def test_a_client_that_leaves_in_the_middle_of_its_request_disturbs_nobody(emulator, serves_on):
    address = urllib.parse.urlsplit(emulator.http)
    for _ in range(20):
        with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
            connection.sendall(b"POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\nabc")


def test_many_requests_go_over_one_connection(emulator, serves_on):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(emulator.http).netloc, timeout=30)
    connection.connect()
    opened = connection.sock
    try:
        for number in range(200):
            path, status = [("/health", 200), ("/nowhere", 404), ("/api/users/me", 401)][number % 3]
            assert call(emulator.http, "GET", path, connection=connection).status == status
            assert connection.sock is opened
    finally:
        connection.close()


def test_requests_at_the_same_time_get_more_environments_up_to_the_limit(tmp_path):
    with Emulator(tmp_path) as roost:
        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(lambda _: call(roost.http, "GET", "/health").status, range(50)))
        environments = [name for name in children(roost.process.pid).values() if name == "api"]
    assert answers == [200] * 50
    assert 1 < len(environments) <= 10
