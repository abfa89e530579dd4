"""The first address for who is not signed in, and who is led past it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from pandok.common.declared import public_pages
from pandok.fields.counterfeit.acts.retention.policy import current_policy
from pandok.fields.counterfeit.web.shown.privacy import length_of
from tests.chosen import Choose
from tests.fields.programme.office import accepted_problem
from tests.fields.programme.spreading import handed_over
from tests.roles import Role
from tests.world import Site

LOOP = {
    "ko": ["신호", "판독", "결정", "통지", "결과", "실증"],
    "en": ["Signal", "Reading", "Decision", "Notice", "Outcome", "Proof"],
}


def seen(language: str) -> str:
    answer = Client().get("/", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.django_db
def test_who_is_not_signed_in_reads_what_pandok_does(language: str) -> None:
    page = seen(language)
    assert re.findall(r'<text class="front-word"[^>]*>(\S+)</text>', page) == LOOP[language]
    title = re.search(r'<svg[^>]*role="img" aria-labelledby="loop-title">\s*<title id="loop-title">([^<]+)', page)
    assert title is not None
    assert all(word.lower() in title[1].lower() for word in LOOP[language]), "the picture is told in words"
    assert 'href="/sign-in/"' in page
    assert 'href="/lab/register/"' in page
    assert page.count("<h1") == 1
    assert ("위조상품 데스크" if language == "ko" else "Counterfeit desk") in page


@pytest.mark.django_db
def test_the_contact_is_the_one_of_the_settings(choose: Choose) -> None:
    choose(contact="정보화담당관실 <042>")
    assert "정보화담당관실 &lt;042&gt;" in seen("ko")
    choose(contact="")
    assert 'id="contact"' not in seen("ko")


def test_whoever_worked_here_is_led_to_the_sign_in_and_back(site: Site) -> None:
    client = site.client(Role.OFFICER)
    account = site.account(Role.OFFICER)
    account.is_active = False
    account.save()
    assert client.get("/")["Location"] == "/sign-in/?next=/"


@pytest.mark.django_db
def test_a_form_sent_by_nobody_is_led_to_the_sign_in() -> None:
    assert Client().post("/", {"read": "1"})["Location"] == "/sign-in/?next=/"


def test_whoever_is_signed_in_sees_no_introduction(site: Site) -> None:
    assert "front-loop" not in site.client(Role.OFFICER).get("/").content.decode()
    assert site.client(Role.HOLDER).get("/")["Location"] == "/notices/"


def test_the_privacy_notice_says_what_is_really_kept_and_what_the_agency_has_to_add(site: Site, choose: Choose) -> None:
    """Its periods are those by which files are proposed for deletion; without the agency's words it says so."""
    page = Client().get("/privacy/", headers={"accept-language": "ko"}).content.decode()
    for period in current_policy(timezone.localdate()).periods:
        assert escape(period.title.ko) in page
        assert escape(length_of(period).ko) in page
    assert "아직 완성되지 않았습니다" in page
    choose(agency="어느 세관 02-000-0000", privacy_officer="정보보호담당관")
    page = Client().get("/privacy/").content.decode()
    assert "아직 완성되지 않았습니다" not in page
    assert "정보보호담당관" in page
    for anywhere in (Client(), site.client(Role.OFFICER)):
        said = anywhere.get("/privacy/").content.decode()
        assert 'href="/privacy/"' in said
        assert "어느 세관 02-000-0000" in said


def test_what_is_public_stands_there_with_how_much_and_since_when(site: Site) -> None:  # noqa: ARG001
    assert 'id="shown"' not in seen("ko"), "nothing is public yet"
    accepted_problem()
    accepted_problem(title="사람들이 모르는 문제", publish=False)
    handed_over()
    page = seen("ko")
    cards = re.findall(r'<a class="card" href="([^"]+)"><b class="number">(\d+)</b> <span>([^<]+)</span>', page)
    assert ("/problems/", "2", "공개된 현장 문제") in cards, "that of the hand-over is public, the third is not"
    assert ("/spread/", "1", "확산 지도") in cards
    assert "/calls/" not in [address for address, _, _ in cards]
    assert "since" in seen("en")


def test_every_public_page_opens_without_signing_in_and_is_named_on_every_page(site: Site) -> None:
    for page in public_pages():
        assert Client().get(reverse(page.name)).status_code == 200, page.name
        for shown in (seen("ko"), site.client(Role.OFFICER).get("/readings/").content.decode()):
            assert f'href="{reverse(page.name)}"' in shown, page.name
