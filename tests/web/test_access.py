"""Who may open which address: every URL by every role, row by row, and other people's readings."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import get_resolver

from pandok.desk.models import ReadingRecord
from pandok.desk.photographs import keep_photograph
from pandok.desk.readings import ReadingFilters, read_photographs
from pandok.desk.roles import Role
from tests.desk.fakes import NOON, photograph
from tests.web.conftest import Site

O, S, H, I, P, L, A, M = Role  # noqa: E741
READS = {O, S, M}
SEES = {O, S, M, A}
SEES_ALL = {S, M, A}

# Name of the URL: method, roles that are let in (None: everybody, signed in or not), status when let in.
MATRIX: dict[str, list[tuple[str, set[Role] | None, set[int]]]] = {
    "capture": [("get", SEES, {200, 302}), ("post", READS, {422})],
    "readings": [("get", SEES, {200})],
    "reading": [("get", SEES_ALL, {200})],
    "read_again": [("post", READS - {O}, {302})],
    "picture": [("get", SEES_ALL, {200})],
    "sign_in": [("get", None, {200, 302})],
    "sign_out": [("post", None, {302})],
    "set_language": [("post", None, {302})],
}


@pytest.fixture
def record(site: Site) -> ReadingRecord:
    """A reading of an officer who is none of the accounts that ask."""
    kept = keep_photograph(photograph(), filename="", blobs=site.blobs, max_bytes=10**7, max_megapixels=64)
    return read_photographs(
        photographs=[kept],
        filters=ReadingFilters(),
        actor=site.account(O, "another officer"),
        now=NOON,
        desk=site.desk,
        blobs=site.blobs,
    )


def address(name: str, record: ReadingRecord) -> str:
    photographs = record.signal.photographs
    return {
        "capture": "/",
        "readings": "/readings/",
        "reading": f"/readings/{record.id}/",
        "read_again": f"/readings/{record.id}/again/",
        "picture": f"/pictures/{photographs.get().sha256}",
        "sign_in": "/sign-in/",
        "sign_out": "/sign-out/",
        "set_language": "/language/",
    }[name]


def test_the_matrix_names_every_url() -> None:
    assert set(MATRIX) == {pattern.name for pattern in get_resolver().url_patterns}


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.value if role else "no role")
@pytest.mark.parametrize("name", MATRIX)
def test_a_signed_in_person(site: Site, record: ReadingRecord, name: str, role: Role | None) -> None:
    for method, allowed, statuses in MATRIX[name]:
        client = site.client(role)
        answer = getattr(client, method)(address(name, record))
        if allowed is None or role in allowed:
            assert answer.status_code in statuses
        elif name == "capture" and role is A:
            assert answer["Location"] == "/readings/"
        else:
            # Somebody else's reading answers like none at all.
            assert answer.status_code in ({404} if role is O else {403})
            assert "권한이 없습니다" in answer.content.decode() or role is O


@pytest.mark.parametrize("name", MATRIX)
def test_an_anonymous_person_is_sent_to_sign_in(record: ReadingRecord, name: str) -> None:
    for method, allowed, statuses in MATRIX[name]:
        answer = getattr(Client(), method)(address(name, record))
        if allowed is None:
            assert answer.status_code in statuses
        else:
            assert answer.status_code == 302
            assert answer["Location"].startswith("/sign-in/?next=")


def test_an_officer_sees_the_own_reading_and_its_photographs(site: Site, record: ReadingRecord) -> None:
    client = site.client(O, "another officer")
    assert client.get(address("reading", record)).status_code == 200
    assert client.get(address("picture", record)).status_code == 200
    assert [row.id for row in client.get("/readings/").context["rows"]] == [str(record.id)]


def test_an_officer_does_not_see_others_in_the_list(site: Site, record: ReadingRecord) -> None:
    assert site.client(O).get("/readings/").context["rows"] == []
    assert [row.id for row in site.client(A).get("/readings/").context["rows"]] == [str(record.id)]


def test_an_unknown_reading_looks_like_a_hidden_one(site: Site, record: ReadingRecord) -> None:
    client = site.client(O)
    hidden = client.get(address("reading", record))
    unknown = client.get(f"/readings/{uuid.uuid4()}/")
    assert (hidden.status_code, hidden.content) == (unknown.status_code, unknown.content)


def test_a_closed_account_is_out_at_once(site: Site) -> None:
    client = site.client(O)
    account = site.account(O)
    account.is_active = False
    account.save()
    assert client.get("/").status_code == 302


def test_a_superuser_without_role_gets_nothing(site: Site) -> None:
    account = site.account(None, "root")
    account.is_superuser = account.is_staff = True
    account.save()
    client = Client()
    client.force_login(account)
    assert client.get("/").status_code == 403


@pytest.mark.parametrize(
    "path", ["/nowhere", "/readings/1/", "/pictures/", "/admin/", "/pictures/..%2f..%2fsecret-key"]
)
def test_a_wrong_address_is_answered_in_both_languages(site: Site, path: str) -> None:
    page = site.client(O).get(path)
    assert page.status_code == 404
    assert "찾으시는 화면이 없습니다" in page.content.decode()
    assert "There is no such page" in page.content.decode()
