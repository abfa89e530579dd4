"""What happened where, counted over all and listed page by page."""

from __future__ import annotations

import pytest
from django.test import Client

from pandok.fields.programme.lists.spread import RegionCounts, counted_by_region, moments, reached_at
from pandok.fields.programme.topics import KoreanRegion
from tests.fields.programme.spreading import answered_hand_over, handed_over
from tests.roles import Role
from tests.world import Site


def test_regions_count_everything_and_the_list_has_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made, taken = handed_over(), answered_hand_over()
    counts = counted_by_region()
    assert counts[KoreanRegion(made.statement.region)].tried == 1
    there = counts[KoreanRegion(taken.region)]
    assert (there.accepted + there.refused, sum(one.tried for one in counts.values())) == (1, 1)
    assert counts[KoreanRegion.JEJU] == RegionCounts(0, 0, 0)
    newest = moments()
    assert [one.at for one in reached_at(newest)] == [at for at, _, _ in newest]
    assert {one.became for one in reached_at(newest)} == {None, taken.answer.answer.became}
    monkeypatch.setattr("pandok.fields.programme.web.views.public_spread.A_PAGE", 1)
    pages = [Client().get("/spread/", {"page": number}).content.decode() for number in (1, 2)]
    assert [one.count("<article") for one in pages] == [1, 1]
    assert pages[0] != pages[1]
    inside = site.client(Role.PROGRAMME_OFFICE).get("/programme/spread/").content.decode()
    assert taken.answer.answer.became.words.ko in inside
