"""The rule by which firms stand beside a problem: proofs that hold first, a reason for each, nothing without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pandok.core.text import Text
from pandok.engines.alike_statements.shared_words import LEAST_SHARE
from pandok.fields.programme.firm_matching import Match, Standing, Step, Work, matched, standing_of
from pandok.fields.programme.topics import Topic
from pandok.proof.verdict import Verdict

AT = datetime(2026, 3, 2, tzinfo=UTC)
SOURCES = {"street_alerts": Text(ko="가로등 경보", en="Alerts of streetlights")}
WORK = Work("a", "가온", Topic.DISASTERS, frozenset({"street_alerts"}), Standing.HOLDS, Verdict.PROVEN, AT)


def _found(*works: Work, alike: dict[str, float] | None = None, sources: tuple[str, ...] = ()) -> list[Match]:
    return matched(Topic.DISASTERS, sources, works, alike or {}, SOURCES)


def test_a_proof_that_holds_in_the_field_comes_before_one_elsewhere_and_both_before_a_trial() -> None:
    tried = replace(WORK, key="t", firm="다온", standing=Standing.NOT_PROVEN, verdict=Verdict.NOT_PROVEN)
    elsewhere = replace(WORK, key="e", firm="나래", topic=Topic.STREETS)
    found = _found(tried, elsewhere, WORK, sources=("street_alerts",))
    assert [(one.work.firm, one.step) for one in found] == [
        ("가온", Step.PROVEN_IN_FIELD), ("나래", Step.PROVEN_ELSEWHERE), ("다온", Step.TRIED_IN_FIELD),
    ]  # fmt: skip
    assert "미입증" in found[2].reasons[0].ko
    assert "도로·가로등" in found[1].reasons[0].ko
    assert all("가로등 경보" in one.reasons[1].ko for one in found)


def test_what_has_nothing_in_common_is_not_named() -> None:
    elsewhere = replace(WORK, topic=Topic.STREETS)
    assert _found(elsewhere) == []
    assert _found(elsewhere, alike={"a": LEAST_SHARE - 1e-9}) == []
    assert len(_found(elsewhere, alike={"a": LEAST_SHARE})) == 1
    tried = replace(elsewhere, standing=Standing.NOT_PROVEN, verdict=Verdict.INFERIOR)
    assert _found(tried, alike={"a": 1.0}, sources=("street_alerts",)) == []


@pytest.mark.parametrize(
    ("verdict", "certified", "withdrawn", "standing"),
    [
        (Verdict.PROVEN, True, False, Standing.HOLDS),
        (Verdict.PROVEN, False, True, Standing.WITHDRAWN),
        (Verdict.PROVEN, False, False, Standing.NOT_CERTIFIED),
        (Verdict.UNDECIDABLE, True, False, Standing.NOT_PROVEN),
        (None, False, False, Standing.NOT_MEASURED),
    ],
)
def test_only_a_proven_trial_with_a_valid_certificate_is_a_proof(
    verdict: Verdict | None, certified: bool, withdrawn: bool, standing: Standing
) -> None:
    assert standing_of(verdict, certified=certified, withdrawn=withdrawn) is standing
    (found,) = _found(replace(WORK, standing=standing, verdict=verdict))
    assert (found.step is Step.PROVEN_IN_FIELD) is (standing is Standing.HOLDS)
    assert found.reasons


def test_a_firm_stands_once_by_its_best_and_within_a_step_reasons_come_before_days_and_names() -> None:
    older = replace(WORK, key="o", firm="나래", at=AT - timedelta(days=9))
    same_day = replace(WORK, key="s", firm="가나")
    tried = replace(WORK, key="t", standing=Standing.NOT_MEASURED, verdict=None)
    found = _found(tried, older, same_day, WORK, alike={"o": 0.5})
    assert [one.work.key for one in found] == ["o", "s", "a"]
    assert [one.work.key for one in reversed(_found(WORK, same_day, older, tried, alike={"o": 0.5}))] == ["a", "s", "o"]
