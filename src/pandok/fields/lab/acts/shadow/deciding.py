"""The officer's first decision in a case of a trial, as the desk tells of it; and the draw for goods let go."""

from __future__ import annotations

from django.db.models import Q

from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import enqueue
from pandok.common.models import AuditEntry
from pandok.core.lab.answers import Kind
from pandok.core.lab.commitment import drawn
from pandok.fields.counterfeit.models import Case, CaseEvent
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.lab.acts.trials.sealing import opened_seed
from pandok.fields.lab.models import AuditDraw, ShadowCase, ShadowCommit, ShadowDecision, ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState

LOOK_JOB = "lab.shadow_look"
DECISIONS = frozenset({State.CANDIDATE_CHOSEN.value, State.NOTHING_CLOSE.value})


def note_decision(case: Case, event: CaseEvent) -> None:
    """Told by the desk of every event, in its transaction. Later decisions of a case change nothing here."""
    if event.kind not in DECISIONS or event.by != Turn.OFFICER.value or event.actor is None:
        return
    waiting = ShadowCase.objects.filter(
        Q(trial__state=TrialState.RUNNING.value), signal_id=case.signal_id, decision__isnull=True
    )
    for one in waiting.select_related("trial", "reading"):
        _note(one, case, event)


def _note(one: ShadowCase, case: Case, event: CaseEvent) -> None:
    assert event.actor is not None
    nothing = event.kind == State.NOTHING_CLOSE.value
    decision = ShadowDecision.objects.create(
        case=one,
        desk_case=case,
        officer=event.actor,
        kind=(Kind.NOTHING if nothing else Kind.DESIGN).value,
        design_id="" if nothing else str(event.data.get("design_id", "")),
        reason=event.reason,
        seconds=max(0, round((event.at - one.reading.read_at).total_seconds())),
        at=event.at,
        audit_sequence=_place(case, event),
        by_tester=event.actor.get_username() in one.trial.plan.testers,
    )
    if nothing and in_order(decision):
        draw_for_check(one, decision)
    if decisions_in_order(one.trial) >= one.trial.plan.planned_n:
        enqueue(LOOK_JOB, {"trial": str(one.trial_id)}, key=f"{LOOK_JOB}:{one.trial_id}:{one.id}", now=event.at)


def draw_for_check(one: ShadowCase, decision: ShadowDecision) -> AuditDraw:
    """Goods that the officer lets go are drawn by the committed seed; nobody can choose, and both ends are kept."""
    chance = one.trial.plan.audit_probability
    chosen = drawn(opened_seed(one.trial.seed_sealed), str(one.signal_id), chance)
    draw = AuditDraw.objects.create(case=one, probability=chance, drawn=chosen, at=decision.at)
    audit.tell(
        decision.officer,
        "shadow.drawn",
        f"trial:{one.trial_id}",
        "",
        decision.at,
        {"case": str(one.id), "drawn": chosen, "probability": f"{chance:g}"},
    )
    return draw


def in_order(decision: ShadowDecision) -> bool:
    """Whether it counts: after the commit by the audit chain's numbers, and by no tester."""
    commit = ShadowCommit.objects.filter(case_id=decision.pk).first()
    return not decision.by_tester and commit is not None and commit.audit_sequence < decision.audit_sequence


def decisions_in_order(trial: ShadowTrial) -> int:
    """How many decisions count."""
    counted = ShadowDecision.objects.filter(case__trial=trial, by_tester=False, case__commit__isnull=False)
    pairs = counted.values_list("audit_sequence", "case__commit__audit_sequence")
    return sum(1 for decided, committed in pairs if committed < decided)


def _place(case: Case, event: CaseEvent) -> int:
    """The number of the event's entry in the audit chain: written just before in this transaction."""
    name = f"case:{case.id}"
    entries = AuditEntry.objects.filter(object=name, action=f"case.{event.kind}").order_by("-sequence")
    return int(entries.values_list("sequence", flat=True)[0])
