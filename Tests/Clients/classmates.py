"""What users and operators of the Classmates system do, by plain HTTP and boto3."""

import http.client
import itertools
import json
import urllib.parse
import uuid

PASSWORD = "a long enough password"
_numbers = itertools.count(1)


class Answer:
    """An HTTP answer; header names are in lower case."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


def call(base, method, path, *, token=None, json_body=None, body=None, headers=None, connection=None):
    """One request; on a connection of its own unless one is given."""
    headers = dict(headers or {})
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if json_body is not None:
        body = json.dumps(json_body)
        headers.setdefault("Content-Type", "application/json")
    own = connection is None
    if own:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=60)
    try:
        connection.request(method, path, body=body, headers=headers)
        return Answer(connection.getresponse())
    finally:
        if own:
            connection.close()


def new_phone():
    """A number that nobody else in the test run has."""
    return f"+4179{next(_numbers):07}"


def operator(emulator, command):
    """An operator's direct invocation of `auth`."""
    answer = emulator.client("lambda").invoke(FunctionName="AuthFunction", Payload=json.dumps(command))
    result = json.load(answer["Payload"])
    assert "FunctionError" not in answer, result
    return result


class Person:
    def __init__(self, school, user_id, phone):
        self.school, self.id, self.phone = school, user_id, phone
        self.token = self.refresh_token = None

    def log_in(self):
        answer = self.school.call("POST", "/auth/login", json_body={"phone_number": self.phone, "password": PASSWORD})
        assert answer.status == 200, answer.body
        tokens = answer.json()["data"]
        self.token, self.refresh_token = tokens["access_token"], tokens["refresh_token"]
        return self

    def call(self, method, path, **options):
        return self.school.call(method, path, token=self.token, **options)

    def write_to(self, other, content):
        answer = self.call("POST", "/api/messages", json_body={"recipient_id": other.id, "content": content})
        assert answer.status == 201, answer.body
        return answer.json()["data"]["id"]

    def is_reached_by(self, channel):
        answer = self.call("PUT", "/api/preferences", json_body={"primary_channel": channel})
        assert answer.status == 200, answer.body


class School:
    """An organization of its own, so that one test's users, limits and messages are not another's."""

    def __init__(self, emulator):
        self.emulator = emulator
        self.admin_phone = new_phone()
        name = f"School {uuid.uuid4().hex[:12]}"
        answer = operator(emulator, {
            "command": "create-organization", "name": name, "blueprint": "classmates",
            "admin": {"full_name": "Grace Hopper", "phone_number": self.admin_phone, "password": PASSWORD}})
        self.id = answer["organization"]["id"]
        self.admin_id = answer["admin"]["id"]

    def admin(self):
        return Person(self, self.admin_id, self.admin_phone).log_in()

    def person(self, name, **more):
        """Somebody whom the operator brought in, logged in."""
        phone = new_phone()
        user = {"full_name": name, "phone_number": phone, "password": PASSWORD} | more
        answer = operator(self.emulator, {"command": "create-user", "organization": self.id, "user": user})
        return Person(self, answer["user"]["id"], phone).log_in()

    def call(self, method, path, *, headers=None, **options):
        return call(self.emulator.http, method, path, headers={"X-Organization": self.id} | (headers or {}), **options)
