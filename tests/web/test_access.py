"""Who may open which address: every URL by every role, row by row of access_table.py, and other people's readings."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from pandok.fields.designs.models import ReadingRecord
from tests.roles import Role
from tests.web import access_samples
from tests.web.access_samples import ANOTHER_OFFICER, make_reading
from tests.web.access_table import TABLE, A, O, Row
from tests.web.dates_shown import foreign_dates
from tests.world import Site

pytestmark = pytest.mark.usefixtures("menus_counted_once")
ROWS = [(name, row) for name, rows in TABLE.items() for row in rows]
NO_ROLE = None
SIGN_IN = "/sign-in/?next="


def url_names(resolver: URLResolver, prefix: str = "") -> Iterator[str | None]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else None
        else:
            yield from url_names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def test_the_table_names_every_url_and_no_other() -> None:
    names = list(url_names(get_resolver()))
    assert None not in names, "an address has no name"
    assert {name for name in names if name not in TABLE} == set(), "add rows to tests/web/access_table.py"
    assert {name for name in TABLE if name not in names} == set(), "these rows of access_table.py have no address"


def expected(row: Row, role: Role | None) -> set[int] | str:
    """What the table promises to a signed-in person: statuses, or the address to which the person is led."""
    if row.allowed is None or role in row.allowed:
        return set(row.statuses)
    if role in row.sent_to:
        return reverse(row.sent_to[role])
    return {404} if role in row.hidden_from else {403}


def expected_of_nobody(row: Row) -> set[int] | str:
    """What it promises to a person who is not signed in."""
    if row.allowed is None:
        return set(row.statuses)
    if row.strangers:
        return set(row.strangers)
    return {401} if row.api else SIGN_IN


def keeps(answer: HttpResponse, promised: set[int] | str, row: Row) -> bool:
    if isinstance(promised, str):
        place = answer.get("Location", "")
        return place.startswith(promised) if promised == SIGN_IN else place == promised
    friendly = promised != {403} or row.api or "권한이 없습니다" in answer.content.decode()
    return answer.status_code in promised and friendly


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{row.method}-{name}" for name, row in ROWS])
def test_everybody_is_answered_as_the_table_says(peopled: Site, name: str, row: Row) -> None:
    site = peopled
    arguments = getattr(access_samples, row.sample)(site) if row.sample else {}
    address = reverse(name, kwargs=arguments)
    before, wrong = dict(site.accounts), []
    for who in [*Role, NO_ROLE, "nobody signed in"]:
        # What a request changes is undone, so that everybody finds the same state.
        with transaction.atomic():
            connection.atomic_blocks[-1]._from_testcase = True  # the test's own: foreign bytes may be parsed in it
            client, promised = (
                (Client(), expected_of_nobody(row)) if isinstance(who, str) else (site.client(who), expected(row, who))
            )
            options = {"content_type": "application/json"} if row.api and row.method != "get" else {}
            answer = getattr(client, row.method)(address, dict(row.data), **options)
            transaction.set_rollback(True)
        site.accounts = dict(before)
        shows_page = answer.status_code == 200 and "text/html" in answer.get("Content-Type", "")
        assert not (shows_page and foreign_dates(answer.content.decode())), foreign_dates(answer.content.decode())
        if not keeps(answer, promised, row):
            name_of = who if isinstance(who, str) else who.value
            wrong.append((name_of, promised, answer.status_code, answer.get("Location")))
    assert wrong == []


@pytest.fixture
def record(site: Site) -> ReadingRecord:
    return make_reading(site)


def test_an_officer_sees_the_own_reading_and_its_photographs(site: Site, record: ReadingRecord) -> None:
    client = site.client(O, ANOTHER_OFFICER)
    assert client.get(f"/readings/{record.id}/").status_code == 200
    assert client.get(f"/pictures/{record.signal.photographs.get().sha256}").status_code == 200
    assert [row.id for row in client.get("/readings/").context["rows"]] == [str(record.id)]


def test_an_officer_does_not_see_others_in_the_list(site: Site, record: ReadingRecord) -> None:
    assert site.client(O).get("/readings/").context["rows"] == []
    assert [row.id for row in site.client(A).get("/readings/").context["rows"]] == [str(record.id)]


def test_an_unknown_reading_looks_like_a_hidden_one(site: Site, record: ReadingRecord) -> None:
    client = site.client(O)
    hidden = client.get(f"/readings/{record.id}/")
    unknown = client.get(f"/readings/{uuid.uuid4()}/")
    assert (hidden.status_code, _same_for_all(hidden)) == (unknown.status_code, _same_for_all(unknown))


def _same_for_all(answer: HttpResponse) -> str:
    """The page without what differs from one request to the next: the form's token, and the address that was asked."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return page.replace(answer.wsgi_request.path, "")


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


def test_what_is_refused_or_not_found_keeps_the_menu_and_the_way_out(site: Site) -> None:
    for role, links in ((O, ["/readings/", "/cases/"]), (A, ["/audit/"])):
        for path, status in (("/accounts/new/", 403), ("/nowhere", 404), (f"/readings/{uuid.uuid4()}/", 404)):
            page = site.client(role).get(path)
            html = page.content.decode()
            assert page.status_code == status, (role, path)
            assert all(f'href="{link}"' in html for link in [*links, "/lab/register/"]), (role, path)
            assert 'action="/sign-out/"' in html
            assert html.count("<h1") == 1
    assert "/sign-out/" in site.client(None).get("/readings/").content.decode(), "whoever has no role can still leave"


def test_nobody_signed_in_is_shown_no_menu_where_nothing_is_found(site: Site) -> None:  # noqa: ARG001
    page = Client().get("/nowhere")
    assert page.status_code == 404
    assert "/sign-out/" not in page.content.decode()
    assert "/cases/" not in page.content.decode()
