"""The protocol is whole, its hash covers all of it, and what was said is judged only as far as the truth goes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from pandok.core.lab.answers import UNKNOWN, Kind, KnownTruth, Said, difference, right, said_in
from pandok.core.lab.problem import Aim
from pandok.core.lab.trial import TrialRegistration
from tests.fields.lab.acts.shadow.trial_fixtures import protocol

NOTHING, UNREADABLE = Said(kind=Kind.NOTHING), Said(kind=Kind.UNREADABLE)
HERE, THERE = Said(kind=Kind.DESIGN, design_id="30-1"), Said(kind=Kind.DESIGN, design_id="30-2")
SHOWS_HERE, SHOWS_NONE = KnownTruth(known=True, design_id="30-1"), KnownTruth(known=True)
NOT_THERE = KnownTruth(known=False, not_designs=("30-2",))


def registration(**changes: object) -> TrialRegistration:
    facts = {
        "protocol": protocol(),
        "candidate_title": "other 1",
        "candidate_sha256": "a" * 64,
        "reader_in_use": "pandok-design 1",
        "seed_sha256": "b" * 64,
        "author": "kim",
        "registered_by": "lee",
        "registered_at": datetime(2026, 3, 2, tzinfo=UTC),
    }
    return TrialRegistration.model_validate(facts | changes)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("margin", 0.11), ("alpha", 0.04), ("planned_n", 11), ("audit_probability", 0.9), ("stop_for_benefit", True),
        ("clustered", True), ("testers", ("kim",)), ("sites", ("ICN",)), ("monitor_share", 0.4), ("harm_alpha", 0.1),
        ("question", "다른 질문을 묻습니다, 그렇습니다"), ("most_missing_share", 0.2), ("truth_within_days", 9),
    ],
)  # fmt: skip
def test_the_hash_covers_every_value(name: str, value: object) -> None:
    changed = registration(protocol=protocol(**{name: value}))
    assert changed.sha256 != registration().sha256


def test_the_hash_is_the_same_after_it_was_stored() -> None:
    stored = registration().model_dump(mode="json")
    assert TrialRegistration.model_validate(stored).sha256 == registration().sha256


@pytest.mark.parametrize(
    "changes",
    [
        {"margin": 0.0}, {"aim": Aim.SUPERIORITY}, {"alpha": 0.0}, {"monitor_share": 1.0}, {"planned_n": 5},
        {"audit_probability": 0.0}, {"mode": "assisted"}, {"unknown": 1}, {"margin_reason": "x"},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        protocol(**changes)


def test_alpha_is_shared_and_not_doubled() -> None:
    plan = protocol(alpha=0.025, monitor_share=0.2)
    assert plan.primary_alpha + plan.monitor_alpha == pytest.approx(0.025)
    assert (plan.line, protocol(aim=Aim.SUPERIORITY, margin=0).line) == (-0.1, 0)


@pytest.mark.parametrize(
    ("said", "truth", "expected"),
    [
        (HERE, SHOWS_HERE, True), (THERE, SHOWS_HERE, False), (NOTHING, SHOWS_HERE, False), (NOTHING, SHOWS_NONE, True),
        (HERE, SHOWS_NONE, False), (UNREADABLE, SHOWS_HERE, False), (HERE, UNKNOWN, None), (THERE, NOT_THERE, False),
        (HERE, NOT_THERE, None), (NOTHING, NOT_THERE, None), (UNREADABLE, UNKNOWN, False),
    ],
)  # fmt: skip
def test_right_and_wrong(said: Said, truth: KnownTruth, expected: bool | None) -> None:
    assert right(said, truth) is expected


@pytest.mark.parametrize(
    ("model", "practice", "truth", "expected"),
    [
        (HERE, HERE, UNKNOWN, 0), (NOTHING, NOTHING, UNKNOWN, 0), (HERE, THERE, SHOWS_HERE, 1),
        (THERE, HERE, SHOWS_HERE, -1), (HERE, THERE, UNKNOWN, None), (HERE, THERE, NOT_THERE, None),
        (UNREADABLE, THERE, NOT_THERE, 0), (NOTHING, HERE, SHOWS_NONE, 1), (UNREADABLE, UNREADABLE, UNKNOWN, 0),
    ],
)  # fmt: skip
def test_the_difference_goes_as_far_as_the_truth(
    model: Said, practice: Said, truth: KnownTruth, expected: int | None
) -> None:
    assert difference(model, practice, truth) == expected


def test_the_first_answer_of_an_output() -> None:
    first = {"design_id": "30-1", "score": 1.0}
    assert said_in({"outcome": "candidates", "candidates": [first, {"design_id": "30-2"}]}) == HERE
    assert said_in({"outcome": "nothing_close", "candidates": [first]}) == NOTHING
    assert said_in({"outcome": "candidates", "candidates": []}) == NOTHING
    assert said_in({"outcome": "unreadable"}) == UNREADABLE
    assert said_in({}).kind is Kind.FAILED
