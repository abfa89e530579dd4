"""What KPIs came to is computed, kept, and comes out the same a year later; everything that was changed is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError, StoreError
from pandok.fields.programme.acts.agreements.drafting import drop_line, offer, put_line
from pandok.fields.programme.acts.agreements.signing import amend, sign
from pandok.fields.programme.acts.evidence.computing import end_of
from pandok.fields.programme.acts.evidence.measuring import measure, measure_again, recompute
from pandok.fields.programme.models import Agreement, AgreementVersion, Measurement
from pandok.fields.street.models import AlertEvent
from tests.fields.programme.office import LINE, NOON, OVER, WHY, drafted, measured, offered, person, signed
from tests.fields.programme.records import SOURCES, alert, line_of, records
from tests.roles import Role
from tests.tampering import take_trigger_away

pytestmark = pytest.mark.django_db
RUN = NOON + timedelta(days=30)
YEAR_LATER = OVER + timedelta(days=365)


def refused(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(RequestError) as error:
        act(*args, **said)
    return str(error.value.error_code)


def running(source: str = "street_alerts", **other: Any) -> Agreement:
    """Signed, with one KPI on this source."""
    made, office = drafted(), person(Role.PROGRAMME_OFFICE)
    drop_line(made.pk, "false_share_0", actor=office, now=NOON)
    put_line(made.pk, line_of(source, key="false_share_0", **other), actor=office, now=NOON)
    offer(made.pk, reason=WHY, actor=office, now=NOON)
    for role in (Role.PROGRAMME_MANAGER, Role.FIELD_OWNER):
        sign(made.pk, agrees=True, reason=WHY, actor=person(role), now=NOON)
    made.refresh_from_db()
    return made


def kept(agreement: Agreement, now: datetime = OVER) -> Measurement:
    return measure(agreement.pk, actor=person(Role.PROGRAMME_OFFICE), now=now)


@pytest.mark.parametrize("source", SOURCES)
def test_the_same_comes_out_a_year_later_whatever_was_added_since(source: str) -> None:
    made = running(source, cluster="", least_rows=10)
    records(source, RUN, good=40, bad=2)
    first = kept(made)
    found = first.evidence.kpis[0]
    assert (first.occasion, found.value, found.rows, found.records) == ("final", 2 / 42, 42, 42)
    assert found.verdict == "proven"
    records(source, OVER + timedelta(days=20), good=1, bad=30)
    again = recompute(Measurement.objects.get(), YEAR_LATER)
    assert (again.same, again.differences) == (True, [])


@pytest.mark.parametrize("source", SOURCES)
def test_what_the_baseline_was_counted_from_is_no_evidence_of_the_trial(source: str) -> None:
    records(source, NOON - timedelta(days=10), good=0, bad=30)
    made = running(source, cluster="", least_rows=10)
    records(source, RUN, good=20, bad=0)
    found = kept(made).evidence.kpis[0]
    assert (found.records, found.value, found.since) == (20, 0.0, NOON)


def test_nobody_chooses_a_favourable_moment() -> None:
    """Whoever measures when: what counts is what was known when the measuring day ended."""
    made = running(least_rows=5)
    records("street_alerts", RUN, good=9, bad=1)
    alert(end_of(date(2026, 9, 30)) + timedelta(minutes=1), false=False)
    late = kept(made, YEAR_LATER).evidence.kpis[0]
    assert (late.until, late.records) == (datetime(2026, 9, 30, 15, tzinfo=UTC), 10)
    assert refused(measure, made.pk, actor=None, now=YEAR_LATER) == "evidence.measured_already"


def test_before_its_day_a_measurement_is_an_interim_one_and_there_may_be_many() -> None:
    made = running(least_rows=5)
    records("street_alerts", RUN, good=3, bad=3)
    for days in (31, 32):
        assert kept(made, NOON + timedelta(days=days)).occasion == "interim"
    told = kept(made, RUN + timedelta(minutes=150)).evidence.kpis[0]
    assert (told.until, told.records) == (RUN + timedelta(minutes=150), 3)
    assert kept(made).occasion == "final"
    assert Measurement.objects.count() == 4
    assert [recompute(one, YEAR_LATER).differences for one in Measurement.objects.all()] == [[]] * 4


@pytest.mark.parametrize(
    ("good", "bad", "verdict"),
    [(0, 0, "undecidable"), (4, 0, "undecidable"), (60, 0, "proven"), (45, 15, "not_proven"), (5, 55, "inferior")],
)
def test_every_verdict_follows_from_rows(good: int, bad: int, verdict: str) -> None:
    made = running(cluster="")
    records("street_alerts", RUN, good=good, bad=bad)
    assert kept(made).evidence.kpis[0].verdict == verdict


def test_what_waits_for_an_answer_is_left_out_and_told() -> None:
    made = running(cluster="", least_rows=1)
    records("street_alerts", RUN, good=3, bad=1)
    for hours in (50, 51):
        alert(RUN + timedelta(hours=hours), false=None)
    found = kept(made).evidence.kpis[0]
    assert (found.records, found.rows, found.value) == (6, 6, 1 / 6)


def test_only_what_runs_and_is_as_it_was_signed_is_measured() -> None:
    office = person(Role.PROGRAMME_OFFICE)
    assert refused(measure, offered().pk, actor=office, now=OVER) == "agreement.no_such_way"
    made = signed()
    Agreement.objects.filter(pk=made.pk).update(lines=[made.lines[0] | {"target": 0.39}])
    assert refused(measure, made.pk, actor=office, now=OVER) == "evidence.not_as_signed"


def test_a_clock_that_is_behind_the_trail_ends_no_measuring_day() -> None:
    made = signed()
    kept(running(), OVER + timedelta(days=10))
    assert refused(measure, made.pk, actor=None, now=OVER) == "evidence.clock"


def test_a_measurement_is_told_with_its_digest_and_never_changed() -> None:
    first = measured()
    told = AuditEntry.objects.get(action="agreement.measured")
    assert (told.details["sha256"], told.details["occasion"]) == (first.sha256, "final")
    with pytest.raises(StoreError):
        first.save()
    with pytest.raises(StoreError):
        Measurement.objects.update(sha256="")


def _values(made: Measurement, **changed: Any) -> None:
    values = made.values | {"kpis": [made.values["kpis"][0] | changed]}
    _by_hand(made, values=values)


def _by_hand(made: Measurement, **changed: Any) -> None:
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "programme_measurement")
    QuerySet(Measurement).filter(pk=made.pk).update(**changed)


def _both(made: Measurement, **changed: Any) -> None:
    """A value together with the digest beside it."""
    _values(made, **changed)
    made.refresh_from_db()
    _by_hand(made, sha256=made.evidence.sha256)


def _rows(_made: Measurement, **changed: Any) -> None:
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "street_alertevent")
    first = AlertEvent.objects.filter(to_state="rejected").first()
    assert first is not None
    QuerySet(AlertEvent).filter(pk=first.pk).update(**changed)


def _lock(made: Measurement, **changed: Any) -> None:
    AgreementVersion.objects.filter(pk=made.version_id).update(lock=made.version.lock | changed)


TAMPERED: dict[str, tuple[Callable[..., None], dict[str, Any], set[str], bool]] = {
    "value": (_values, {"value": 0.01}, {"record", "value"}, False),
    "interval": (_values, {"interval": [0.0, 0.1]}, {"record", "value"}, False),
    "verdict with its digest": (_both, {"verdict": "proven"}, {"record", "value"}, False),
    "number of rows": (_values, {"records": 900}, {"record", "rows"}, False),
    "digest alone": (_by_hand, {"sha256": "0" * 64}, {"record"}, False),
    "moment": (_by_hand, {"measured_at": OVER + timedelta(days=1)}, {"clock"}, True),
    "unreadable": (_by_hand, {"values": {}}, {"record"}, False),
    "a row that says another thing": (_rows, {"to_state": "confirmed"}, {"rows", "value"}, False),
    "a row that comes later now": (_rows, {"at": YEAR_LATER}, {"rows", "value"}, False),
    "lock": (_lock, {"code": "another"}, {"lock"}, True),
    "lock made unreadable": (_lock, {"sheet": {}}, {"lock"}, False),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_whatever_was_changed_is_found_and_shown(name: str) -> None:
    made = running(cluster="", least_rows=10)
    records("street_alerts", RUN, good=11, bad=9)
    first = kept(made)
    how, changed, parts, same = TAMPERED[name]
    how(first, **changed)
    again = recompute(Measurement.objects.get(), YEAR_LATER)
    assert {one.part.value for one in again.differences} == parts
    assert again.same is same


def test_another_program_that_finds_the_same_is_told_and_so_is_a_moment_of_the_future(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = measured()
    assert [one.part.value for one in recompute(first, OVER - timedelta(days=1)).differences] == ["clock"]
    monkeypatch.setattr("pandok.fields.programme.acts.evidence.computing.measuring_sha256", lambda: "0" * 64)
    again = recompute(first, YEAR_LATER)
    assert ([one.part.value for one in again.differences], again.same) == (["code"], True)


def test_after_an_amendment_the_new_version_is_measured_and_the_old_one_stays() -> None:
    made = running(least_rows=5)
    records("street_alerts", RUN, good=9, bad=1)
    kept(made)
    office = person(Role.PROGRAMME_OFFICE)
    later = LINE | {"key": "false_share_0", "measured_on": "2026-12-31", "least_rows": 5}
    amend(made.pk, later, reason="겨울까지 늘림", actor=office, now=OVER)
    for role, name in (
        (Role.PROGRAMME_MANAGER, ""), (Role.FIELD_OWNER, ""), (Role.COMMITTEE_MEMBER, ""),
        (Role.COMMITTEE_MEMBER, "second member"),
    ):  # fmt: skip
        sign(made.pk, agrees=True, reason=WHY, actor=person(role, name), now=OVER)
    assert kept(made, OVER + timedelta(days=1)).occasion == "interim"
    assert kept(made, YEAR_LATER).occasion == "final"
    assert [recompute(one, YEAR_LATER).differences for one in Measurement.objects.all()] == [[]] * 3


def test_years_later_the_twelve_months_before_are_measured_once() -> None:
    made = running(cluster="", least_rows=5)
    records("street_alerts", RUN, good=20, bad=0)
    kept(made)
    first = made.remeasurements.get(months=12)
    assert first.due_on == date(2027, 9, 30)
    records("street_alerts", OVER + timedelta(days=60), good=3, bad=7)
    assert refused(measure_again, first, actor=None, now=end_of(first.due_on) - timedelta(seconds=1)) == (
        "evidence.not_due"
    )
    again = measure_again(first, actor=None, now=end_of(first.due_on))
    found = again.evidence.kpis[0]
    assert (again.occasion, found.records, found.value) == ("afterwards", 10, 0.7)
    assert refused(measure_again, first, actor=None, now=end_of(first.due_on)) == "evidence.measured_already"
    assert recompute(again, end_of(first.due_on) + timedelta(days=400)).differences == []
