"""Pages of tokens, systems and webhooks, and the page that shows the API."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.models import ApiToken, SystemAccount, WebhookEndpoint
from pandok.web.api.app import schema
from pandok.web.api.describe import described_operations
from pandok.web.api.description import make_beforehand
from pandok.web.api.words import FIELDS, GROUPS, OPERATIONS
from tests.roles import Role
from tests.world import Site

HANGUL = re.compile("[가-힣]")


def test_a_token_is_shown_once_and_revoked(site: Site) -> None:
    client = site.client(Role.OFFICER)
    last_day = (timezone.now() + timedelta(days=30)).date().isoformat()
    page = client.post("/tokens/", {"title": "통관 시스템", "last_day": last_day, "scopes": ["see_cases"]})
    token = ApiToken.objects.get()
    assert f"pdk_{token.prefix}_" in page.content.decode()
    again = client.get("/tokens/").content.decode()
    assert f"pdk_{token.prefix}_" not in again
    assert "통관 시스템" in again
    client.post(f"/tokens/{token.id}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None


@pytest.mark.parametrize(
    "wrong", [{"scopes": ["see_audit"]}, {"last_day": "2999-01-01"}, {"last_day": "9999-12-31"}, {"title": ""}]
)
def test_what_was_entered_stays(site: Site, wrong: dict[str, object]) -> None:
    last_day = (timezone.now() + timedelta(days=30)).date().isoformat()
    sent = {"title": "통관 시스템", "last_day": last_day, "scopes": ["see_cases"]} | wrong
    page = site.client(Role.OFFICER).post("/tokens/", sent)
    assert page.status_code == 422
    assert not ApiToken.objects.exists()
    assert sent["title"] in page.content.decode()


def test_an_administrator_makes_a_system_and_its_token(site: Site) -> None:
    client = site.client(Role.ADMINISTRATOR)
    form = {"username": "agency", "title": "관세청", "roles": ["officer"], "reason": "시스템 연계"}
    made = client.post("/systems/", form)
    system = SystemAccount.objects.get()
    assert made["Location"] == f"/tokens/?account={system.account_id}"
    last_day = (timezone.now() + timedelta(days=30)).date().isoformat()
    client.post(made["Location"], {"title": "연계", "last_day": last_day, "scopes": ["see_cases"]})
    assert ApiToken.objects.get().account == system.account
    assert site.client(Role.OFFICER).get(made["Location"]).status_code == 404
    person = site.account(Role.OFFICER)
    assert client.get(f"/tokens/?account={person.pk}").status_code == 404


def test_a_webhook_is_registered_tested_and_removed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site.client(Role.OFFICER)
    form = {"title": "t", "url": "https://127.0.0.1/", "events": ["case.closed"]}
    refused = client.post("/webhooks/", form)
    assert refused.status_code == 422
    assert "https://127.0.0.1/" in refused.content.decode()
    monkeypatch.setattr("pandok.common.web.views.webhooks.check_url", lambda _: None)
    assert client.post("/webhooks/", form | {"url": "https://desk.example/"}).status_code == 200
    endpoint = WebhookEndpoint.objects.get()
    client.post(f"/webhooks/{endpoint.id}/ping/")
    page = client.get(f"/webhooks/{endpoint.id}/")
    [row] = page.context["page"].object_list
    client.post(f"/webhooks/{endpoint.id}/{row.pk}/again/")
    assert len(client.get(f"/webhooks/{endpoint.id}/").context["page"].object_list) == 2
    client.post(f"/webhooks/{endpoint.id}/remove/")
    assert client.get(f"/webhooks/{endpoint.id}/").status_code == 404


def test_the_page_of_the_api_names_every_operation_without_other_hosts(site: Site) -> None:
    page = site.client(Role.OFFICER).get("/api/").content.decode()
    assert page.count('class="card operation"') >= 50
    assert "<script>" not in page
    assert "style=" not in page
    assert 'src="http' not in page
    description = site.client(Role.OFFICER).get("/api/v1/openapi.json").json()
    assert description["openapi"] == "3.1.0"


def test_the_page_says_every_operation_in_both_languages(client: Client) -> None:
    """Summary, what else is to be known and what is said of each field; the English stands by in Korean too."""
    operations = {one.id: one for group in described_operations(schema()).values() for one in group}
    assert set(OPERATIONS) == set(operations), "words for each operation, and none that is gone"
    assert set(FIELDS) == {part.about for one in operations.values() for part in one.fields if part.about}
    pages = {}
    for language in ("ko", "en"):
        client.cookies["pandok_language"] = language
        pages[language] = unescape(client.get("/api/").content.decode()).replace("<code>", "`").replace("</code>", "`")
    for name, one in operations.items():
        summary, about = OPERATIONS[name]
        assert bool(about) == bool(one.about), name
        for korean in (summary, about):
            assert not korean or (HANGUL.search(korean) and korean in pages["ko"] and korean not in pages["en"]), name
        assert all(one.summary in page and one.about in page for page in pages.values()), name
    for english, korean in FIELDS.items():
        assert HANGUL.search(korean)
        assert korean in pages["ko"]
        assert english in pages["en"]
        assert english not in pages["ko"]
    assert not HANGUL.search(pages["en"].split('class="api-group"', 1)[1].split("</section>", 1)[0])
    headings = re.findall("<h2>(.*?)</h2>", pages["ko"])
    assert len(headings) == len(GROUPS)
    assert all(HANGUL.search(one) for one in headings)
    assert not re.search(r"list of|\bor null", pages["ko"])


def test_the_root_of_the_api_shows_nothing(client: Client) -> None:
    answer = client.get("/api/v1/")
    assert answer.status_code in (401, 404)
    assert answer.headers["Content-Type"].startswith("application/json")


def test_the_description_is_made_once_and_known_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    make_beforehand().join()

    def again() -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("pandok.web.api.description.schema", again)
    client = Client()
    pages = [client.get("/api/", headers={"accept-language": one}).content.decode() for one in ("ko", "en")]
    assert ["이름" in pages[0], "Name" in pages[1]] == [True, True]
    assert all("/api/v1/cases" in page for page in pages)
    first = client.get("/api/v1/openapi.json")
    assert first.json()["openapi"].startswith("3.")
    known = client.get("/api/v1/openapi.json", headers={"if-none-match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
