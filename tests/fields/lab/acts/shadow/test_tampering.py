"""Whoever changes a promise, an answer, a decision or a draw afterwards is found; and nothing may be changed at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from pandok.core.errors import StoreError
from pandok.fields.lab.acts.shadow.give_verdict import give_verdict, holds
from pandok.fields.lab.acts.shadow.integrity import faults
from pandok.fields.lab.acts.shadow.monitor import look
from pandok.fields.lab.acts.shadow.unblinding import unblind
from pandok.fields.lab.acts.trials.sealing import sealed_answer
from pandok.fields.lab.acts.trials.trial_faults import FAULTS
from pandok.fields.lab.models import AuditDraw, ShadowCommit, ShadowDecision, ShadowReveal, ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState
from tests.fields.lab.acts.shadow.trial_fixtures import REASON, Trials, build_trials
from tests.tampering import take_trigger_away

pytestmark = pytest.mark.django_db


def change(table: str, values: dict[str, Any], where: str) -> None:
    """As somebody with the database in hand: past the ORM and past the triggers."""
    with connection.cursor() as cursor:
        take_trigger_away(cursor, table)
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {table} SET {names} WHERE {where}", list(values.values()))
        assert cursor.rowcount


@pytest.fixture
def trials(tmp_path: Path) -> Trials:
    made = build_trials(tmp_path, truth_within_days=1)
    for number in range(10):
        made.one(model="30-0001", officer="30-0001" if number > 2 else "", truth="30-0001" if number > 2 else None)
    look(trial=made.trial, now=made.clock())
    assert made.fresh().state == TrialState.COMPLETED
    from datetime import timedelta

    made.now += timedelta(days=2)
    return made


def opened(trials: Trials) -> ShadowTrial:
    return unblind(trial=trials.fresh(), actor=trials.evaluator, reason=REASON, now=trials.clock())


def test_an_honest_trial_has_no_fault(trials: Trials) -> None:
    assert faults(opened(trials)) == []


def before(trials: Trials, kind: str) -> Callable[[], None]:
    first = ShadowCommit.objects.order_by("sequence")[0]
    where = "sequence = 1"
    ways: dict[str, Callable[[], None]] = {
        "commitment": lambda: change(
            "lab_shadowcommit",
            {"sealed": sealed_answer({"outcome": "candidates", "candidates": [{"design_id": "30-0003"}]}, b"x" * 32)},
            where,
        ),
        "not_opened": lambda: change("lab_shadowcommit", {"sealed": first.sealed[:-6] + "AAAAA="}, where),
        "chain": lambda: change("lab_shadowcommit", {"commitment": "f" * 64}, where),
        "decision": lambda: change("lab_shadowdecision", {"audit_sequence": 9999}, f"case_id = '{first.case_id.hex}'"),
        "draw": lambda: change("lab_auditdraw", {"drawn": False}, "drawn"),
        "registration": lambda: change(
            "lab_shadowtrial",
            {"registration": __import__("json").dumps(trials.trial.registration | {"author": "somebody"})},
            "1 = 1",
        ),
    }
    return ways[kind]


@pytest.mark.parametrize("kind", ["commitment", "not_opened", "chain", "decision", "draw", "registration"])
def test_a_changed_row_is_found_and_leaves_no_verdict(trials: Trials, kind: str) -> None:
    before(trials, kind)()
    trial = opened(trials)
    assert kind in {one.kind for one in faults(trial)}
    trial = give_verdict(trial=trial, actor=trials.evaluator, reason=REASON, now=trials.clock())
    assert trial.report["verdict"] == "undecidable"
    assert {one["kind"] for one in trial.report["checks"]} <= set(FAULTS)


def test_a_removed_commit_is_found(trials: Trials) -> None:
    trial = opened(trials)
    first = ShadowCommit.objects.order_by("sequence")[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM lab_shadowcommit WHERE sequence = 1")
    assert ("removed", str(first.case_id)) in {(one.kind, one.case) for one in faults(trial)}


def test_another_seed_is_found(trials: Trials) -> None:
    trial = opened(trials)
    ShadowTrial.objects.update(seed_opened="00" * 32)
    trial.refresh_from_db()
    assert [one.kind for one in faults(trial)] == ["seed"]


def test_a_report_that_was_changed_does_not_hold(trials: Trials) -> None:
    trial = give_verdict(trial=opened(trials), actor=trials.evaluator, reason=REASON, now=trials.clock())
    assert holds(trial)
    trial.report = trial.report | {"verdict": "proven"}
    trial.save()
    assert not holds(ShadowTrial.objects.get())


@pytest.mark.parametrize("model", [ShadowCommit, ShadowDecision, AuditDraw])
def test_rows_are_only_added_to(trials: Trials, model: type[Any]) -> None:
    assert trials
    with pytest.raises(StoreError):
        model.objects.first().save()
    with pytest.raises(StoreError):
        model.objects.all().delete()
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(f"UPDATE {model._meta.db_table} SET at = '2020-01-01'")


def test_no_answer_is_opened_by_a_stop(trials: Trials) -> None:
    assert trials.trial.state == TrialState.COMPLETED
    assert not ShadowReveal.objects.exists()
    assert trials.trial.seed_opened == ""
