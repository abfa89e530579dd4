"""Confirmed photographs at the doors: the case's page, the reading's page, a closer look, calls and commands."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.fields.counterfeit.acts.learning.confirming import Wish, confirm
from pandok.fields.counterfeit.models import Case, ConfirmedView
from tests.chosen import Choose
from tests.fields.counterfeit.confirmed_cases import closed_case
from tests.fields.counterfeit.web.conftest import Customs
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = pytest.mark.django_db
WHY = "감정서로 확인한 물품의 사진"
ADD = "이 사진을 확인 사진으로 추가"


@pytest.fixture
def case(customs: Customs) -> Case:
    return closed_case(customs.world, customs.blobs)


def words(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", page))


def form(**fields: str) -> dict[str, str]:
    return {"form": str(uuid4()), "photograph": "1", "design_id": "30-0001", "reason": WHY} | fields


def test_the_officer_is_asked_once_more_and_takes_it_back_on_the_same_page(customs: Customs, case: Case) -> None:
    browser = customs.client(language="ko")
    page, address = reverse("case", args=[case.id]), reverse("case_confirm", args=[case.id])
    assert ADD in words(browser.get(page).content.decode())
    sent = form()
    asked = browser.post(address, sent)
    assert asked.status_code == 200
    said = words(asked.content.decode())
    assert "30-0001" in said
    assert "권리자·수입자" in said
    assert WHY in said
    assert not ConfirmedView.objects.exists()
    done = browser.post(address, sent | {"confirmed": "yes"})
    assert done.status_code == 302
    assert browser.post(address, sent | {"confirmed": "yes"}).status_code == 302, "pressed twice"
    confirmed = ConfirmedView.objects.get()
    shown = words(browser.get(page).content.decode())
    assert "판독에 사용 중" in shown
    assert "확인 사진 추가" in shown, "in the history"
    assert WHY in shown
    withdraw = reverse("case_confirm_withdraw", args=[case.id, confirmed.id])
    empty = browser.post(withdraw, {"reason": ""})
    assert empty.status_code == 422
    assert browser.post(withdraw, {"reason": "물품이 잘 보이지 않음"}).status_code == 302
    confirmed.refresh_from_db()
    assert confirmed.withdraw_reason == "물품이 잘 보이지 않음"
    assert ADD in words(browser.get(page).content.decode()), "it can come again"


def test_a_refusal_keeps_what_was_written_and_stands_in_its_form(customs: Customs, case: Case) -> None:
    browser = customs.client(language="ko")
    refused = browser.post(reverse("case_confirm", args=[case.id]), form(design_id="30-4444"))
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert f"사건 {case.number}에서 확인된 디자인은 30-0001입니다." in words(shown)
    assert WHY in shown
    assert re.search(r"<details[^>]* open[^>]*><summary>이 사진을 확인 사진으로 추가", shown)
    assert browser.post(reverse("case_confirm", args=[case.id]), form(photograph="9")).status_code == 404


def test_the_page_offers_it_only_where_the_case_says_the_design(customs: Customs) -> None:
    from pandok.fields.counterfeit.outcomes import Finding

    unknown = closed_case(customs.world, customs.blobs, Finding.UNDETERMINED)
    opened = customs.case()
    for one in (unknown, opened):
        assert "확인 사진" not in words(
            customs.client(language="ko").get(reverse("case", args=[one.id])).content.decode()
        )
    known = closed_case(customs.world, customs.blobs)
    auditor = customs.client(customs.world.account(Role.AUDITOR), language="ko")
    seen = auditor.get(reverse("case", args=[known.id])).content.decode()
    assert "확인 사진" in words(seen)
    assert reverse("case_confirm", args=[known.id]) not in seen, "who may not act is offered nothing"


def resting(customs: Customs, case: Case) -> tuple[ConfirmedView, str]:
    """A reading of other goods whose evidence rests on the confirmed photograph; the address of its page."""
    wish = Wish(case, case.signal.photographs.get(), "30-0001", customs.world.officer, WHY)
    confirmed = confirm(wish, now=NOON, blobs=customs.blobs, form=uuid4())
    record = customs.reading()
    evidence = record.value["candidates"][0]["evidence"]
    evidence |= {"view_sha256": confirmed.view.sha256, "view": case.number, "confirmed": True}
    record.picture_sizes = {confirmed.view.sha256: [confirmed.view.width, confirmed.view.height]}
    record.save()
    return confirmed, reverse("reading", args=[record.id])


def test_evidence_says_on_which_case_it_rests_and_the_look_too(customs: Customs, case: Case) -> None:
    confirmed, address = resting(customs, case)
    for language, said in (
        ("ko", f"사건 {case.number} 확인 사진과 유사합니다."),
        ("en", f"Similar to a photograph confirmed in case {case.number}."),
    ):
        page = customs.client(language=language).get(address).content.decode()
        assert said in words(page)
        assert "등록도면의" not in words(page)
        look = html.unescape(re.search(r'href="([^"]*\?look[^"]*)"', page)[1])  # type: ignore[index]
        shown = customs.client(language=language).get(look)
        assert shown.status_code == 200
        assert confirmed.view.sha256 in shown.content.decode()
        assert case.number in words(shown.content.decode())
    alone = customs.client(language="ko").get(reverse("picture", args=[confirmed.view.sha256]) + "?look")
    assert f"사건 {case.number} 확인 사진" in words(alone.content.decode())


def test_calls_and_commands_do_the_same(customs: Customs, case: Case, choose: Choose, tmp_path: Path) -> None:
    def call(method: str, path: str, key: str = "", **body: Any) -> Any:
        headers = {"idempotency-key": key or uuid4().hex}
        address = f"/api/v1/cases/{case.id}/confirmed-photographs{path}"
        given = {"data": json.dumps(body), "content_type": "application/json"} if method == "post" else {}
        return getattr(browser(customs), method)(address, headers=headers, **given)

    asked = {"photograph": 1, "design_id": "30-0001", "reason": WHY}
    made = call("post", "", key="once", **asked)
    assert made.status_code == 201, made.content
    assert call("post", "", key="once", **asked).json() == made.json()
    assert call("post", "", **asked).json()["code"] == "view.stands"
    assert call("post", "", **(asked | {"photograph": 2})).status_code == 422
    assert [one["id"] for one in call("get", "").json()] == [made.json()["id"]]
    back = call("post", f"/{made.json()['id']}/withdraw", reason="물품이 잘 보이지 않음")
    assert back.status_code == 200
    assert back.json()["withdraw_reason"] == "물품이 잘 보이지 않음"

    choose(home=tmp_path)
    by = ("--by", customs.world.officer.get_username(), "--reason", WHY)
    run("confirm-photograph", case.number, *by)
    row = json.loads(run("photographs", case.number, "--json"))
    assert (row["design_id"], row["photographs"][0]["reason"]) == ("30-0001", WHY)
    assert case.number in run("photographs", case.number)
    run("withdraw-photograph", case.number, *by)
    assert "view.not_confirmed" in run("withdraw-photograph", case.number, *by, exit_code=1)
    run("confirm-photograph", case.number, *by, "--photograph", "4", exit_code=1)
    run("confirm-photograph", "2020-000001", *by, exit_code=1)
    assert ConfirmedView.objects.filter(withdrawn_at=None).count() == 0
    assert ConfirmedView.objects.count() == 2


def browser(customs: Customs) -> Client:
    return customs.client(language="ko")


def run(*said: str, exit_code: int = 0) -> str:
    done = CliRunner().invoke(app, ["cases", *said])
    assert (done.exit_code != 0) == (exit_code != 0), (done.output, done.exception)
    return done.output
