"""The pages of statistics and retention: charts that can be read without seeing, and deletion by two persons."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from pandok.fields.counterfeit.acts.cases.deciding import close_case, say_nothing_close
from pandok.fields.counterfeit.acts.learning.statistics import FEW
from pandok.fields.counterfeit.models import Deletion, LegalHold
from pandok.fields.designs.models import ReadingRecord, Signal
from pandok.web.shown.charts import LETTER, Point, Series, line_chart
from tests.roles import Role
from tests.web.access_samples import ANOTHER_OFFICER, case_of_another, make_reading
from tests.world import Site


def english(client: Client) -> Client:
    client.cookies["pandok_language"] = "en"
    return client


def chart_with(points: list[Point | None]) -> object:
    return line_chart(
        key="k",
        title="T",
        description="D",
        labels=[f"2026-{month:02}" for month in range(1, len(points) + 1)],
        series=[Series("one", points)],
        say=lambda value: f"{value:.0%}",
        steps=(0.1, 0.5, 1.0),
    )


def test_a_chart_keeps_gaps_and_says_every_value() -> None:
    point = Point(0.4, 0.3, 0.48, False, "40%")
    few = Point(0.2, None, None, True, "20% (n = 2)")
    chart = chart_with([point, point, None, few])
    drawn = chart.series[0]  # type: ignore[attr-defined]
    assert len(drawn.lines) == 1
    assert [dot.few for dot in drawn.dots] == [False, False, True]
    assert chart.grid[-1][1] == "50%"  # type: ignore[attr-defined]
    assert chart.rows[2:] == [("2026-03", ["–"]), ("2026-04", ["20% (n = 2)"])]  # type: ignore[attr-defined]
    assert all(chart.top <= dot.high_y <= dot.y <= dot.low_y <= chart.bottom for dot in drawn.dots)  # type: ignore[attr-defined]
    assert chart_with([None, None]).empty  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ["2026.11", "Nov 2026", "September 2026"])
def test_words_under_the_axis_do_not_touch(words: str) -> None:
    half = Point(0.5, None, None, False, "50%")
    chart = line_chart(
        key="k",
        title="T",
        description="D",
        labels=[words] * 12,
        series=[Series("one", [half] * 12)],
        say=str,
        steps=[1],
    )
    places = [x for x, _ in chart.labels]
    assert len(places) >= 2
    assert min(right - left for left, right in pairwise(places)) >= len(words) * LETTER


def test_the_page_has_accessible_drawings_with_their_tables(site: Site) -> None:
    case = case_of_another(site)
    type(case).objects.filter(id=case.id).update(opened_at=timezone.now())
    page = english(site.client(Role.SUPERVISOR)).get("/statistics/").content.decode()
    start = page.index('<svg class="chart-drawing"')
    drawing = ElementTree.fromstring(page[start : page.index("</svg>", start) + 6])
    assert drawing.get("role") == "img"
    named = {one.get("id"): (one.text or "") for one in drawing if one.tag in ("title", "desc")}
    assert set(drawing.get("aria-labelledby", "").split()) == set(named)
    assert all(named.values())
    assert "The same as a table" in page
    assert "too few" in page
    assert f"fewer than {FEW} cases" in page


def test_the_form_bears_nonsense(site: Site) -> None:
    client = english(site.client(Role.SUPERVISOR))
    for asked in ({"months": "x"}, {"locarno_class": "zz"}, {"site": "999"}, {"months": "24"}, {"site": "a"}):
        assert client.get("/statistics/", asked).status_code == 200


def test_a_supervisor_says_what_became_known_later(site: Site) -> None:
    officer = site.account(Role.OFFICER, ANOTHER_OFFICER)
    now = timezone.now()
    case = say_nothing_close(case=case_of_another(site), actor=officer, reason="없음", now=now)
    close_case(case=case, actor=officer, reason="통관하기로 함", now=now)
    client = english(site.client(Role.SUPERVISOR))
    sent = {"number": case.number, "design_id": "30-0000", "reason": "found in a catalogue"}
    refused = client.post("/statistics/found-later/", sent | {"not_in_register": "on"})
    assert refused.status_code == 422
    assert "found in a catalogue" in refused.content.decode()
    assert client.post("/statistics/found-later/", sent | {"number": "2026-999999"}).status_code == 422
    assert client.post("/statistics/found-later/", sent).status_code == 302
    assert case.later_findings.get().design.design_id == "30-0000"


def old_photograph(site: Site) -> tuple[ReadingRecord, str]:
    record = make_reading(site)
    Signal.objects.update(caught_at=timezone.now() - timedelta(days=120))
    return record, record.signal.photographs.get().sha256


def test_two_persons_erase_and_the_page_says_so_in_place_of_the_picture(site: Site) -> None:
    record, sha256 = old_photograph(site)
    first = english(site.client(Role.ADMINISTRATOR))
    assert first.post("/retention/propose/", {"reason": "no"}).status_code == 422
    assert first.post("/retention/propose/", {"reason": "term is over"}).status_code == 302
    deletion = Deletion.objects.get()
    address = f"/retention/{deletion.id}/"
    assert first.get(f"{address}certificate.json").status_code == 404
    assert "cannot confirm" in first.post(f"{address}confirm/", {"reason": "term is over"}).content.decode()
    assert sha256 in site.blobs
    second = english(site.client(Role.SUPERVISOR))
    assert second.post(f"{address}confirm/", {"reason": ""}).status_code == 422
    assert second.post(f"{address}confirm/", {"reason": "looked through"}).status_code == 302
    assert sha256 not in site.blobs
    assert deletion.number in second.get(address).content.decode()
    told = json.loads(second.get(f"{address}certificate.json").content)
    assert told["certificate"]["files"][0]["sha256"] == sha256
    assert second.get(f"{address}certificate.pdf").content.startswith(b"%PDF")
    picture = site.client(Role.SUPERVISOR, "korean supervisor").get(f"/pictures/{sha256}")
    assert picture["Content-Type"] == "image/svg+xml"
    assert f"삭제 완료 (증명서 {deletion.number})" in picture.content.decode()
    assert second.get(f"/readings/{record.id}/").status_code == 200
    assert site.client(Role.OFFICER, "stranger").get(f"/pictures/{sha256}").status_code == 404
    assert second.get(f"/pictures/{'c' * 64}").status_code == 404


def test_an_erased_photograph_is_not_read_again_but_told_of(site: Site) -> None:
    record, sha256 = old_photograph(site)
    for kept in (sha256, record.signal.photographs.get().original_sha256):
        site.blobs.remove(kept)
    answer = site.client(Role.OFFICER, ANOTHER_OFFICER).post(f"/readings/{record.id}/again/", {"in_force_only": "on"})
    assert answer.status_code == 422


def test_holds_are_placed_and_lifted_with_a_reason(site: Site) -> None:
    case = case_of_another(site)
    client = english(site.client(Role.SUPERVISOR))
    sent = {"number": case.number, "reason": "a suit is pending"}
    assert client.post("/retention/holds/", sent | {"number": "x"}).status_code == 422
    assert client.post("/retention/holds/", sent | {"reason": "-"}).status_code == 422
    assert client.post("/retention/holds/", sent).status_code == 302
    hold = LegalHold.objects.get()
    assert case.number in client.get("/retention/").content.decode()
    assert client.post(f"/retention/holds/{hold.id}/lift/", {"reason": ""}).status_code == 422
    assert client.post(f"/retention/holds/{hold.id}/lift/", {"reason": "the suit has ended"}).status_code == 302
    hold.refresh_from_db()
    assert hold.lift_reason == "the suit has ended"
