"""HTTPS as it is documented: the real server behind a real proxy that ends TLS, and proxies that are not trusted."""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from pandok.core.errors import RequestError
from pandok.web.proxies import TrustedProxies, trusted_networks
from tests.own_postgresql import on_store, opened_store
from tests.web.test_serve import LONGEST_START_S
from tests.web.tls_proxy import certificate, running_tls_proxy

PASSWORD = "open sesame 27"


@dataclass
class Served:
    home: Path
    backend: str
    proxy: str
    other_proxy: str
    """Calls from an address that is not trusted."""
    pem: Path

    def ask(
        self, method: str, url: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        parts = urlsplit(url)
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=str(self.pem))
            connection: Any = http.client.HTTPSConnection(parts.netloc, timeout=30, context=context)
        else:
            connection = http.client.HTTPConnection(parts.netloc, timeout=30)
        body = urlencode(form) if form is not None else None
        sent = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        connection.request(method, parts.path or "/", body, sent | headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, page

    def addresses_of_failures(self, name: str) -> list[str]:
        with opened_store(self.home) as database:
            found = database.execute(f"SELECT address FROM desk_signinfailure WHERE username = '{name}'")
            return [str(row[0]) for row in found]

    def sign_in(self, name: str, password: str, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
        """As a browser does it: page, token, form, with the origin."""
        _, got, page = self.ask("GET", f"{self.proxy}/sign-in/", **headers)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]  # type: ignore[index]
        cookie = "; ".join(one.partition(";")[0] for one in got.get_all("Set-Cookie", []))
        form = {"csrfmiddlewaretoken": token, "username": name, "password": password}
        return self.ask("POST", f"{self.proxy}/sign-in/", form, Cookie=cookie, Origin=self.proxy, **headers)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home: Path = tmp_path_factory.mktemp("home")
    code = (
        "from pandok.web.serve import prepare, serve; prepare();"
        "from pandok.common.models import Account;"
        f"Account.objects.create_user('holder', password='{PASSWORD}');"
        f"serve('127.0.0.1', {port})"
    )
    environment = (
        os.environ
        | on_store(home)
        | {
            "PANDOK_HTTPS": "true",
            "PANDOK_TRUSTED_PROXIES": "127.0.0.1",
            "PANDOK_WORKER": "separate",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
            "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
        }
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    end = time.monotonic() + LONGEST_START_S
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    if process.poll() is not None:
        pytest.fail(process.communicate()[0].decode())
    pem, backend = certificate(home), f"127.0.0.1:{port}"
    with running_tls_proxy(backend, pem) as proxy, running_tls_proxy(backend, pem, source="127.0.0.2") as other:
        yield Served(home, backend, proxy, other, pem)
    process.terminate()
    process.wait(timeout=30)


def test_a_page_comes_through_the_proxy_with_hsts_and_secure_cookies(served: Served) -> None:
    status, headers, page = served.ask("GET", f"{served.proxy}/sign-in/")
    assert status == 200, headers.get("Location")
    assert "id_password" in page
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = headers.get_all("Set-Cookie", [])
    assert cookies
    assert all("; Secure" in cookie for cookie in cookies)


def test_somebody_signs_in_through_the_proxy(served: Served) -> None:
    status, headers, _ = served.sign_in("holder", PASSWORD)
    assert (status, headers["Location"]) == (302, "/")
    cookies = headers.get_all("Set-Cookie", [])
    assert {cookie.partition("=")[0] for cookie in cookies} >= {"pandok_session", "pandok_device"}
    assert all("; Secure" in cookie for cookie in cookies)


def test_the_address_is_the_one_that_the_proxy_saw_not_one_that_the_client_wrote(served: Served) -> None:
    assert served.sign_in("one", "wrong", **{"X-Forwarded-For": "203.0.113.9"})[0] == 422
    assert served.addresses_of_failures("one") == ["127.0.0.1"]


def test_a_form_of_another_site_is_refused(served: Served) -> None:
    _, got, page = served.ask("GET", f"{served.proxy}/sign-in/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]  # type: ignore[index]
    cookie = got.get_all("Set-Cookie", [""])[0].partition(";")[0]
    form = {"csrfmiddlewaretoken": token, "username": "holder", "password": PASSWORD}
    origin = "https://evil.example"
    assert served.ask("POST", f"{served.proxy}/sign-in/", form, Cookie=cookie, Origin=origin)[0] == 403


def test_without_https_one_is_led_there(served: Served) -> None:
    status, headers, _ = served.ask("GET", f"http://{served.backend}/sign-in/")
    assert (status, headers["Location"]) == (301, f"https://{served.backend}/sign-in/")


def test_a_proxy_that_is_not_trusted_is_named_instead_of_going_round_for_ever(served: Served) -> None:
    status, _, page = served.ask("GET", f"{served.other_proxy}/sign-in/")
    assert status == 503
    assert "127.0.0.2" in page
    assert "PANDOK_TRUSTED_PROXIES" in page


def seen(peer: str, trusted: str, *, hops: int = 1, **headers: str) -> tuple[str, str]:
    """The address and scheme that the application gets."""
    got: dict[str, Any] = {}

    def application(environ: dict[str, Any], _start: Any) -> list[bytes]:
        got.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", **headers}
    TrustedProxies(application, trusted_networks(trusted, https=False), hops=hops, https=False)(environ, None)
    assert not [name for name in got if "FORWARDED" in name or "REAL_IP" in name]
    return got["REMOTE_ADDR"], got["wsgi.url_scheme"]


LAN = "10.0.0.0/8, fd00::/8"


@pytest.mark.parametrize(
    ("peer", "hops", "forwarded", "address"),
    [
        ("10.0.0.1", 1, "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", 1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", 1, "198.51.100.7, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", 2, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", 5, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", 5, "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", 1, "198.51.100.7:4711", "198.51.100.7"),
        ("10.0.0.1", 1, "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.1", 1, "::ffff:198.51.100.7", "198.51.100.7"),
        ("fd00::1", 1, "198.51.100.7", "198.51.100.7"),
        ("::ffff:10.0.0.1", 1, "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", 1, "unknown", "10.0.0.1"),
        ("10.0.0.1", 1, "' OR 1=1, \x00", "10.0.0.1"),
        ("10.0.0.1", 1, ", ,", "10.0.0.1"),
        ("198.51.100.7", 5, "203.0.113.9", "198.51.100.7"),
        ("", 5, "203.0.113.9", ""),
    ],
)
def test_the_client_is_who_trusted_proxies_saw(peer: str, hops: int, forwarded: str, address: str) -> None:
    assert seen(peer, LAN, hops=hops, HTTP_X_FORWARDED_FOR=forwarded)[0] == address


@pytest.mark.parametrize(
    ("peer", "said", "scheme"),
    [
        ("10.0.0.1", "https", "https"),
        ("10.0.0.1", "HTTPS", "https"),
        ("10.0.0.1", "http", "http"),
        ("10.0.0.1", "gopher", "http"),
        ("10.0.0.1", "https, http", "http"),
        ("198.51.100.7", "https", "http"),
    ],
)
def test_only_a_trusted_proxy_says_that_it_was_https(peer: str, said: str, scheme: str) -> None:
    assert seen(peer, LAN, HTTP_X_FORWARDED_PROTO=said, HTTP_FORWARDED="proto=https")[1] == scheme


def test_nobody_is_trusted_without_https_and_this_machine_with_it() -> None:
    assert trusted_networks("", https=False) == ()
    assert [str(one) for one in trusted_networks("", https=True)] == ["127.0.0.0/8", "::1/128"]
    with pytest.raises(RequestError, match="PANDOK_TRUSTED_PROXIES"):
        trusted_networks("proxy.example", https=True)
