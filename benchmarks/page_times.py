"""Question: how long does every page take on the demonstration, for everyone who may see it?

    pandok demo --no-serve                       # a home with the demonstration
    python -m benchmarks.page_times --rounds 20 --out benchmarks/results/page_times.json

A real server is started on the demonstration's home. Each role signs in with the password that the demonstration
prints and walks from its own first page along every link of this site, at most three addresses of a route; then every
address found is asked for in turn, round after round, one request at a time. Counted is the time until the last byte of
the page itself. A warm-up round comes first.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, deque
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import write_result

MOST_OF_A_ROUTE = 3
GOAL_MS = 300.0


class Links(HTMLParser):
    """Addresses that a page links to, and the token of its forms."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.token = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href") and "download" not in given:
            self.found.append(str(given["href"]))
        if tag == "input" and given.get("name") == "csrfmiddlewaretoken":
            self.token = str(given["value"])


class Visitor:
    """One person's browser without a picture."""

    def __init__(self, address: str, language: str) -> None:
        self.address = address
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self._browser.addheaders = [("Accept-Language", language)]

    def get(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, bytes, str, float]:
        """Status, address in the end, body, media type, milliseconds."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(urllib.parse.urljoin(self.address, path), data=data)
        request.add_header("Referer", self.address)
        started = time.perf_counter()
        try:
            with self._browser.open(request, timeout=60) as answer:
                body = answer.read()
                status, where, kind = answer.status, answer.url, answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            body, status, where, kind = error.read(), error.code, error.url, error.headers.get_content_type()
        return status, where, body, kind, 1e3 * (time.perf_counter() - started)

    def open(self, path: str, headers: dict[str, str]) -> Any:
        """The answer while it still comes."""
        request = urllib.request.Request(urllib.parse.urljoin(self.address, path), headers=headers)
        return self._browser.open(request, timeout=60)

    def sign_in(self, user: str, password: str) -> None:
        links = _links(self.get("/sign-in/")[2])
        _, where, _, _, _ = self.get(
            "/sign-in/",
            {"csrfmiddlewaretoken": links.token, "username": user, "password": password, "next": ""},
        )
        if "sign-in" in where:
            raise SystemExit(f"{user} could not sign in")


def _links(body: bytes) -> Links:
    links = Links()
    links.feed(body.decode("utf-8", "replace"))
    return links


def route_of(path: str) -> str:
    """The page's name, by which addresses of one kind are told; the path without numbers where it has none."""
    from django.urls import Resolver404, resolve

    try:
        return str(resolve(urllib.parse.urlsplit(path).path).view_name)
    except Resolver404:
        return re.sub(r"[0-9a-f-]{6,}|\d+", "…", urllib.parse.urlsplit(path).path)


def walk(visitor: Visitor) -> dict[str, list[str]]:
    """Addresses by route, found by following links from the first page."""
    found: dict[str, list[str]] = {}
    seen, waiting = {"/"}, deque(["/"])
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        if len(found.get(route, ())) >= MOST_OF_A_ROUTE or "sign-out" in path:
            continue
        status, where, body, kind, _ = visitor.get(path)
        if status != 200:
            continue
        found.setdefault(route, []).append(path)
        if kind != "text/html":
            continue
        for link in _links(body).found:
            target = urllib.parse.urlsplit(urllib.parse.urljoin(where, link))
            own = target.netloc in ("", urllib.parse.urlsplit(visitor.address).netloc) and target.scheme == "http"
            address = target.path + (f"?{target.query}" if target.query else "")
            if own and address not in seen:
                seen.add(address)
                waiting.append(address)
    return found


def measure(address: str, accounts: list[tuple[str, str, str]], rounds: int) -> dict[str, Any]:
    pages: dict[str, list[float]] = {}
    roles: Counter[str] = Counter()
    for role, user, password in [("nobody", "", ""), *accounts]:
        visitor = Visitor(address, "ko")
        if user:
            visitor.sign_in(user, password)
        found = walk(visitor)
        for _ in range(rounds):
            for route, paths in found.items():
                for path in paths:
                    pages.setdefault(f"{role}: {route}", []).append(visitor.get(path)[4])
        roles[role] = len(found)
        print(role, len(found), "routes", file=sys.stderr, flush=True)
    table = {
        name: {f"p{p}": round(float(np.percentile(times, p)), 1) for p in (50, 95)} | {"requests": len(times)}
        for name, times in pages.items()
    }
    slowest = dict(sorted(table.items(), key=lambda item: -item[1]["p95"]))
    every = [value for times in pages.values() for value in times]
    return {
        "load_at_start": round(os.getloadavg()[0], 1),
        "routes_by_role": dict(roles),
        "pages": len(table),
        "requests": len(every),
        "all_ms": {f"p{p}": round(float(np.percentile(every, p)), 1) for p in (50, 95, 99)},
        "over_goal": [name for name, values in slowest.items() if values["p95"] > GOAL_MS],
        "goal_ms": GOAL_MS,
        "by_page_ms": slowest,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
    os.environ.setdefault("PANDOK_TWO_STEP", "off")  # as `pandok demo` serves, whose passwords are printed
    import django

    django.setup()
    from datetime import UTC, datetime

    from pandok.common.people.accounts import ensure_demo_accounts

    accounts = [(role.value, user, password) for role, user, password in ensure_demo_accounts(datetime.now(UTC))]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([str(Path(sys.executable).with_name("pandok")), "serve", "--port", str(port)])
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/sign-in/", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        measured = measure(address, accounts, options.rounds)
    finally:
        server.terminate()
        server.wait(30)
    print(json.dumps({name: value for name, value in measured.items() if name != "by_page_ms"}, indent=1))
    if options.out:
        write_result(options.out, __doc__.splitlines()[0].removeprefix("Question: "), 0, measured)


if __name__ == "__main__":
    main()
