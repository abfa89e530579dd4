"""The page of the law: each article with how it was checked, the office's own terms told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from pandok.fields.counterfeit.law import law_versions as use
from tests.chosen import Choose
from tests.fields.counterfeit.web.conftest import Customs
from tests.roles import Role


def read(customs: Customs, role: Role) -> str:
    """The page in Korean."""
    client = Client()
    client.force_login(customs.world.account(role))
    client.cookies["pandok_language"] = "ko"
    return client.get("/law/").content.decode()


@pytest.mark.parametrize(
    ("day", "first", "words"),
    [("2026-03-02", "KR-2026", "이후 여는 사건에 적용"), ("2026-11-28", "KR-2026-08", "이전 사건에만 적용")],
)
def test_the_version_of_the_day_stands_first(
    customs: Customs, monkeypatch: pytest.MonkeyPatch, day: str, first: str, words: str
) -> None:
    monkeypatch.setattr(
        "pandok.fields.counterfeit.web.views.cases.law.timezone.now", lambda: datetime.fromisoformat(f"{day}T12:00:00Z")
    )
    page = read(customs, Role.AUDITOR)
    assert re.findall(r'<section class="card stack" id="([^"]+)"', page)[0] == first
    assert page.count("오늘 여는 사건에 적용") == 1
    assert words in page


@pytest.fixture
def fresh_law() -> Iterator[None]:
    """The law as the settings of this test say it."""
    use.law_versions.cache_clear()
    yield
    use.law_versions.cache_clear()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_auditor_and_administrator_see_how_each_article_was_checked(customs: Customs, role: Role) -> None:
    page = read(customs, role)
    law = use.law_versions()[-1]
    for clock in law.clocks:
        assert clock.title.ko in page
    for one in (*law.sources, *law.appeal_sources, *(source for clock in law.clocks for source in clock.sources)):
        assert one.url in page
        if one.compared:
            assert one.compared.says.ko in page
            assert one.compared.found_at in page
        else:
            assert one.unverified is not None
            assert one.unverified.ko in page
    assert "15일" in page
    assert page.count("기관 내부 기한</span>") >= 2


@pytest.mark.usefixtures("fresh_law")
def test_the_agency_sets_its_own_terms_and_none_of_the_law(customs: Customs, choose: Choose) -> None:
    choose(office_terms='{"answer_review": 6}')
    use.law_versions.cache_clear()
    page = read(customs, Role.AUDITOR)
    assert "6일(토요일·공휴일 제외)" in page
    choose(office_terms='{"suit": 6}')
    use.law_versions.cache_clear()
    with pytest.raises(ValueError, match="suit"):
        use.law_versions()
