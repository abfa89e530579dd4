"""Thirty ways of changing what was locked: each is told, and told as what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from pandok.core.programme.indicators import Baseline, Direction, Indicator, Sheet
from pandok.core.programme.lock import Lock, Part, Signature, changes

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=200)


def line(key: str, weight: float = 0.5, **other: Any) -> Indicator:
    given: dict[str, Any] = {
        "key": key,
        "name": "확정까지 걸린 시간",
        "purpose": "빨리 알린다",
        "formula": "median(minutes)",
        "source": "alerts",
        "cluster": "device",
        "unit": "분",
        "direction": Direction.LOWER,
        "baseline": Baseline(value=12.0, interval=(10.0, 14.0), counted_on=date(2026, 1, 5), how="지난해 기록 400건"),
        "target": 6.0,
        "margin": 1.0,
        "measured_by": "관제실장",
        "measured_on": date(2026, 9, 1),
        "least_rows": 100,
        "weight": weight,
    }
    return Indicator(**{**given, **other})


def lock(**other: Any) -> Lock:
    given: dict[str, Any] = {
        "agreement": "2026-P-000001",
        "version": 1,
        "sheet": Sheet(indicators=(line("minutes"), line("missed", formula="share(missed)", unit="비율"))),
        "protocol": "a" * 64,
        "data": {"alerts": "b" * 64, "records_119": "c" * 64},
        "code": "pandok 1.4.0",
        "locked_at": NOW,
        "signatures": (
            Signature(post="사업단장", body="사업단", person="office", signed_at=NOW),
            Signature(post="현업 책임자", body="북구청", person="owner", signed_at=NOW),
        ),
    }
    return Lock(**{**given, **other})


MISSED = line("missed", formula="share(missed)", unit="비율")


def with_line(**other: Any) -> Lock:
    return lock(sheet=Sheet(indicators=(line("minutes", **other), MISSED)))


def signed(**other: Any) -> Lock:
    """With another second signature."""
    first, second = LOCKED.signatures
    return lock(signatures=(first, second.model_copy(update=other)))


def baseline(**other: Any) -> Baseline:
    given = {"value": 12.0, "interval": (10.0, 14.0), "counted_on": date(2026, 1, 5), "how": "지난해 기록 400건"}
    return Baseline(**{**given, **other})


LOCKED = lock()
WAYS: list[tuple[Part, str, Callable[[], Lock]]] = [
    (Part.SHEET, "minutes.formula", lambda: with_line(formula="quantile(minutes, 0.4)")),
    (Part.SHEET, "minutes.formula", lambda: with_line(formula="median(minutes, of: minutes < 60)")),
    (Part.SHEET, "minutes.source", lambda: with_line(source="alerts_confirmed")),
    (Part.SHEET, "minutes.cluster", lambda: with_line(cluster="")),
    (Part.SHEET, "minutes.unit", lambda: with_line(unit="시간")),
    (Part.SHEET, "minutes.direction", lambda: with_line(direction=Direction.HIGHER, target=13.0)),
    (Part.SHEET, "minutes.baseline", lambda: with_line(baseline=baseline(value=13.9))),
    (Part.SHEET, "minutes.baseline", lambda: with_line(baseline=baseline(interval=(11.0, 20.0)))),
    (Part.SHEET, "minutes.baseline", lambda: with_line(baseline=baseline(interval=None))),
    (Part.SHEET, "minutes.baseline", lambda: with_line(baseline=baseline(counted_on=date(2025, 1, 5)))),
    (Part.SHEET, "minutes.baseline", lambda: with_line(baseline=baseline(how="지난해 기록 40건"))),
    (Part.SHEET, "minutes.target", lambda: with_line(target=8.0)),
    (Part.SHEET, "minutes.margin", lambda: with_line(margin=5.0)),
    (Part.SHEET, "minutes.measured_by", lambda: with_line(measured_by="개발사")),
    (Part.SHEET, "minutes.measured_on", lambda: with_line(measured_on=date(2027, 3, 1))),
    (Part.SHEET, "minutes.least_rows", lambda: with_line(least_rows=10)),
    (Part.SHEET, "minutes.name", lambda: with_line(name="통보까지 걸린 시간")),
    (Part.SHEET, "minutes.purpose", lambda: with_line(purpose="보고용")),
    (Part.SHEET, "missed.key", lambda: lock(sheet=Sheet(indicators=(line("minutes", 1.0),)))),
    (
        Part.SHEET,
        "minutes.weight",
        lambda: lock(
            sheet=Sheet(indicators=(line("minutes", 0.9), line("missed", 0.1, formula="share(missed)", unit="비율")))
        ),
    ),
    (
        Part.SHEET,
        "satisfied.key",
        lambda: lock(sheet=Sheet(indicators=(*LOCKED.sheet.indicators[:1], line("satisfied")))),
    ),
    (Part.SHEET, "order", lambda: lock(sheet=Sheet(indicators=LOCKED.sheet.indicators[::-1]))),
    (Part.PROTOCOL, "", lambda: lock(protocol="d" * 64)),
    (Part.DATA, "alerts", lambda: lock(data={**LOCKED.data, "alerts": "d" * 64})),
    (Part.DATA, "records_119", lambda: lock(data={"alerts": "b" * 64})),
    (Part.DATA, "later", lambda: lock(data={**LOCKED.data, "later": "d" * 64})),
    (Part.CODE, "", lambda: lock(code="pandok 1.4.1")),
    (Part.CLOCK, "", lambda: lock(locked_at=NOW - timedelta(days=1))),
    (Part.SIGNATURES, "북구청 · 현업 책임자", lambda: signed(person="x")),
    (Part.SIGNATURES, "북구청 · 현업 책임자", lambda: signed(body="다른 곳")),
    (Part.SIGNATURES, "북구청 · 현업 책임자", lambda: signed(signed_at=NOW - timedelta(days=9))),
    (Part.RECORD, "agreement", lambda: lock(agreement="2026-P-000002")),
    (Part.RECORD, "version", lambda: lock(version=2)),
    (Part.RECORD, "previous", lambda: lock(previous="e" * 64)),
]


@pytest.mark.parametrize(
    ("part", "at", "changed"), WAYS, ids=[f"{part}-{at}-{n}" for n, (part, at, _) in enumerate(WAYS)]
)
def test_each_way_of_changing_it_is_told(part: Part, at: str, changed: Callable[[], Lock]) -> None:
    found = changes(LOCKED, changed(), promised=LOCKED.sha256, seen_at=LATER)
    assert (part, at) in {(one.part, one.at) for one in found}
    assert all(one.was != one.now for one in found)
    # A lock that was exchanged as a whole is no longer what the audit trail promised.
    exchanged = changes(changed(), changed(), promised=LOCKED.sha256, seen_at=LATER)
    assert [one.part for one in exchanged] == [Part.RECORD]


def test_there_are_at_least_thirty_ways_and_nothing_is_told_where_nothing_changed() -> None:
    assert len(WAYS) >= 30
    assert changes(LOCKED, lock(), promised=LOCKED.sha256, seen_at=LATER) == []


def test_a_lock_of_the_future_is_told() -> None:
    found = changes(LOCKED, LOCKED, promised=LOCKED.sha256, seen_at=NOW - timedelta(minutes=1))
    assert [(one.part, one.at) for one in found] == [(Part.CLOCK, "future")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": 13.0},
        {"margin": -1.0},
        {"weight": 0.0},
        {"least_rows": 0},
        {"measured_on": date(2026, 1, 5)},
        {"key": "Minutes; drop table"},
        {"formula": ""},
        {"further": 1},
        {"target": float("nan")},
    ],
)
def test_a_line_that_cannot_be_agreed_on_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Indicator(**{**line("minutes").model_dump(), **wrong})


def test_a_sheet_has_each_line_once_and_weights_that_come_to_one() -> None:
    with pytest.raises(ValidationError):
        Sheet(indicators=(line("minutes"), line("minutes")))
    with pytest.raises(ValidationError):
        Sheet(indicators=(line("minutes"), line("missed", 0.4)))


def test_two_persons_sign_each_for_a_post_of_its_own() -> None:
    office, owner = LOCKED.signatures
    for wrong in (
        (office,),
        (office, owner.model_copy(update={"person": office.person})),
        (office, office.model_copy(update={"person": "another"})),
    ):
        with pytest.raises(ValidationError):
            lock(signatures=wrong)
