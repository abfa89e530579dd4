"""A firm's card in pages: its own words are marked, verdicts come from the records, and nobody else writes it."""

from __future__ import annotations

import pytest
from django.test import Client

from pandok.fields.programme.acts.community.firm_cards import publish_card
from pandok.fields.programme.models import FirmCard
from tests.fields.programme.acts.test_firm_cards import proven_trial, withdrawn
from tests.fields.programme.bidding import applicant, firm
from tests.fields.programme.discussing import card_of, public_card_of
from tests.fields.programme.office import NOON, WHY, accepted_problem
from tests.roles import Role
from tests.world import Site

HOSTILE = "<script>alert('x')</script> 1등 기업"


def _read(at: str, client: Client | None = None, **headers: str) -> str:
    return (client or Client()).get(at, headers=headers or None).content.decode()


def test_a_firm_writes_publishes_and_takes_back_its_card(site: Site) -> None:
    alone = site.client(Role.SUBMITTER)
    assert "기업에 속하지 않습니다" in _read("/programme/firm/", alone)
    assert alone.post("/programme/firm/", {"text_ko": "소개"}).status_code == 422
    client = Client()
    client.force_login(applicant())
    assert client.post("/programme/firm/publish/", {"knows": "on"}).status_code == 422
    assert client.post("/programme/firm/", {"text_ko": "가" * 1001}).status_code == 422
    assert client.post("/programme/firm/", {"text_ko": HOSTILE}).status_code == 302
    made = FirmCard.objects.get()
    public = f"/community/firms/{made.number}/"
    assert Client().get(public).status_code == 404
    assert client.post("/programme/firm/publish/", {}).status_code == 422
    assert client.post("/programme/firm/publish/", {"knows": "on"}).status_code == 302
    page = _read(public)
    assert "<script>alert" not in page
    assert "1등 기업" in page
    assert "아무도 확인하지 않은 글" in page
    assert firm().name in _read("/community/firms/")
    assert client.post("/programme/firm/take-back/").status_code == 302
    assert Client().get(public).status_code == 404
    assert firm().name not in _read("/community/firms/") + _read("/community/")


def test_a_card_shows_what_was_recorded_also_what_was_withdrawn(site: Site) -> None:  # noqa: ARG001
    certificate = proven_trial()
    card = public_card_of()
    page = _read(f"/community/firms/{card.number}/")
    for words in (certificate.number, "입증", certificate.agreement.number, "협약에 이름이 적힌 실증"):
        assert words in page
    withdrawn(certificate)
    assert "발급 취소" in _read(f"/community/firms/{card.number}/")


def test_a_public_problem_names_firms_with_a_public_card_and_why(site: Site) -> None:  # noqa: ARG001
    proven_trial()
    problem, card = accepted_problem(title="또 다른 지하차도"), card_of()
    at = f"/problems/{problem.number}/"
    assert f"/community/firms/{card.number}/" not in _read(at)
    publish_card(knows=True, actor=applicant(), now=NOON)
    page = _read(at)
    assert f"/community/firms/{card.number}/" in page
    assert "같은 분야에서 입증했고 확인서가 유효합니다." in page
    assert "It proved a trial in the same field" in _read(at, **{"accept-language": "en"})
    assert problem.number in _read(f"/community/firms/{card.number}/")


def test_the_office_hides_a_card_in_its_list_and_the_firm_reads_why(site: Site) -> None:
    card, office = public_card_of(), site.client(Role.PROGRAMME_OFFICE)
    at = f"/programme/firms/{card.pk}/step/"
    assert office.post(at, {"act": "hide", "reason": ""}).status_code == 422
    assert office.post(at, {"act": "hide", "reason": WHY}).status_code == 302
    client = Client()
    client.force_login(applicant())
    assert WHY in _read("/programme/firm/", client)
    assert client.post("/programme/firm/publish/", {"knows": "on"}).status_code == 422
    assert office.post(at, {"act": "give_back", "reason": WHY}).status_code == 302
    assert "카드 공개하기" in _read("/programme/firm/", client)
    assert site.client(Role.EVALUATOR).get("/programme/firm/").status_code == 403


@pytest.mark.parametrize("language", ["ko", "en"])
def test_programs_and_both_languages_are_told_the_same(site: Site, language: str) -> None:
    certificate, card = proven_trial(), public_card_of()
    (listed,) = site.client(Role.SUBMITTER).get("/api/v1/programme/firms").json()
    told = {"agreement": certificate.agreement.number, "verdict": "proven", "standing": "holds", "applied": False}
    assert (listed["number"], listed["trials"]) == (card.number, [told])
    page = _read(f"/community/firms/{card.number}/", **{"accept-language": language})
    assert {"ko": "수위계를 만듭니다.", "en": "We make gauges."}[language] in page
    assert {"ko": "실증과 확인서", "en": "Trials and certificates"}[language] in page
