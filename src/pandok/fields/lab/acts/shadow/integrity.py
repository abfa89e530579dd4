"""Was everything kept? Registration, commits, their order and the draws, against what the audit chain was told."""

from __future__ import annotations

from collections.abc import Iterator

from pandok.common.models import AuditEntry
from pandok.core.lab.commitment import drawn, keeps, seed_promise
from pandok.fields.lab.acts.shadow.committing import COMMITTED
from pandok.fields.lab.acts.trials.trial_faults import Fault
from pandok.fields.lab.models import AuditDraw, ShadowCase, ShadowCommit, ShadowTrial


def faults(trial: ShadowTrial) -> list[Fault]:
    """Everything that does not hold, of an unblinded trial. The audit chain itself: `pandok audit verify`."""
    return [*_registration(trial), *_commits(trial), *_decisions(trial), *_draws(trial)]


def _registration(trial: ShadowTrial) -> Iterator[Fault]:
    if trial.locked.sha256 != trial.registration_sha256:
        yield Fault("registration")
        return
    entries = AuditEntry.objects.filter(object=f"trial:{trial.id}", action="trial.registered")
    if [one.details.get("registration") for one in entries] != [trial.registration_sha256]:
        yield Fault("registration")


def _commits(trial: ShadowTrial) -> Iterator[Fault]:
    entries = {
        one.sequence: one.details for one in AuditEntry.objects.filter(object=f"trial:{trial.id}", action=COMMITTED)
    }
    seen = set()
    for one in ShadowCommit.objects.filter(trial=trial).select_related("case__reveal"):
        seen.add(one.audit_sequence)
        told = entries.get(one.audit_sequence, {})
        promised = {"case": str(one.case_id), "sequence": one.sequence, "commitment": one.commitment}
        if any(told.get(key) != value for key, value in promised.items()) or told.get("input") != one.case.input_sha256:
            yield Fault("chain", str(one.case_id))
        reveal = getattr(one.case, "reveal", None)
        if reveal is None or not reveal.salt:
            yield Fault("not_opened", str(one.case_id))
        elif not keeps(one.commitment, reveal.output, bytes.fromhex(reveal.salt)):
            yield Fault("commitment", str(one.case_id))
    for sequence in sorted(entries.keys() - seen):
        yield Fault("removed", str(entries[sequence].get("case", "")))


def _decisions(trial: ShadowTrial) -> Iterator[Fault]:
    cases = list(ShadowCase.objects.filter(trial=trial, decision__isnull=False).select_related("decision"))
    places = [one.decision.audit_sequence for one in cases]
    entries: dict[int, str] = {}
    for start in range(0, len(places), 500):
        rows = AuditEntry.objects.filter(sequence__in=places[start : start + 500])
        entries |= dict(rows.values_list("sequence", "object"))
    for one in cases:
        if entries.get(one.decision.audit_sequence) != f"case:{one.decision.desk_case_id}":
            yield Fault("decision", str(one.pk))


def _draws(trial: ShadowTrial) -> Iterator[Fault]:
    seed = bytes.fromhex(trial.seed_opened)
    if seed_promise(seed) != trial.locked.seed_sha256:
        yield Fault("seed")
        return
    chance = trial.plan.audit_probability
    for draw in AuditDraw.objects.filter(case__trial=trial).select_related("case"):
        right = drawn(seed, str(draw.case.signal_id), chance)
        if draw.drawn != right or draw.probability != chance:
            yield Fault("draw", str(draw.case_id))
