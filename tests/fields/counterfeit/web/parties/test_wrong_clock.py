"""Under a clock that was wrong nobody's word is turned round, and no link holds longer than it was to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from pandok.common.models import Account, Party, ServiceConsent
from pandok.common.parties.electronic import consent_of
from pandok.fields.counterfeit.acts.notices.links import HOLDS
from pandok.fields.counterfeit.lists.services import service_of
from pandok.fields.counterfeit.models import Case
from tests.fields.counterfeit.notices_fixtures import NoticeWorld
from tests.fields.designs.fakes import NOON

SignIn = Callable[[Account], Client]
SetClock = Callable[[datetime], None]
WRONG = [timedelta(days=365), timedelta(days=-3)]
NUMBER = "EB123456789CN"


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def says(client: Client, notice: Any, agrees: str) -> None:
    sent = {"nonce": uuid4().hex, "agrees": agrees}
    assert client.post(f"/notices/{notice.id}/electronic/", sent).status_code == 302


@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize("said_under_it", ["yes", "no"])
def test_the_last_word_on_electronic_service_counts_whatever_the_clock_said(
    notices: NoticeWorld, client_of: SignIn, set_clock: SetClock, wrong: timedelta, said_under_it: str
) -> None:
    case = notices.notified()
    notice = case.notices.get(template="holder_notice")
    holder, other = client_of(notices.holder), {"yes": "no", "no": "yes"}[said_under_it]
    says(holder, notice, "no")
    if said_under_it == "no":
        says(holder, notice, "yes")
    set_clock(NOON + wrong)
    holder = client_of(notices.holder)
    says(holder, notice, said_under_it)
    assert (consent_of(notice.party) is not None) == (said_under_it == "yes")
    set_clock(NOON + timedelta(hours=1))
    says(client_of(notices.holder), notice, other)
    assert (consent_of(notice.party) is not None) == (other == "yes"), "what it said last"
    again = notices.chosen()
    notices.issue(again, nonce="second", now=NOON + timedelta(hours=1))
    served = service_of(again.notices.get(template="holder_notice")) is not None
    assert served <= (other == "yes"), "nobody is served after taking the consent back"


def test_a_consent_on_paper_from_a_day_to_come_is_refused_under_a_clock_set_back_and_taken_later(
    notices: NoticeWorld, client_of: SignIn, set_clock: SetClock
) -> None:
    ServiceConsent.objects.create(
        party=notices.world.holder, given=False, way="paper", said_on=NOON.date(), recorded_at=NOON
    )
    case = notices.notified()
    sent = {"agrees": "yes", "day": "2026-03-02", "proof": "동의서 접수 제12호, 대표이사 서명"}
    address = f"/cases/{case.id}/electronic/holder/"
    set_clock(NOON - timedelta(days=3))
    refused = client_of(notices.world.officer).post(address, sent)
    assert refused.status_code == 422
    assert "동의서 접수 제12호" in refused.content.decode(), "what was entered stays"
    set_clock(NOON)
    assert client_of(notices.world.officer).post(address, sent).status_code == 302
    assert consent_of(Party.objects.get(pk=notices.world.holder.pk)) is not None


def made(notices: NoticeWorld, client_of: SignIn, case: Case, step: str = "reach") -> str:
    sent = {"step": step, "name": "김수입", "phone": "010-0000-0000", "check": "declaration"}
    page = client_of(notices.world.officer).post(f"/cases/{case.id}/importer/", sent).content.decode()
    return re.search(r"/n/[\w-]{43}/", page)[0]  # type: ignore[index]


def opens(link: str) -> bool:
    return Client().post(link, {"answer": NUMBER}).status_code == 302


def test_a_link_made_under_a_clock_that_was_ahead_opens_nothing_and_a_new_one_does(
    notices: NoticeWorld, client_of: SignIn, set_clock: SetClock
) -> None:
    case = notices.notified(importer=False)
    for step, ahead in (("reach", timedelta(days=365)), ("again", timedelta(days=2))):
        set_clock(NOON + ahead)
        link = made(notices, client_of, case, step)
        set_clock(NOON)
        assert not opens(link)
    page = client_of(notices.world.officer).get(f"/cases/{case.id}/importer/").content.decode()
    assert "Expired" in page, "the officer sees that the importer cannot open it"
    link = made(notices, client_of, case, "again")
    page = client_of(notices.world.officer).get(f"/cases/{case.id}/importer/").content.decode()
    assert "Not opened yet" in page, "the page tells of the link that holds"
    assert opens(link)
    set_clock(NOON + timedelta(days=365))
    assert not opens(link)


def test_a_link_that_ended_does_not_open_again_under_a_clock_set_back(
    notices: NoticeWorld, client_of: SignIn, set_clock: SetClock
) -> None:
    case = notices.notified(importer=False)
    link = made(notices, client_of, case)
    set_clock(NOON + HOLDS)
    assert not opens(link)
    set_clock(NOON - timedelta(days=3))
    assert not opens(link)
    set_clock(NOON + timedelta(minutes=5))
    assert opens(link), "a clock that was wrong for a while has used nothing up"


def test_who_is_behind_a_link_is_out_while_the_clock_is_wrong_and_back_when_it_is_right(
    notices: NoticeWorld, client_of: SignIn, set_clock: SetClock
) -> None:
    case = notices.notified(importer=False)
    importer = Client()
    assert importer.post(made(notices, client_of, case), {"answer": NUMBER}).status_code == 302
    for wrong in WRONG:
        set_clock(NOON + wrong)
        assert NUMBER not in importer.get("/n/open/").content.decode()
    set_clock(NOON + HOLDS + timedelta(seconds=1))
    assert importer.get("/n/open/").status_code == 404
