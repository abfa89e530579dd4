"""Every door shows and asks a right as it stands at this moment, whatever the reading recorded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pandok.core.dates import day_words
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.register.models import Design
from tests.fields.counterfeit.web.conftest import Customs, step, words


def last_day(days: int) -> date:
    return timezone.now().astimezone(OFFICE_ZONE).date() - timedelta(days=days)


@pytest.mark.parametrize(("days_over", "stands"), [(-1, True), (0, True), (1, False)])
def test_the_reading_page_shows_the_right_of_today(customs: Customs, days_over: int, stands: bool) -> None:
    record = customs.reading()
    Design.objects.update(expires_on=last_day(days_over), recordal_valid_until=last_day(days_over))
    page = words(customs.client().get(f"/readings/{record.id}/"))
    assert ("In force" in page) is stands
    assert ("Expired" in page) is not stands
    assert page.count("Recorded with customs") == 1 + stands, "the second candidate is not in the register any more"
    assert ("Customs recordal expired" in page) is not stands
    assert ("Notify this holder" in page) is stands


@pytest.mark.parametrize(("days_over", "status"), [(-1, "in force"), (0, "in force"), (1, "expired")])
def test_the_api_says_the_right_of_today(customs: Customs, days_over: int, status: str) -> None:
    record = customs.reading()
    Design.objects.update(expires_on=last_day(days_over), recordal_valid_until=last_day(days_over))
    client = customs.client()
    for answer in (
        client.get("/api/v1/designs/30-0001").json(),
        client.get("/api/v1/designs?number=30-0001").json()[0],
        client.get(f"/api/v1/readings/{record.id}").json()["reading"]["candidates"][0]["design"],
    ):
        assert (answer["status"], answer["recorded_with_customs"]) == (status, status == "in force")
    record.refresh_from_db()
    assert record.reading.candidates[0].design.status == "in force", "what was read stays as it was"


def test_a_right_that_ended_since_the_page_was_opened_is_refused_with_its_day(customs: Customs) -> None:
    case = customs.case()
    form = step(case, "choose", design_id="30-0001", reason="Same shape")
    Design.objects.update(expires_on=last_day(1))
    client: Client = customs.client(language="ko")
    answer = client.post(f"/cases/{case.id}/act/", form, follow=True)
    assert f"존속기간이 {day_words(last_day(1)).ko}에 끝났습니다" in words(answer)
    case.refresh_from_db()
    assert case.state == "read"
