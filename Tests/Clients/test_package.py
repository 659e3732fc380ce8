"""The zips of `make package`, each run in a root with its own files and the C library's: no Swift, libcurl, zones or trust."""

import hashlib
import http.server
import json
import os
import platform
import shutil
import ssl
import subprocess
import sys
import threading
import zipfile
from contextlib import contextmanager

import pytest

from conftest import ROOST, ROOT
from isolation import IsolatedFunction, unshare

FUNCTIONS = ["api", "auth", "routing", "stream-processor", "websocket-connect"]
WITH_TIME_ZONES = {"api", "routing"}
MEGABYTE = 1_000_000
# TrustStore.systemPaths: Amazon Linux, Debian, macOS and Alpine.
TRUST_STORES = ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem"]

pytestmark = pytest.mark.skipif(platform.system() != "Linux", reason="zips are built on Linux")


def package(folder, *names):
    return subprocess.run(
        [ROOT / "scripts/package", "--into", folder, *names], capture_output=True, text=True, timeout=1800)


@pytest.fixture(scope="session")
def zips(tmp_path_factory):
    """The five and the no-op function, packaged from what is built."""
    folder = tmp_path_factory.mktemp("lambda")
    answer = package(folder, *FUNCTIONS, "noop")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return folder


@pytest.fixture(scope="session")
def namespaces():
    command, reason = unshare()
    if not command:
        print(f"isolated roots: {reason}", file=sys.stderr)
        pytest.skip(reason)
    return command


@pytest.fixture(scope="session")
def launchers(zips, namespaces, tmp_path_factory):
    """A folder of programs, one for each function, that run the zips in their roots."""
    folder, roots = tmp_path_factory.mktemp("launchers"), tmp_path_factory.mktemp("roots")
    for name in FUNCTIONS:
        IsolatedFunction(zips / f"{name}.zip", roots / name).launcher(namespaces, folder / name)
    return folder


def test_sizes_and_contents(zips):
    for name in [*FUNCTIONS, "noop"]:
        archive = zips / f"{name}.zip"
        assert archive.stat().st_size <= (6 if name == "noop" else 8) * MEGABYTE, name
        with zipfile.ZipFile(archive) as opened:
            names = opened.namelist()
            assert "bootstrap" in names
            assert opened.getinfo("bootstrap").external_attr >> 16 & 0o777 == 0o755
            assert ("zoneinfo/Europe/Paris" in names) == (name in WITH_TIME_ZONES)
            assert all(entry == "bootstrap" or entry.startswith("zoneinfo/") for entry in names)


def test_the_same_program_gives_the_same_bytes(zips, tmp_path):
    assert package(tmp_path, "noop", "routing").returncode == 0
    for name in ("noop.zip", "routing.zip"):
        first, second = ((folder / name).read_bytes() for folder in (zips, tmp_path))
        assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest(), name


def test_a_newer_symbol_and_a_shared_library_are_refused_by_name(tmp_path):
    source, program = tmp_path / "new.c", tmp_path / "new"
    # arc4random came with glibc 2.36.
    source.write_text("unsigned arc4random(void);\n#include <zlib.h>\nint main(void) { return (int)arc4random() + zlibVersion()[0]; }\n")
    built = subprocess.run(["cc", "-o", program, source, "-lz"], capture_output=True, text=True)
    if built.returncode != 0:
        pytest.skip(f"no such program can be linked here: {built.stderr}")
    answer = subprocess.run([ROOT / "scripts/check-program", program], capture_output=True, text=True)
    assert answer.returncode == 1
    assert "new needs arc4random of glibc 2.36" in answer.stderr
    assert "new needs the shared library libz.so.1" in answer.stderr


def demo(launchers, *arguments):
    answer = subprocess.run(
        [ROOST, "demo", "--json", "--functions-dir", launchers, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300)
    return answer.returncode, json.loads(answer.stdout)["rows"]


def test_every_fixture_and_step_is_answered_by_the_packaged_functions(launchers):
    code, rows = demo(launchers)
    assert [row for row in rows if row.get("failure")] == []
    assert code == 0
    assert {row["function"] for row in rows if row["group"] == "events"} == set(FUNCTIONS)


def test_time_zones_are_those_of_the_zip(launchers, zips, namespaces, tmp_path):
    """Somebody moves to Europe/Zurich; without the zip's files there is no such zone in a root that has no /usr."""
    events = shutil.copytree(ROOT / "events", tmp_path / "events")
    for case in events.glob("*/*.json"):
        if case.parent.name != "states" and not case.name.startswith("preferences-change."):
            case.unlink()
    code, rows = demo(launchers, "--events", events)
    assert (code, [row["function"] for row in rows]) == (0, ["api"])

    without = shutil.copytree(launchers, tmp_path / "without")
    api = IsolatedFunction(zips / "api.zip", tmp_path / "api")
    shutil.rmtree(api.task / "zoneinfo")
    api.launcher(namespaces, without / "api")
    code, rows = demo(without, "--events", events)
    assert (code, [bool(row.get("failure")) for row in rows]) == (1, [True])


class ScriptedRuntimeAPI:
    """Hands out one event and keeps what comes back: the method's path and its body."""

    def __init__(self, event):
        self.answers, self.answered = [], threading.Event()
        outer, pending = self, [event]

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if not pending:
                    outer.answered.wait(60)
                    return self.close_connection_now()
                body = pending.pop()
                self.send_response(200)
                for name, value in {
                    "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
                    "Lambda-Runtime-Deadline-Ms": "99999999999999",
                    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:packaged",
                    "Content-Length": str(len(body)),
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.answers.append((self.path.rsplit("/", 1)[-1], json.loads(body)))
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()
                outer.answered.set()

            def close_connection_now(self):
                self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class TLSService:
    """An AWS endpoint over TLS that refuses every call, and counts them."""

    def __init__(self, certificate):
        self.calls = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.calls.append(self.headers.get("X-Amz-Target"))
                body = b'{"__type":"AccessDeniedException","message":"no"}'
                self.send_response(400)
                self.send_header("Content-Type", "application/x-amz-json-1.0")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                """A client that does not trust us hangs up; that is what is tested."""

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server.server_port


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A certificate authority's file, and a certificate of it for service.roost.test."""
    folder = tmp_path_factory.mktemp("authority")

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    openssl("req", "-x509", *curve, "-keyout", "authority.key", "-out", "authority.pem", "-subj", "/CN=Roost test authority")
    openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=service.roost.test")
    (folder / "names").write_text("subjectAltName=DNS:service.roost.test\n")
    openssl(
        "x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "2",
        "-extfile", "names", "-out", "server.pem")
    both = folder / "both.pem"
    both.write_text((folder / "server.key").read_text() + (folder / "server.pem").read_text())
    return (folder / "authority.pem").read_text(), both


@contextmanager
def running(command, environment):
    process = subprocess.Popen([command], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def call_over_https(zips, namespaces, folder, service, files):
    """Runs the packaged `auth` on a log-in; its services are behind TLS, under a name that /etc/hosts has."""
    function = IsolatedFunction(zips / "auth.zip", folder / "root")
    function.put("/etc/hosts", "127.0.0.1 service.roost.test\n")
    for path, text in files.items():
        function.put(path, text)
    runtime = ScriptedRuntimeAPI((ROOT / "events/auth/login-password.json").read_bytes())
    environment = {
        "PATH": os.environ["PATH"], "AWS_LAMBDA_RUNTIME_API": runtime.address, "_HANDLER": "auth", "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_LAMBDA_FUNCTION_NAME": "auth",
        "AWS_ENDPOINT_URL": f"https://service.roost.test:{service.port}", "ENTITIES_TABLE": "entities",
        "EPHEMERAL_TABLE": "ephemeral", "STAGE": "v1", "TOKEN_SECRET_ID": "token", "DATA_KEY_SECRET_ID": "key",
        "DEFAULT_ORGANIZATION": "classmates",
    }
    with running(function.launcher(namespaces, folder / "auth"), environment) as process:
        assert runtime.answered.wait(60), "nothing was answered"
        process.kill()
        log = process.stdout.read()
    return runtime.answers, log


@pytest.mark.parametrize("path", TRUST_STORES)
def test_https_trusts_what_the_system_trusts(zips, namespaces, authority, tmp_path, path):
    bundle, certificate = authority
    service = TLSService(certificate)
    _, log = call_over_https(zips, namespaces, tmp_path, service, {path: bundle})
    assert service.calls, log


def test_https_is_refused_without_a_trust_store(zips, namespaces, authority, tmp_path):
    service = TLSService(authority[1])
    _, log = call_over_https(zips, namespaces, tmp_path, service, {})
    assert service.calls == []
    assert all(path in log for path in TRUST_STORES), log


def test_https_is_refused_to_a_server_of_another_authority(zips, namespaces, authority, tmp_path):
    other = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", os.devnull, "-subj", "/CN=Another"],
        check=True, capture_output=True, text=True).stdout
    service = TLSService(authority[1])
    _, log = call_over_https(zips, namespaces, tmp_path, service, {TRUST_STORES[0]: other})
    assert service.calls == [], log
