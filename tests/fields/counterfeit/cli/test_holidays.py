"""`pandok holidays`: a day declared late, entered and withdrawn at the command line, moves the running terms."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import AuditEntry
from pandok.fields.counterfeit.acts.cases.clocks import last_day_of
from pandok.fields.counterfeit.models import CaseClock, DatedHoliday
from tests.fields.counterfeit.cases_fixtures import begin_term, build_world

pytestmark = pytest.mark.django_db
WHY = ("--reason", "임시공휴일 지정(국무회의 의결)")


def run(*words: str, exit_code: int = 0) -> str:
    done = CliRunner().invoke(app, ["holidays", *words])
    assert done.exit_code == exit_code, done.output
    return done.output


def test_a_day_is_entered_listed_and_withdrawn_and_terms_move() -> None:
    case = build_world().case()
    case.state = "notified"
    case.save()
    clock = begin_term(case)
    before = CaseClock.objects.get(pk=clock.pk).due_at
    day = last_day_of(before)
    assert day.isoformat() in run("add", day.isoformat(), "--name", "임시공휴일", *WHY)
    after = CaseClock.objects.get(pk=clock.pk).due_at
    assert after >= before + timedelta(days=1)
    assert case.events.filter(kind="term_recounted").count() == 1
    row = json.loads(run("list", "--json"))[0]
    assert (row["day"], row["kind"], row["name"], row["withdrawn"]) == (day.isoformat(), "off", "임시공휴일", False)
    assert day.isoformat() in run("withdraw", day.isoformat(), "--reason", "지정이 취소됨")
    assert json.loads(run("list", "--json"))[0]["withdrawn"] is True
    assert CaseClock.objects.get(pk=clock.pk).due_at <= after
    done = AuditEntry.objects.filter(action__startswith="holiday.").order_by("sequence")
    assert [(one.action, one.actor) for one in done] == [
        ("holiday.added", "operator"),
        ("holiday.withdrawn", "operator"),
    ]


def test_a_day_can_be_said_to_be_none() -> None:
    run("add", "2026-10-09", "--name", "정상 근무", "--working", *WHY)
    assert DatedHoliday.objects.get().kind == DatedHoliday.WORKING


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "내일", "--name", "a", *WHY), "holiday.facts"),
        (("add", "2026-02-30", "--name", "a", *WHY), "holiday.facts"),
        (("add", "2026-06-03", "--name", " ", *WHY), "holiday.facts"),
        (("add", "2026-06-03", "--name", "선거일", "--reason", ""), "request.reason"),
        (("withdraw", "2026-06-03", *WHY), "holiday.unknown"),
        (("add", "2026-06-03", "--name", "선거일"), ""),
    ],
)
def test_wrong_words_are_refused_and_change_nothing(words: tuple[str, ...], code: str) -> None:
    assert code in run(*words, exit_code=2)
    assert not DatedHoliday.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_same_day_twice_is_refused() -> None:
    run("add", "2026-06-03", "--name", "선거일", *WHY)
    assert "holiday.exists" in run("add", "2026-06-03", "--name", "선거일", *WHY, exit_code=2)
    assert DatedHoliday.objects.count() == 1
