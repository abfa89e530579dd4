"""No form of any address ends in a server error, whatever stands in its fields, and none leads away from this site."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.roles import Role
from tests.web import access_samples
from tests.web.access_table import TABLE, Row
from tests.world import PASSWORD, Site

pytestmark = pytest.mark.usefixtures("menus_counted_once")
POSTS = [(name, row) for name, rows in TABLE.items() for row in rows if row.method == "post" and not row.api]
URLENCODED = "application/x-www-form-urlencoded"
KINDS: dict[str, Callable[[], Any]] = {
    "nul": lambda: "a\x00b",
    "long": lambda: "9" * 5000,
    "huge": lambda: str(2**70),
    "day": lambda: "0000-99-99",
    "unknown": lambda: "00000000-0000-4000-8000-000000000000",
    "lines": lambda: "a\r\nSet-Cookie: x=1\r\n\r\n<script>alert(1)</script>",
    "half a letter": lambda: "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + "\u202e",
    "twice": lambda: ["1", "2", "x"],
    "a file for a text": lambda: SimpleUploadedFile("a\r\nb\x00.txt", b"\xff\xfe"),
}
MOST_ROUNDS = 4
AWAY = [
    *("https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "/\t/evil.example/"),
    *("javascript:alert(1)", "https:evil.example", "http:///evil.example"),
]


def sent(client: Client, address: str, fields: dict[str, Any]) -> HttpResponse:
    """As browsers do: a form with files in parts, another one as text."""
    if any(isinstance(one, SimpleUploadedFile) for one in fields.values()):
        return client.post(address, fields)
    return client.post(address, urlencode(fields, doseq=True), content_type=URLENCODED)


def test_what_a_form_reads_is_found(site: Site, read_names: set[str]) -> None:
    site.account(Role.OFFICER, "kim")
    Client().post("/sign-in/", {"username": "kim", "password": PASSWORD})
    assert {"username", "password", "next"} <= read_names


@pytest.mark.parametrize(("name", "row"), POSTS, ids=[f"{row.method}-{name}" for name, row in POSTS])
def test_no_form_ends_in_a_server_error(peopled: Site, name: str, row: Row, read_names: set[str]) -> None:
    """Every field that the address reads, whatever it is called; the names are found out by watching it read."""
    site = peopled
    arguments = getattr(access_samples, row.sample)(site) if row.sample else {}
    address = reverse(name, kwargs=arguments)
    people = (
        [Role.OFFICER]
        if row.allowed is None
        else sorted(row.allowed or row.hidden_from, key=lambda role: role.value)[:1]
    )
    before, wrong = dict(site.accounts), []
    for role in people:
        for kind, made in KINDS.items():
            asked: set[str] | None = None
            for _ in range(MOST_ROUNDS):  # what is read only once something else was there is sent the next time
                names = (read_names | set(row.data)) - {"csrfmiddlewaretoken"}
                if asked is not None and names <= asked:
                    break
                asked = names
                fields = {one: made() for one in names} | (dict(row.data) if kind == "twice" else {})
                with transaction.atomic():
                    connection.atomic_blocks[-1]._from_testcase = True
                    client = site.client(role, raise_request_exception=False)
                    answer = sent(client, address, fields)
                    transaction.set_rollback(True)
                site.accounts = dict(before)
                if answer.status_code >= 500:
                    wrong.append((role.value, kind, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("away", AWAY)
def test_nothing_leads_away_from_this_site(site: Site, away: str) -> None:
    site.account(Role.OFFICER, "kim")
    signing = Client().post("/sign-in/", {"username": "kim", "password": PASSWORD, "next": away})
    answers = [signing, Client().post(f"/sign-in/?next={away}", {"username": "kim", "password": PASSWORD})]
    client = site.client(Role.OFFICER, "kim")
    came = away.replace("\t", "")
    for address in ("/language/", reverse("set_language")):
        answers.append(client.post(address, {"language": "en", "next": away}, headers={"Referer": came}))
    answers.append(client.get(f"/sign-in/?next={away}"))
    for answer in answers:
        place = answer.headers.get("Location", "/")
        assert re.match(r"/(?![/\\])", place), place
        assert "evil" not in place.partition("?")[0]
    look = client.get(f"/pictures/{site.views[0]}?look&from={away}", headers={"Referer": came}).content.decode()
    assert not re.search(r'href="[^"]*evil', look)
    assert 'href="javascript:' not in look
