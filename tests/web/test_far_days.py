"""A day far from sense is refused with its sentence at every door, and an open-ended term stays open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import Account
from pandok.core.days import day_from, is_sensible
from pandok.core.errors import RequestError
from pandok.fields.register.importers.uspto_xml import _expiry
from pandok.fields.register.records import RawRecord
from pandok.fields.register.row_checks import check
from pandok.web.day_field import DayField
from tests.chosen import Choose
from tests.fields.counterfeit.cases_fixtures import build_world
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world
from tests.roles import Role

FAR = ("9999-12-31", "0001-01-01", "1899-12-31", "2201-01-01")


@pytest.mark.parametrize("text", [*FAR, "", "2026-02-30", "20260302x", "2026-W99-9", "٢٠٢٦-٠٣-٠٢"])
def test_one_rule_says_what_is_a_day(text: str) -> None:
    with pytest.raises(RequestError):
        day_from(text)
    assert day_from(" 2026-03-02 ") == date(2026, 3, 2)
    assert is_sensible(date(2200, 12, 31))


@pytest.mark.parametrize("fact", ["expires_on", "recordal_valid_until"])
def test_a_term_that_a_source_leaves_open_is_none_and_no_finding(fact: str) -> None:
    checked = check(RawRecord(file="a.csv", line=2, design_id="D1", facts={fact: "9999-12-31"}))
    assert (checked.values[fact], checked.findings) == (None, ())


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        (fact, written)
        for fact in ("filed_on", "registered_on", "published_on", "expires_on", "status_date")
        for written in ("0001-01-01", "1066-10-14", "2450-01-01", "99991231")
        if (fact, written) != ("expires_on", "99991231")  # left open
    ],
)
def test_other_far_days_of_a_register_are_findings(fact: str, written: str) -> None:
    checked = check(RawRecord(file="a.csv", line=2, design_id="D1", facts={fact: written}))
    assert [one.code for one in checked.findings] == ["date.far"]
    assert fact not in checked.values
    assert checked.status_since is None


@pytest.mark.parametrize(
    ("granted", "years"), [("99991231", "14"), ("20200101", "9999"), ("20200101", "²"), ("1", "14")]
)
def test_no_term_of_a_grant_leaves_the_calendar(granted: str, years: str) -> None:
    assert _expiry(granted, years) == ""
    assert _expiry("20200229", "15") == "2035-02-28"


@pytest.mark.parametrize("text", FAR)
def test_a_form_says_the_limits_and_keeps_what_was_entered(text: str) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="2200-12-31"):
        DayField().clean(text)


@pytest.mark.django_db
@pytest.mark.parametrize("day", FAR)
def test_pages_calls_and_commands_refuse_it(
    day: str, tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(home=tmp_path)
    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.pdf.notice_pdf", lambda *_: b"%PDF-1.7")
    notices: NoticeWorld = build_notice_world(tmp_path)
    case = notices.notified()
    notice = case.notices.get(template="holder_notice")
    officer, admin = Client(), Client()
    officer.force_login(notices.world.officer)
    admin.force_login(notices.world.account(Role.ADMINISTRATOR))
    service = {"form": str(uuid4()), "way": "post", "day": day, "proof": "등기 12345호 수령"}
    doors = {
        "service": officer.post(f"/cases/{case.id}/notices/{notice.id}/service/", service),
        "consent": officer.post(
            f"/cases/{case.id}/electronic/holder/", {"agrees": "yes", "day": day, "proof": "동의서"}
        ),
        "holiday": admin.post("/holidays/", {"day": day, "kind": "off", "name": "휴일", "reason": "국무회의 의결"}),
        "party": admin.post(f"/parties/{case.holder_id}/electronic/", {"agrees": "yes", "day": day, "proof": "동의서"}),
        "token": officer.post("/tokens/", {"title": "연계", "last_day": day, "scopes": ["cases:read"]}),
        "call": officer.post(
            f"/api/v1/cases/{case.id}/notices/{notice.id}/service",
            {"way": "post", "day": day, "proof": "등기 12345호 수령"},
            content_type="application/json",
        ),
        "filter": officer.get("/api/v1/cases", {"opened_from": day}),
    }
    assert {name: answer.status_code for name, answer in doors.items()} == dict.fromkeys(doors, 422)
    assert day in doors["service"].content.decode()
    for words in (["holidays", "add", day, "--name", "휴일", "--reason", "국무회의 의결"],):
        done = CliRunner().invoke(app, words)
        assert (done.exit_code, isinstance(done.exception, SystemExit)) == (2, True), done.output
    number = str(case.holder_id)
    told = CliRunner().invoke(app, ["parties", "electronic", number, "--proof", "동의서 접수", "--day", day])
    assert told.exit_code == 2


@pytest.mark.django_db
def test_the_command_records_a_consent(db: None) -> None:  # noqa: ARG001
    world = build_world()
    done = CliRunner().invoke(
        app, ["parties", "electronic", str(world.holder.pk), "--proof", "철회서 접수", "--day", "2026-03-02", "--back"]
    )
    assert done.exit_code == 0, done.output
    assert not world.holder.consents.last().given
    assert Account.objects.filter(username=world.officer.username).exists()
