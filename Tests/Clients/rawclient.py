"""A DynamoDB client on bare sockets: as fast as Python allows, and free to send what an SDK would not.

It is for load, histories and malformed requests; that an SDK is understood is for boto3's tests to show.
"""

import asyncio
import json

HEADERS = (
    "Host: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20260101T000000Z\r\n"
    "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0" * 64 + "\r\n")


class Refused(Exception):
    """An answer that is no success."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body[:400]!r}")
        self.status = status
        self.body = body
        try:
            answer = json.loads(body)
        except ValueError:
            answer = {}
        self.code = answer.get("__type", "").split("#")[-1]
        self.reasons = [reason.get("Code") for reason in answer.get("CancellationReasons", [])]


class Lost(Exception):
    """The connection ended before the answer: whether the request was done is not known."""


class RawClient:
    """One connection, one request at a time."""

    def __init__(self, port):
        self.port = port
        self.reader = self.writer = None

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        self.close()

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None

    async def call(self, operation, parameters, service="DynamoDB_20120810"):
        status, body = await self.send(f"{service}.{operation}", json.dumps(parameters).encode())
        if status != 200:
            raise Refused(status, body)
        return json.loads(body)

    async def send(self, target, body, headers=HEADERS):
        """The status and body of the answer."""
        head = f"POST / HTTP/1.1\r\n{headers}X-Amz-Target: {target}\r\nContent-Length: {len(body)}\r\n\r\n"
        return await self.exchange(head.encode("utf-8", "surrogateescape") + body)

    async def exchange(self, message):
        try:
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
            self.writer.write(message)
            while (head := await self.reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1] == b"100":
                pass  # "Expect: 100-continue" has an interim answer
            fields = head.decode("latin-1").lower().split("\r\n")
            length = next((int(field[15:]) for field in fields if field.startswith("content-length:")), 0)
            body = await self.reader.readexactly(length)
            if "connection: close" in fields:
                self.close()
            return int(fields[0].split()[1]), body
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise Lost(str(error)) from error
        except asyncio.CancelledError:
            # An answer that is still on its way must not be taken for the next request's.
            self.close()
            raise


def s(text):
    return {"S": text}


def n(number):
    return {"N": str(number)}


def port_of(roost):
    """The port of a `roost store` that was started by conftest's Roost."""
    return int(roost.address("DynamoDB").rsplit(":", 1)[1])
