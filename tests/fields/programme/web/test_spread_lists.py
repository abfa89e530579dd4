"""What happened where, counted over all and listed page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.programme.lists.spread import RegionCounts, SpreadAsked, counted_by_region, happened, reached_at
from pandok.fields.programme.topics import KoreanRegion, Topic
from tests.fields.programme.spreading import answered_hand_over, handed_over
from tests.roles import Role
from tests.world import Site


def test_regions_count_everything_and_the_list_has_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made, taken = handed_over(), answered_hand_over()
    counts = counted_by_region(happened())
    assert counts[KoreanRegion(made.statement.region)].tried == 1
    there = counts[KoreanRegion(taken.region)]
    assert (there.accepted + there.refused, sum(one.tried for one in counts.values())) == (1, 1)
    assert counts[KoreanRegion.JEJU] == RegionCounts(0, 0, 0)
    newest = happened()
    assert [one.at for one in reached_at(newest)] == [one.at for one in newest]
    assert {one.became for one in reached_at(newest)} == {None, taken.answer.answer.became}
    monkeypatch.setattr("pandok.fields.programme.web.views.public_spread.A_PAGE", 1)
    pages = [Client().get("/spread/", {"page": number}).content.decode() for number in (1, 2)]
    assert [one.count("<article") for one in pages] == [1, 1]
    assert pages[0] != pages[1]
    inside = site.client(Role.PROGRAMME_OFFICE).get("/programme/spread/").content.decode()
    assert taken.answer.answer.became.words.ko in inside


def test_the_map_is_narrowed_and_counts_follow(site: Site) -> None:  # noqa: ARG001
    made, taken = handed_over(), answered_hand_over()
    said, answer = made.statement, taken.answer
    assert len(happened(SpreadAsked(topic=said.problem.topic))) == 2
    other = next(one.value for one in Topic if one.value != said.problem.topic)
    assert happened(SpreadAsked(topic=other)) == []
    for region, keys in ((said.region, {made.pk}), (answer.region, {answer.pk})):
        found = happened(SpreadAsked(region=region))
        assert {one.key for one in found} == keys
        assert sum(one.tried + one.accepted + one.refused for one in counted_by_region(found).values()) == 1
    assert {one.key for one in happened(SpreadAsked(site=said.site.upper()))} == {made.pk}
    day, before = made.made_at.astimezone(OFFICE_ZONE).date(), timedelta(days=1)
    keys = [one.key for one in happened(SpreadAsked(since=day, until=day))]
    assert made.pk in keys
    assert made.pk not in [one.key for one in happened(SpreadAsked(until=day - before))]
    assert made.pk not in [one.key for one in happened(SpreadAsked(since=day + before))]


def test_links_keep_what_was_chosen_and_bad_values_narrow_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    made, _ = handed_over(), answered_hand_over()
    monkeypatch.setattr("pandok.fields.programme.web.views.public_spread.A_PAGE", 1)
    page = Client().get("/spread/", {"topic": made.statement.problem.topic}).content.decode()
    assert f"?topic={made.statement.problem.topic}&amp;page=2" in page
    monkeypatch.setattr("pandok.fields.programme.web.views.public_spread.A_PAGE", 30)
    none = Client().get("/spread/", {"site": "\x00<b>없는 곳"}).content.decode()
    assert "조건에 맞는 기록이 없습니다." in none
    assert "<b>없는 곳" not in none
    for sent, wrong in (
        ({"topic": "moon", "region": "'"}, False),
        ({"since": "yesterday"}, True),
        ({"until": "2026-02-30"}, True),
        ({"since": "2026-03-01", "until": "2026-02-01"}, True),
        ({"since": "0001-01-01", "until": "9999-12-31"}, False),
    ):
        answer = Client().get("/spread/", sent)
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert ("aria-invalid" in shown) is wrong, sent
        if sent.get("since") != "2026-03-01":
            assert shown.count("<article") == 2, sent
