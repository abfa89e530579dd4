"""From the answers of an opened assisted trial to its report: anonymous marks, judged by pandok.proof."""

from __future__ import annotations

from dataclasses import asdict
from statistics import median
from typing import Any

from pandok.core.lab.assisted_trial import Arm
from pandok.core.lab.evidence import ReadersEvidence
from pandok.fields.lab.acts.assisted.integrity import assisted_faults
from pandok.fields.lab.acts.assisted.refusals import refused
from pandok.fields.lab.models import AssistedAnswer, ShadowTrial
from pandok.proof.assisted_verdict import judged_readers


def evidence_of(trial: ShadowTrial, *, intact: bool) -> ReadersEvidence:
    """Of the readers who finished. Raises RequestError for fewer than two."""
    plan = trial.assisted
    marks: dict[str, dict[int, int]] = {code: dict.fromkeys(range(plan.planned_n), 0) for code in plan.readers}
    done = dict.fromkeys(plan.readers, 0)
    for one in AssistedAnswer.objects.filter(reading__trial=trial).select_related("reading__case"):
        reading = one.reading
        done[reading.code] += 1
        if one.design_id == reading.case.truth:
            marks[reading.code][reading.case.number] += 2 if reading.arm == Arm.AIDED.value else 1
    columns = [
        [marks[code][number] for number in range(plan.planned_n)]
        for code in plan.readers
        if done[code] == 2 * plan.planned_n
    ]
    if len(columns) < 2:
        raise refused("none_finished")
    columns.sort(key=lambda column: (sum(column), column))
    rows = sorted("".join(str(column[number]) for column in columns) for number in range(plan.planned_n))
    return ReadersEvidence(cases_right=tuple(rows), intact=intact)


def assisted_report(trial: ShadowTrial, *, stopped: dict[str, Any]) -> dict[str, Any]:
    """As values; the same whenever it is made."""
    plan, found = trial.assisted, assisted_faults(trial)
    evidence = evidence_of(trial, intact=not found)
    judged = judged_readers(evidence, plan)
    text = "".join(evidence.cases_right)
    return {
        "trial": str(trial.id),
        "mode": plan.mode,
        "registration_sha256": trial.registration_sha256,
        "registration": trial.registration,
        "stopped": stopped,
        "readers": {"planned": len(plan.readers), "finished": evidence.readers},
        "cases": evidence.cases,
        "changed": {"for_the_better": text.count("2"), "for_the_worse": text.count("1"), "readings": len(text)},
        "shares": {"aided": judged.shares[0], "unaided": judged.shares[1]},
        "difference": evidence.difference,
        "interval": judged.interval,
        "line": plan.line,
        "seconds": {arm.value: _seconds(trial, arm) for arm in Arm},
        "conditions": asdict(judged.conditions),
        "broken": [one.model_dump() for one in judged.conditions.broken()],
        "label_noise": {"turned": judged.turned, "flips": judged.conditions.flips_with_label_noise},
        "verdict": judged.verdict.value,
        "checks": [{"kind": one.kind, "case": one.case} for one in found],
    }


def _seconds(trial: ShadowTrial, arm: Arm) -> float | None:
    """Median of a reading; one after the other, the time with help comes on top of that alone."""
    found = AssistedAnswer.objects.filter(reading__trial=trial, reading__arm=arm.value)
    seconds = list(found.values_list("seconds", flat=True))
    return float(median(seconds)) if seconds else None
