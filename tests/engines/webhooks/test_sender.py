"""A webhook goes only where it may, signed, once a call, and comes back with an answer in bounded time."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from pandok.core.webhook_signature import holds
from pandok.engines.webhooks.sender import WebhookSender, allowed_origins
from pandok.engines.webhooks.target import WebhookNotDelivered, WebhookRefused, check_target, is_public

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Receiver(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.calls: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 200
        self.drip = threading.Event()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((self.path, dict(self.headers), body))
        if self.path == "/never":
            self.server.drip.wait(timeout=30)
            return
        self.send_response(self.server.status)
        self.send_header("Location", f"{self.server.origin}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.drip.set()
            server.shutdown()
            thread.join()


@pytest.fixture
def server() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


def sender(server: Receiver, **options: Any) -> WebhookSender:
    return WebhookSender(allowed_origins(server.origin), **options)


def test_an_allowed_address_is_called_with_a_signature(server: Receiver) -> None:
    body = '{"case":"판독"}'.encode()
    assert sender(server).send(f"{server.origin}/hook?a=1", body, "s3cret", "case-7:closed", now=NOW) == 200
    ((path, headers, received),) = server.calls
    assert (path, received) == ("/hook?a=1", body)
    assert headers["Content-Type"] == "application/json"
    assert headers["Pandok-Delivery"] == "case-7:closed"
    assert holds("s3cret", received, headers["Pandok-Signature"], now=NOW)
    assert "s3cret" not in str(headers)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 404, 500, 503])
def test_another_answer_is_no_delivery_and_no_redirect_is_followed(server: Receiver, status: int) -> None:
    server.status = status
    with pytest.raises(WebhookNotDelivered, match=str(status)):
        sender(server).send(f"{server.origin}/hook", b"{}", "s", "k", now=NOW)
    assert [path for path, _, _ in server.calls] == ["/hook"]


def test_gone_is_not_tried_again(server: Receiver) -> None:
    server.status = 410
    with pytest.raises(WebhookRefused):
        sender(server).send(f"{server.origin}/hook", b"{}", "s", "k", now=NOW)


def test_a_server_that_never_answers_is_hung_up_on(server: Receiver) -> None:
    with pytest.raises(WebhookNotDelivered):
        sender(server, timeout_s=0.2).send(f"{server.origin}/never", b"{}", "s", "k", now=NOW)


def test_nobody_at_home_is_not_delivered(server: Receiver) -> None:
    server.server_close()
    with pytest.raises(WebhookNotDelivered):
        sender(server).send(f"{server.origin}/hook", b"{}", "s", "k", now=NOW)


class WordlessTls(ssl.SSLContext):
    def wrap_socket(self, *_: Any, **__: Any) -> ssl.SSLSocket:
        raise ConnectionAbortedError


def test_an_error_without_words_is_noted_by_its_name(server: Receiver) -> None:
    origin = server.origin.replace("http:", "https:")
    silent = WebhookSender(allowed_origins(origin), context=WordlessTls(ssl.PROTOCOL_TLS_CLIENT))
    with pytest.raises(WebhookNotDelivered, match="ConnectionAbortedError"):
        silent.send(f"{origin}/hook", b"{}", "s", "k", now=NOW)


def test_without_permission_the_own_machine_is_not_called(server: Receiver) -> None:
    for url in (
        f"{server.origin}/hook",
        f"https://127.0.0.1:{server.server_port}/",
        f"https://localhost:{server.server_port}/",
    ):
        with pytest.raises(WebhookRefused):
            WebhookSender().send(url, b"{}", "s", "k", now=NOW)
    assert server.calls == []


def test_permission_is_for_one_origin_only(server: Receiver) -> None:
    allowed = allowed_origins(f"{server.origin}/, https://desk.example")
    with receiver() as other, pytest.raises(WebhookRefused):
        check_target(f"{other.origin}/", allowed)
    assert check_target(f"{server.origin}/x", allowed).path == "/x"
    assert check_target("https://desk.example", allowed, lambda *_: ["10.0.0.7"]).addresses == ("10.0.0.7",)


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.215.14/",
        "ftp://example.org/",
        "https://",
        "https://user:pw@example.org/",
        "https://example.org/#part",
        "https://example.org/a b",
        "https://example.org/\r\nHost: other",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exämple.org/",
        "https://example.org/" + "a" * 2000,
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_public_https_address_is_refused(url: str) -> None:
    with pytest.raises(WebhookRefused):
        check_target(url, frozenset(), lambda *_: ["93.184.215.14"])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
        "fec0::1", "192.0.0.8", "192.0.0.170", "192.88.99.1", "198.18.0.1", "192.31.196.1", "203.0.113.9", "0.1.2.3",
        "::ffff:192.88.99.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1",
        "2001:2::1", "2001:20::1", "2001:db8::1", "3fff::1", "3ffe::1", "5f00::1", "4000::1", "fd00::1", "ff0e::1",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(WebhookRefused):
        check_target("https://name.example/", frozenset(), lambda *_: ["93.184.215.14", address])


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_outside_are_fine(address: str) -> None:
    assert check_target("https://name.example/", frozenset(), lambda *_: [address]).addresses == (address,)


def test_numbers_in_disguise_are_resolved_before_they_are_judged() -> None:
    for disguised in ("https://2130706433/", "https://0x7f.1/", "https://127.1/"):
        with pytest.raises((WebhookRefused, WebhookNotDelivered)):
            check_target(disguised, frozenset())


def test_the_connection_goes_to_the_address_that_was_checked(server: Receiver) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(f"{host}:{port}")
        return ["127.0.0.1"]

    allowed = allowed_origins(f"http://desk.example:{server.server_port}")
    WebhookSender(allowed, resolve=resolve).send(f"http://desk.example:{server.server_port}/", b"{}", "s", "k", now=NOW)
    assert asked == [f"desk.example:{server.server_port}"]
    assert server.calls[0][1]["Host"] == f"desk.example:{server.server_port}"


def test_a_name_without_an_address_is_tried_again_later() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError(f"{host}:{port} unknown")

    with pytest.raises(WebhookNotDelivered):
        check_target("https://name.example/", frozenset(), resolve)


def test_a_setting_that_is_no_list_of_addresses_is_refused() -> None:
    assert allowed_origins("") == frozenset()
    with pytest.raises(WebhookRefused):
        allowed_origins("10.0.0.5:9000")
