"""Records of the desks that KPIs are measured on, written at any moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pandok.common.models import Site
from pandok.fields.counterfeit.models import Case, CaseEvent
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.designs.models import Signal
from pandok.fields.lab.models import ProofRecord
from pandok.fields.street.models import AlertEvent
from tests.fields.programme.office import LINE, person
from tests.fields.street.bed import raised
from tests.roles import Role


def alert(at: datetime, *, false: bool | None) -> None:
    """Raised, and told to be true or false a minute later; None: nobody has said."""
    made = raised(at)
    if false is not None:
        AlertEvent.objects.create(
            alert=made, sequence=made.events.count() + 1, at=at + timedelta(minutes=1), from_state="raised",
            to_state="rejected" if false else "confirmed",
        )  # fmt: skip


def case(at: datetime, *, false: bool | None) -> None:
    """Opened; nothing close where `false`, told to its holder after ten minutes where not."""
    officer = person(Role.OFFICER, "who opens cases")
    place, _ = Site.objects.get_or_create(code="icn", defaults={"name_ko": "인천", "name_en": "Incheon"})
    number = f"2026-{Case.objects.count() + 1:06d}"
    made = Case.objects.create(
        number=number, signal=Signal.objects.create(actor=officer, caught_at=at), site=place, officer=officer,
        opened_at=at, law_version="2024-1", state=State.READ.value, state_since=at, turn=Turn.OFFICER.value,
    )  # fmt: skip
    steps: list[tuple[State, float]] = [(State.READ, 0)]
    if false is not None:
        steps.append((State.NOTHING_CLOSE, 1) if false else (State.NOTIFIED, 10))
    for sequence, (state, minutes) in enumerate(steps, start=1):
        CaseEvent.objects.create(
            case=made, sequence=sequence, at=at + timedelta(minutes=minutes), by=Turn.OFFICER.value, kind="step",
            to_state=state.value,
        )  # fmt: skip


def proof(at: datetime, *, false: bool | None) -> None:
    number = f"2026-P-{ProofRecord.objects.count() + 1:06d}"
    ProofRecord.objects.create(
        number=number, origin=ProofRecord.MADE, site="여기", run_id=number, problem_id="parcels",
        registration_sha256="a" * 64, model_sha256="b" * 64, verdict="not_proven" if false else "proven",
        statement_values={}, pack_sha256=f"{ProofRecord.objects.count():064d}", signed_by="k",
        kept_by=person(Role.LAB_OPERATOR), kept_at=at, expires_on=at.date(),
    )  # fmt: skip


SOURCES: dict[str, tuple[Any, dict[str, Any]]] = {
    "street_alerts": (alert, {}),
    "desk_cases": (case, {"source": "desk_cases", "formula": "share(nothing_close)", "cluster": ""}),
    "lab_proofs": (proof, {"source": "lab_proofs", "formula": 'share(verdict != "proven")', "cluster": ""}),
}
"""How a record of a source is made, and the KPI on it; all of them are a share of what went wrong."""


def records(source: str, start: datetime, good: int, bad: int, *, apart: timedelta = timedelta(hours=1)) -> None:
    make, _ = SOURCES[source]
    for number in range(good + bad):
        make(start + number * apart, false=number >= good)


def line_of(source: str, **other: Any) -> dict[str, Any]:
    return LINE | SOURCES[source][1] | other
