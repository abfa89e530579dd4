"""No form of any address ends in a server error, whatever stands in its fields, and none leads away from this site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

import pandok
from tests.roles import Role
from tests.web import access_samples
from tests.web.access_table import TABLE, Row
from tests.world import PASSWORD, Site

pytestmark = pytest.mark.usefixtures("menus_counted_once")
POSTS = [(name, row) for name, rows in TABLE.items() for row in rows if row.method == "post" and not row.api]
SOURCE = Path(pandok.__file__).parent
_KINDS = r"(?:forms\.|(?:Unseen|Written|Chosen|Ticked|Keys|FormNumber)\()"
FIELD = re.compile(
    r"""POST(?:\.get(?:list)?\(|\[)"(\w+)"|\bname="(\w+)"|^    (\w+) = """ + _KINDS + r"""|fields\["(\w+)"\]""",
    re.MULTILINE,
)
VALUES = {
    "nul": "a\x00b",
    "long": "9" * 5000,
    "huge": str(2**70),
    "day": "0000-99-99",
    "unknown": "00000000-0000-4000-8000-000000000000",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\n<script>alert(1)</script>",
    "half a letter": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + "\u202e",
}
AWAY = [
    *("https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "/\t/evil.example/"),
    *("javascript:alert(1)", "https:evil.example", "http:///evil.example"),
]


def field_names() -> list[str]:
    found = set()
    for file in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")):
        if "/web/" in str(file):
            found |= {name for one in FIELD.findall(file.read_text(encoding="utf-8")) for name in one if name}
    return sorted(found - {"csrfmiddlewaretoken"})


NAMES = field_names()


def test_the_fields_of_all_forms_are_found() -> None:
    assert {"reason", "step", "seen", "text", "recipient", "agrees", "case", "title", "next", "nonce"} <= set(NAMES)


@pytest.mark.parametrize(("name", "row"), POSTS, ids=[f"{row.method}-{name}" for name, row in POSTS])
def test_no_form_ends_in_a_server_error(peopled: Site, name: str, row: Row) -> None:
    site = peopled
    arguments = getattr(access_samples, row.sample)(site) if row.sample else {}
    address = reverse(name, kwargs=arguments)
    people = (
        [Role.OFFICER]
        if row.allowed is None
        else sorted(row.allowed or row.hidden_from, key=lambda role: role.value)[:1]
    )
    sent: dict[str, Any] = {kind: dict.fromkeys(NAMES, value) for kind, value in VALUES.items()}
    sent["twice"] = {one: ["1", "2", "x"] for one in NAMES}
    before, wrong = dict(site.accounts), []
    for role in people:
        for kind, fields in [*sent.items(), ("a file for a text", None)]:
            with transaction.atomic():
                connection.atomic_blocks[-1]._from_testcase = True
                client = site.client(role, raise_request_exception=False)
                if fields is None:
                    fields = {one: SimpleUploadedFile("a\r\nb\x00.txt", b"\xff\xfe") for one in NAMES}
                answer = client.post(address, fields | dict(row.data if kind == "twice" else {}))
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
