"""A forgotten password: the same answer to every name, a link by mail that works once, and whom to ask."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.messages.deliveries import text_of
from pandok.common.models import Account, Delivery, Invitation, Job
from pandok.common.people.forgotten import MOST_AN_HOUR, VALID, write_link
from tests.chosen import Choose
from tests.roles import Role
from tests.world import PASSWORD, Site

NEW = "quite another 31"


@pytest.fixture
def kim(site: Site, choose: Choose) -> Account:
    choose(mail="smtp://mail.example:587")
    account = site.account(Role.OFFICER, "kim")
    account.email = "kim@agency.example"
    account.save()
    return account


def ask(who: str) -> bytes:
    answer = Client().post("/sign-in/help/", {"who": who})
    assert answer.status_code == 200
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


def sent(now: Any = None) -> None:
    """What the worker does with the jobs that were asked for."""
    for job in Job.objects.filter(kind="password.asked"):
        write_link(account_id=job.payload["account"], now=now or timezone.now())


def link() -> str:
    mail = Delivery.objects.order_by("-created_at").first()
    assert mail is not None
    return re.search(r"(/invitation/\S+/)", text_of(mail))[1]  # type: ignore[index]


@pytest.mark.parametrize("typed", ["kim", " KIM ", "kim@agency.example"])
def test_a_link_by_mail_sets_a_new_password_once(kim: Account, typed: str) -> None:  # noqa: ARG001
    ask(typed)
    sent()
    person, place = Client(), link()
    assert person.post(place, {"new_password1": NEW, "new_password2": NEW}).status_code == 200
    assert person.post(place, {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code == 422
    assert person.post("/sign-in/", {"username": "kim", "password": NEW}).status_code == 302


def test_every_name_is_answered_alike_and_kept_nowhere(kim: Account) -> None:
    answers = {ask(who) for who in ("kim", "nobody", "a password typed here", "", "\x00", "x" * 5000)}
    assert len(answers) == 1
    assert Job.objects.filter(kind="password.asked").count() == 6, "an unknown name costs less work"
    assert not [job for job in Job.objects.all() if "password typed" in str(job.payload) + job.key]
    Account.objects.filter(pk=kim.pk).update(email="")
    sent()
    assert not Delivery.objects.exists()


def test_the_link_holds_half_an_hour_and_few_are_sent(kim: Account) -> None:
    now = timezone.now()
    write_link(account_id=kim.pk, now=now - VALID - timedelta(seconds=1))
    assert Client().get(link()).status_code == 422
    for second in range(10):
        write_link(account_id=kim.pk, now=now + timedelta(seconds=second))
    assert Delivery.objects.count() == MOST_AN_HOUR


def test_an_account_that_votes_gets_no_link(kim: Account, site: Site) -> None:  # noqa: ARG001
    account = site.account(Role.EVALUATOR, "voter")
    account.email = "voter@lab.example"
    account.save()
    ask("voter")
    sent()
    mail = Delivery.objects.get(recipient="voter@lab.example")
    assert "/invitation/" not in mail.body_text
    assert "관리자 두 사람" in mail.body_text
    assert not Invitation.objects.filter(account=account, closed_at=None).exists()


def test_without_a_mail_server_the_page_says_whom_to_ask(site: Site, choose: Choose) -> None:  # noqa: ARG001
    choose(mail="", contact="통관지원과 032-000-0000")
    assert "/sign-in/help/" in Client().get("/sign-in/").content.decode()
    page = Client().get("/sign-in/help/").content.decode()
    assert "통관지원과 032-000-0000" in page
    assert 'name="who"' not in page
    ask("kim")
    assert not Job.objects.filter(kind="password.asked").exists()


@pytest.mark.parametrize(
    "wrong", [timedelta(days=365), timedelta(days=2), timedelta(hours=2), timedelta(days=-2)], ids=str
)
def test_a_link_holds_half_an_hour_whatever_clock_made_it(kim: Account, wrong: timedelta) -> None:
    """Made under a clock that was ahead it holds no longer than under a right one: not at all until a new one comes."""
    right = timezone.now()
    write_link(account_id=kim.pk, now=right + wrong)
    assert Client().get(link()).status_code == 422
    assert Client().post(link(), {"new_password1": NEW, "new_password2": NEW}).status_code == 422
    Delivery.objects.all().delete()
    write_link(account_id=kim.pk, now=timezone.now())
    assert Client().post(link(), {"new_password1": NEW, "new_password2": NEW}).status_code == 200


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=2)], ids=str)
def test_a_link_that_ended_does_not_hold_again_under_a_clock_set_back(
    kim: Account, monkeypatch: pytest.MonkeyPatch, back: timedelta
) -> None:
    write_link(account_id=kim.pk, now=timezone.now())
    place, set_back = link(), timezone.now() - back
    monkeypatch.setattr(timezone, "now", lambda: set_back)
    assert Client().get(place).status_code == 422
    assert Client().post(place, {"new_password1": NEW, "new_password2": NEW}).status_code == 422
    monkeypatch.undo()
    assert Client().get(place).status_code == 200, "a clock that was wrong for a while has used nothing up"
