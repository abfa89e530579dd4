"""How often does a shadow trial prove or stop falsely? Whole trials simulated by the very rules that judge live ones.

    python benchmarks/shadow_trials.py --rounds 1000

At the line (the model exactly as much worse as the margin allows; or exactly as good, for harm) every proof is false.
The monitor is looked at after every case, the primary analysis once; both spend the registered error together.
"""

# ruff: noqa: E402  Django is set up before its models are imported
from __future__ import annotations

import argparse
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
import django

django.setup()

import numpy as np

from benchmarks.machine import write_result
from pandok.core.lab.problem import Aim
from pandok.core.lab.trial import Practice, TrialProtocol
from pandok.fields.lab.acts.shadow.monitor import monitor
from pandok.proof.shares import wilson_interval
from pandok.proof.trial_verdict import bounds
from pandok.proof.weighted_difference import Contribution

RESULT = Path(__file__).resolve().parent / "results" / "shadow_trials.json"
SEED = 20261121
LET_GO = 0.5
"""Share of goods that the officer lets go: their truth is known only where they are drawn."""


@dataclass(frozen=True)
class Design:
    name: str
    n: int
    margin: float
    discordant: float
    difference: float
    chance: float = 1.0
    clusters: int = 0
    """Number of site-days; 0: independent cases."""
    spread: float = 0.0
    """Standard deviation of the difference between site-days."""


DESIGNS = (
    Design("non-inferior at the line", 400, 0.05, 0.10, -0.05),
    Design("better at the line", 400, 0.0, 0.20, 0.0),
    Design("checks 10 %, at the line", 1000, 0.05, 0.20, -0.05, chance=0.1),
    Design("checks 50 %, at the line", 1000, 0.05, 0.20, -0.05, chance=0.5),
    Design("40 site-days, at the line", 1000, 0.05, 0.20, -0.05, clusters=40, spread=0.1),
    Design("equal model, margin 5 points", 400, 0.05, 0.10, 0.0),
    Design("equal model, checks 50 %", 1000, 0.05, 0.10, 0.0, chance=0.5),
    Design("better by 5 points", 1000, 0.0, 0.20, 0.05),
    Design("worse by 15 points, margin 5", 400, 0.05, 0.25, -0.15),
)


def plan_of(design: Design) -> TrialProtocol:
    return TrialProtocol(
        title="simulated",
        question="simulated question",
        candidate="simulated",
        practice=Practice.OFFICER,
        aim=Aim.NON_INFERIORITY if design.margin else Aim.SUPERIORITY,
        margin=design.margin,
        margin_reason="simulated margin",
        alpha=0.025,
        monitor_share=0.2,
        harm_alpha=0.05,
        stop_for_benefit=True,
        planned_n=design.n,
        audit_probability=design.chance,
        truth_within_days=30,
        most_missing_share=0,
        most_out_of_order_share=0,
        wrong_truth_share=0,
        clustered=bool(design.clusters),
        exclusions="nothing is left out",
    )


def cases_of(design: Design, rng: np.random.Generator) -> list[Contribution]:
    day = np.sort(rng.integers(0, design.clusters, design.n)) if design.clusters else np.zeros(design.n, int)
    moved = (
        rng.normal(0, design.spread, max(1, design.clusters)) if design.spread else np.zeros(max(1, design.clusters))
    )
    difference = np.clip(design.difference + moved[day], -design.discordant, design.discordant)
    up, down = (design.discordant + difference) / 2, (design.discordant - difference) / 2
    u = rng.random(design.n)
    seen = np.where(u < up, 1, np.where(u < up + down, -1, 0))
    let_go, drawn = rng.random(design.n) < LET_GO, rng.random(design.n) < design.chance
    return [
        Contribution(int(d) if d == 0 or not hidden or hit else None, design.chance if hidden and d else 1.0, int(c))
        for d, hidden, hit, c in zip(seen, let_go, drawn, day, strict=True)
    ]


def measure(design: Design, rounds: int) -> dict[str, Any]:
    rng, plan = np.random.default_rng(SEED), plan_of(design)
    proven = by_monitor = harmed = 0
    stops = []
    for _ in range(rounds):
        cases = cases_of(design, rng)
        watched = monitor(cases, plan)
        if watched.harm.crossed is not None:
            harmed += 1
        early = watched.benefit.crossed is not None
        stops += [watched.benefit.crossed] if early else []
        by_monitor += early
        proven += early or bounds(cases, plan, early=False)[2][0] > plan.line
    return {
        "proven": proven / rounds,
        "proven_interval": wilson_interval(proven, rounds),
        "proven_by_monitor": by_monitor / rounds,
        "median_stop": float(np.median(stops)) if stops else None,
        "stopped_for_harm": harmed / rounds,
        "harm_interval": wilson_interval(harmed, rounds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    rounds = parser.parse_args().rounds
    rows = []
    for design in DESIGNS:
        rows.append({**vars(design), **measure(design, rounds)})
        print(json.dumps(rows[-1]))
    question = "How often does a shadow trial that may be looked at after every case prove or stop falsely?"
    write_result(RESULT, question, SEED, {"rounds": rounds, "alpha": 0.025, "harm_alpha": 0.05, "rows": rows})


if __name__ == "__main__":
    main()
