"""What may be seen of a trial: counts while it is blind, and the further outcomes once it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np

from pandok.core.lab.answers import Kind, Said
from pandok.fields.lab.acts.shadow.deciding import decisions_in_order
from pandok.fields.lab.acts.shadow.trial_rows import TrialRow
from pandok.fields.lab.models import AuditDraw, ShadowCase, ShadowCommit, ShadowDecision, ShadowTrial
from pandok.proof.selective_truth import weighted_interval, weighted_sensitivity


@dataclass(frozen=True)
class BlindCounts:
    """Nothing here depends on what the candidate said."""

    enrolled: int
    committed: int
    decided: int
    in_order: int
    out_of_order: int
    by_testers: int
    reader_unreadable: int
    let_go: int
    drawn: int
    checked: int


def blind_counts(trial: ShadowTrial) -> BlindCounts:
    decided = ShadowDecision.objects.filter(case__trial=trial)
    by_testers = decided.filter(by_tester=True).count()
    in_order, all_decided = decisions_in_order(trial), decided.count()
    draws = AuditDraw.objects.filter(case__trial=trial)
    return BlindCounts(
        enrolled=ShadowCase.objects.filter(trial=trial).count(),
        committed=ShadowCommit.objects.filter(trial=trial).count(),
        decided=all_decided,
        in_order=in_order,
        out_of_order=all_decided - by_testers - in_order,
        by_testers=by_testers,
        reader_unreadable=ShadowCase.objects.filter(trial=trial, reading__outcome="unreadable").count(),
        let_go=draws.count(),
        drawn=draws.filter(drawn=True).count(),
        checked=draws.filter(finding__isnull=False).count(),
    )


def pairs(rows: Sequence[TrialRow]) -> dict[str, int]:
    """How often only one of both was right, of the counting cases. `same_words` needs no truth."""
    counted = {"only_model": 0, "only_practice": 0, "equally_right": 0, "not_drawn": 0, "missing": 0}
    for row in rows:
        if not row.counts:
            continue
        known = row.difference
        if known is None:
            counted["missing" if row.truth.expected else "not_drawn"] += 1
        else:
            counted[{1: "only_model", -1: "only_practice", 0: "equally_right"}[known]] += 1
    return counted


def found_shares(rows: Sequence[TrialRow]) -> dict[str, Any]:
    """Of the goods that do show a registered design: the share for which it was named first, weighted by the chance
    with which its truth became known. Empty where no such goods are known."""
    shows = [row for row in rows if row.counts and row.truth.truth.known and row.truth.truth.design_id]
    if not shows:
        return {}
    chance = np.array([row.truth.chance for row in shows])
    everyone = np.ones(len(shows), np.bool_)
    said = {"model": [row.model for row in shows], "practice": [row.practice for row in shows]}
    shares: dict[str, Any] = {"known": len(shows), "checked": int((chance < 1).sum())}
    for name, words in said.items():
        hits = np.array([_names(one, row) for one, row in zip(words, shows, strict=True)])
        share = weighted_sensitivity(hits, everyone, chance)
        low, high = weighted_interval(share)
        shares[name] = {"share": share.share, "low": low, "high": high, "effective": share.effective}
        shares[f"{name}_opened_only"] = float(hits[chance == 1].mean()) if (chance == 1).any() else None
    return shares


def further(rows: Sequence[TrialRow]) -> dict[str, Any]:
    """Unreadable goods, alerts and the time they cost: outcomes, not remarks."""
    counting = [row for row in rows if row.counts]
    count = len(counting)
    if not count:
        return {"cases": 0}
    opened = [row.seconds for row in counting if row.chosen]
    seconds = median(opened) if opened else None
    model = sum(1 for row in counting if row.model.kind is Kind.DESIGN)
    reader = sum(1 for row in counting if row.reader_outcome == "candidates")
    alerts = {"model": 1000 * model / count, "reader": 1000 * reader / count}
    return {
        "cases": count,
        "model_unreadable": sum(1 for row in counting if row.model.kind is Kind.UNREADABLE),
        "model_failed": sum(1 for row in counting if row.model.kind is Kind.FAILED),
        "reader_unreadable": sum(1 for row in counting if row.reader_outcome == "unreadable"),
        "alerts_per_1000": alerts,
        "chosen_per_1000": 1000 * len(opened) / count,
        "median_seconds": median(row.seconds for row in counting),
        "seconds_per_alert": seconds,
        "alert_minutes_per_1000": {
            name: value * seconds / 60 if seconds is not None else None for name, value in alerts.items()
        },
    }


def as_json(counts: BlindCounts) -> dict[str, int]:
    return asdict(counts)


def _names(said: Said, row: TrialRow) -> bool:
    return said.kind is Kind.DESIGN and said.design_id == row.truth.truth.design_id
