"""The real server in a process of its own: migrated, static files collected, headers on every answer."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from tests.own_postgresql import on_postgresql, on_store

LONGEST_START_S = 90
HOMES: dict[str, Path] = {}


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(url, headers=headers), timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        return error.code, dict(error.headers), error.read()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home: Path = tmp_path_factory.mktemp("home")
    source = Path(__file__).resolve().parents[2] / "src"
    environment = (
        os.environ
        | on_store(home)
        | {
            "PYTHONPATH": str(source),
            "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
            "PANDOK_WORKER": "separate",
        }
    )
    process = subprocess.Popen(
        [sys.executable, "-c", f"from pandok.web.serve import serve; serve('127.0.0.1', {port})"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + LONGEST_START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            get(f"{address}/sign-in/")
            break
        except URLError:
            time.sleep(0.2)
    if process.poll() is not None:
        pytest.fail(process.communicate()[0].decode())
    HOMES[address] = home
    yield address
    process.terminate()
    process.wait(timeout=30)


def test_pages_carry_their_headers(server: str) -> None:
    status, headers, page = get(f"{server}/sign-in/")
    assert status == 200
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in headers["Cache-Control"]
    assert headers["Content-Language"] == "ko"
    assert "로그인" in page.decode()


def test_static_files_are_hashed_compressed_and_kept_for_ever(server: str) -> None:
    _, _, page = get(f"{server}/sign-in/")
    sheet = re.search(r'href="(/static/pandok/pandok\.[0-9a-f]{12}\.css)"', page.decode())
    assert sheet is not None
    status, headers, _ = get(server + sheet.group(1), **{"Accept-Encoding": "gzip"})
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_stranger_is_led_to_the_sign_in(server: str) -> None:
    _, _, page = get(f"{server}/readings/")
    assert "id_password" in page.decode()


def test_another_host_name_and_a_wrong_path_get_a_kind_page(server: str) -> None:
    status, _, page = get(f"{server}/", Host="evil.example.org")
    assert status == 400
    assert "Traceback" not in page.decode()
    status, _, page = get(f"{server}/static/..%2f..%2fpandok.db")
    assert status == 404
    assert b"SQLite" not in page


PAGE = "/sign-in/"
CHUNKED = "Transfer-Encoding: chunked"
LENGTH = "Content-Length: 5"
WITH_TWO_ENDS = {
    "both": [LENGTH, CHUNKED],
    "both the other way round": [CHUNKED, LENGTH],
    "in any letters": ["transfer-ENCODING:chunked", "CONTENT-length:5"],
    "an empty coding": [LENGTH, "Transfer-Encoding:"],
    "a coding that is not chunked": [LENGTH, "Transfer-Encoding: identity"],
    "a length of zero": ["Content-Length: 0", CHUNKED],
    "a coding in a line that goes on": ["Transfer-Encoding:\r\n chunked", LENGTH],
    "with an underscore": [LENGTH, "Transfer_Encoding: chunked"],
    "two lengths": [LENGTH, "Content-Length: 50"],
    "two codings": [CHUNKED, CHUNKED],
    "a coding applied twice": ["Transfer-Encoding: chunked, chunked"],
}


def sent_raw(server: str, first: str, lines: list[str], body: bytes) -> bytes:
    """Everything that the server answers until it closes the connection."""
    host, _, port = server.removeprefix("http://").partition(":")
    head = "\r\n".join([first, f"Host: {host}:{port}", *lines, "", ""])
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(head.encode() + body)
        answer = b""
        while more := line.recv(65536):
            answer += more
    return answer


@pytest.mark.parametrize("lines", WITH_TWO_ENDS.values(), ids=WITH_TWO_ENDS)
def test_a_request_that_ends_at_two_places_is_refused_with_what_follows_it(server: str, lines: list[str]) -> None:
    """By its chunks it is over after five bytes, and what follows would be answered as a request of its own."""
    next_one = f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    answer = sent_raw(server, f"POST {PAGE} HTTP/1.1", lines, b"0\r\n\r\n" + next_one)
    assert answer.split(b" ", 2)[1] == b"400"
    assert answer.count(b"HTTP/1.") == 1
    assert b"\r\nConnection: close\r\n" in answer


def test_chunks_in_a_request_of_the_old_version_are_refused(server: str) -> None:
    answer = sent_raw(server, f"POST {PAGE} HTTP/1.0", [CHUNKED], b"0\r\n\r\n")
    assert answer.split(b" ", 2)[1] == b"400"


@pytest.mark.parametrize(("lines", "body"), [([LENGTH], b"a=bcd"), ([CHUNKED], b"5\r\na=bcd\r\n0\r\n\r\n")])
def test_a_request_that_says_its_end_once_reaches_the_site(server: str, lines: list[str], body: bytes) -> None:
    answer = sent_raw(server, f"POST {PAGE} HTTP/1.1", [*lines, "Connection: close"], body)
    assert answer.startswith(b"HTTP/1.1 403 ")  # no token of the form: the site's own answer
    assert "Content-Security-Policy" in answer.decode(errors="replace")


def test_files_and_folders_of_the_site_are_private(server: str) -> None:
    """Database with its log, keys and folders: made by the served site itself, whatever umask it was started with."""
    home = HOMES[server]
    get(f"{server}/sign-in/")
    found = [path for path in home.rglob("*") if "static" not in path.relative_to(home).parts[:1]]
    assert {"secret-key", *([] if on_postgresql() else ["pandok.db"])} <= {path.name for path in found}
    assert [path for path in found if path.stat().st_mode & 0o077] == []


def test_a_home_that_others_may_read_is_told_of(tmp_path: Path) -> None:
    from pandok.engines.files.private_files import open_to_others

    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    home.chmod(0o755)
    (home / "pandok.db").touch(mode=0o600)
    (home / "secret-key").write_text("x")
    (home / "secret-key").chmod(0o644)
    assert [path.name for path in open_to_others(home)] == ["home", "secret-key"]
    home.chmod(0o700)
    assert open_to_others(home) == []
