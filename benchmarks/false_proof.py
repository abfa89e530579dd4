"""How often does the lab prove what is not so? By simulation, for every test that a registration may choose.

    nice .venv/bin/python -m benchmarks.false_proof            # some five minutes on one core
    nice .venv/bin/python -m benchmarks.false_proof --rounds 200 --out /tmp/quick.json

Each row is a truth that lies exactly on the registered line (or in favour of the model, for power), simulated and
judged by the very functions that give verdicts. `false_proof` must not exceed `nominal` by more than three standard
errors of the simulation. Rows under `beyond_the_promise` show where no interval from so few clusters can know better.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from benchmarks.machine import machine
from pandok.core.lab.comparison import CellState, ScoredRow
from pandok.core.lab.problem import Metric, Problem
from pandok.proof.endpoint_evidence import evidence_of
from pandok.proof.group_harm import group_results
from pandok.proof.recompute import interval_of
from pandok.proof.rows_to_values import EndpointValues, endpoint_values
from pandok.proof.sequential import BettingMonitor

OUT = Path(__file__).parent / "results" / "false_proof.json"
ALPHA = 0.05
Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator, float], EndpointValues]


@dataclass(frozen=True)
class Trial:
    """`advantage`: how much better than the line the model truly is in the power run."""

    metric: str
    aim: str
    cases: int
    clusters: int | None
    truth: str
    line: float
    advantage: float
    draw: Draw
    nominal: float = ALPHA / 2


@dataclass(frozen=True)
class Row:
    metric: str
    aim: str
    cases: int
    clusters: int | None
    truth: str
    line: float
    nominal: float
    false_proof: float
    standard_error: float
    holds: bool
    advantage: float
    power: float
    rounds: int


def measure(trial: Trial, rounds: int, seed: int) -> Row:
    rng = np.random.default_rng(seed)
    wrong = _share(trial, rng, trial.line, rounds)
    right = _share(trial, rng, trial.line + trial.advantage, max(1, rounds // 4))
    error = float(np.sqrt(trial.nominal * (1 - trial.nominal) / rounds))
    return Row(
        trial.metric,
        trial.aim,
        trial.cases,
        trial.clusters,
        trial.truth,
        trial.line,
        trial.nominal,
        round(wrong, 5),
        round(error, 5),
        wrong <= trial.nominal + 3 * error,
        trial.advantage,
        round(right, 4),
        rounds,
    )


def _share(trial: Trial, rng: np.random.Generator, truth: float, rounds: int) -> float:
    proven = 0
    for _ in range(rounds):
        try:
            evidence = evidence_of(trial.draw(rng, truth))
        except ValueError:
            continue  # too few of a kind: the verdict is that nothing can be decided
        proven += interval_of(evidence, confidence=1 - ALPHA)[0] > trial.line
    return proven / rounds


def _values(
    metric: Metric, model: Floats, practice: Floats, clusters: int | None, positive: NDArray[np.bool_] | None = None
) -> EndpointValues:
    count = len(model)
    labels = None if clusters is None else tuple(str(row * clusters // count) for row in range(count))
    kind = np.ones(count, dtype=np.bool_) if positive is None else positive
    return EndpointValues(metric, model, practice, kind, labels, np.arange(count, dtype=np.intp))


def shares(cases: int, discordant: float, clusters: int | None = None, between: float = 0.0) -> Draw:
    """Right or wrong. `between`: standard deviation of the sites' own differences, bell-shaped, cut at what can be."""

    def draw(rng: np.random.Generator, truth: float) -> EndpointValues:
        room = discordant - abs(truth)
        own = np.zeros(cases)
        if clusters is not None and between:
            sites = np.clip(rng.normal(0, between, clusters), -room, room)
            own = np.repeat(sites, cases // clusters)
        chance = rng.random(cases)
        better = (discordant + truth + own) / 2
        x = np.where(chance < better, 1.0, np.where(chance < discordant, -1.0, 0.0))
        return _values(Metric.ACCURACY, np.maximum(x, 0), np.maximum(-x, 0), clusters)

    return draw


def areas(
    positives: int, negatives: int, practice: float, clusters: int | None = None, between: float = 0.0, steps: int = 0
) -> Draw:
    """Binormal scores; half of the spread is the goods', the same for both. `steps`: scores in so many grades."""
    count = positives + negatives

    def draw(rng: np.random.Generator, truth: float) -> EndpointValues:
        positive = rng.permutation(count) < positives
        common = rng.normal(0, np.sqrt(0.5), count)
        scores = []
        for area in (min(0.9995, practice + truth), practice):
            own = rng.normal(0, np.sqrt(0.5 - between), count)
            if clusters is not None:
                own = own + np.repeat(rng.normal(0, np.sqrt(between), clusters), count // clusters)
            found = common + own + np.sqrt(2) * ndtri(area) * positive
            scores.append(np.round(found * steps) / steps if steps else found)
        return _values(Metric.AUC, scores[0], scores[1], clusters, positive)

    return draw


def errors(cases: int, clusters: int | None = None, between: float = 0.0) -> Draw:
    """Absolute errors, skewed to the right; practice's are 1 on average."""

    def draw(rng: np.random.Generator, truth: float) -> EndpointValues:
        site = np.zeros(cases)
        if clusters is not None:
            site = np.repeat(rng.normal(0, between, clusters), cases // clusters)
        model = np.abs(rng.normal(0, 1, cases)) * np.sqrt(np.pi / 2) - truth + site
        practice = np.abs(rng.normal(0, 1, cases)) * np.sqrt(np.pi / 2)
        return _values(Metric.MEAN_ABSOLUTE_ERROR, model, practice, clusters)

    return draw


def trials() -> Iterator[Trial]:
    for cases in (20, 50, 200):
        for part in ("accuracy", "recall_at_1"):
            yield Trial(part, "superiority", cases, None, "20 % discordant", 0.0, 0.12, shares(cases, 0.2))
        yield Trial("accuracy", "superiority", cases, None, "70 % discordant", 0.0, 0.3, shares(cases, 0.7))
        for margin, discordant in ((0.05, 0.07), (0.05, 0.2), (0.1, 0.15)):
            note = f"{100 * discordant:g} % discordant, margin {margin:g}"
            yield Trial("accuracy", "non_inferiority", cases, None, note, -margin, margin, shares(cases, discordant))
    for cases in (20, 50, 200):
        yield Trial("sensitivity", "superiority", cases, None, "18 % discordant", 0.0, 0.1, shares(cases, 0.18))
        yield Trial("specificity", "non_inferiority", cases, None, "10 % discordant", -0.05, 0.05, shares(cases, 0.1))
    for clusters, size in ((5, 10), (12, 5), (12, 25), (20, 25), (40, 25)):
        cases = clusters * size
        for between, note in ((0.0, "sites alike"), (0.15, "sites differ, s.d. .15"), (0.22, "sites differ, s.d. .22")):
            text = f"50 % discordant, {note}"
            draw = shares(cases, 0.5, clusters, between)
            yield Trial("accuracy", "superiority", cases, clusters, text, 0.0, 0.2, draw)
            yield Trial("accuracy", "non_inferiority", cases, clusters, text, -0.1, 0.2, draw)
        rare = shares(cases, 0.07, clusters, 0.0)
        yield Trial("accuracy", "non_inferiority", cases, clusters, "7 % discordant, sites alike", -0.05, 0.05, rare)
    for positives, negatives in ((4, 16), (10, 10), (10, 40), (25, 25), (100, 100)):
        cases = positives + negatives
        for practice, line in ((0.75, 0.0), (0.95, 0.0), (0.75, -0.1), (0.95, -0.1), (0.99, -0.05), (0.999, -0.05)):
            aim = "non_inferiority" if line else "superiority"
            note = f"{positives} positives, practice {practice:g}"
            gain = min(0.1, 0.99 - practice) if not line else -line
            yield Trial("auc", aim, cases, None, note, line, max(gain, 0.0), areas(positives, negatives, practice))
    coarse = areas(25, 25, 0.8, steps=1)
    yield Trial("auc", "superiority", 50, None, "scores in few grades", 0.0, 0.12, coarse)
    for clusters, size in ((8, 10), (20, 10), (40, 10)):
        for practice, line in ((0.8, 0.0), (0.8, -0.1), (0.98, -0.05)):
            draw = areas(clusters * size // 2, clusters * size // 2, practice, clusters, 0.15)
            aim = "non_inferiority" if line else "superiority"
            note = f"half positive, practice {practice:g}, readers differ by site"
            yield Trial("auc", aim, clusters * size, clusters, note, line, 0.1 if not line else -line, draw)
    for cases in (20, 50, 200):
        for line in (0.0, -0.2):
            aim = "non_inferiority" if line else "superiority"
            yield Trial("mean_absolute_error", aim, cases, None, "skewed errors", line, 0.3, errors(cases))
    for clusters in (5, 12, 40):
        for line in (0.0, -0.2):
            aim = "non_inferiority" if line else "superiority"
            draw = errors(clusters * 10, clusters, 0.3)
            note = "skewed errors, sites differ"
            yield Trial("mean_absolute_error", aim, clusters * 10, clusters, note, line, 0.4, draw)


def peeking(rounds: int, seed: int, cases: int = 1500) -> list[Row]:
    """A monitor that is looked at after every case, or after every cluster; it must ever prove at most at `alpha`."""
    rng, rows = np.random.default_rng(seed), []
    for aim, margin, discordant in (
        ("superiority", 0.0, 0.14),
        ("superiority", 0.0, 0.6),
        ("non_inferiority", 0.05, 0.1),
        ("non_inferiority", 0.1, 0.3),
    ):
        for between, size in ((0.0, 1), (0.08, 25)):
            looks = cases // size

            def ever(truth: float, count: int) -> float:
                sites = np.clip(rng.normal(0, between, (count, looks, 1)), -discordant + margin, discordant - margin)  # noqa: B023
                better = (discordant + truth + sites) / 2  # noqa: B023
                chance = rng.random((count, looks, size))  # noqa: B023
                x = np.where(chance < better, 1.0, np.where(chance < discordant, -1.0, 0.0)).mean(axis=2)  # noqa: B023
                stakes = np.array(BettingMonitor(margin=margin).stakes)  # noqa: B023
                logs = [np.cumsum(np.log1p(stake * (x + margin)), axis=1) for stake in stakes]  # noqa: B023
                wealth = np.exp(np.array(logs)).mean(axis=0)
                return float((wealth.max(axis=1) >= 1 / ALPHA).mean())

            wrong, right = ever(-margin, rounds), ever(-margin + 0.06, max(1, rounds // 4))
            error = float(np.sqrt(ALPHA * (1 - ALPHA) / rounds))
            note = f"{100 * discordant:g} % discordant, margin {margin:g}, looked at after every " + (
                "case" if size == 1 else "site of 25"
            )
            clusters = looks if size > 1 else None
            rows.append(
                Row("monitor", aim, cases, clusters, note, -margin, ALPHA, round(wrong, 5), round(error, 5),
                    wrong <= ALPHA + 3 * error, 0.06, round(right, 4), rounds)
            )  # fmt: skip
    return rows


def harm(rounds: int, seed: int, groups: int = 5, size: int = 40) -> list[Row]:
    """Several groups, all exactly on their line: how often is any called harmed, or any called safe?"""
    rng, word = np.random.default_rng(seed), {"ko": "집단", "en": "group"}
    problem = Problem.model_validate(
        {
            **dict.fromkeys(("title", "question", "owner", "margin_reason", "plan"), word),
            "id": "simulated",
            "licence": "none",
            "source": "simulated",
            "input": {"kind": "table", "columns": ("a",)},
            "output": {"task": "classes", "classes": ("x", "y")},
            "truth": {"how": word},
            "practice": {"what": word, "how": word},
            "endpoints": ({"metric": "accuracy", "aim": "superiority"},),
            "groups": ({"column": "g", "title": word, "margin": 0.1},),
            "planned_n": 10,
        }
    )
    kinds = {1: ("x", "y"), -1: ("y", "x"), 0: ("x", "x")}

    def called(truth: float, state: CellState, count: int) -> float:
        found = 0
        for _ in range(count):
            x = rng.choice([1, -1, 0], p=[(0.3 + truth) / 2, (0.3 - truth) / 2, 0.7], size=groups * size)
            rows = [
                ScoredRow(
                    case_id=str(n), truth=("x",), groups={"g": str(n % groups)}, model=kinds[v][0], practice=kinds[v][1]
                )
                for n, v in enumerate(x.tolist())
            ]
            values = endpoint_values(Metric.ACCURACY, problem, rows, threshold=None)
            [result] = group_results(values, rows, problem)
            found += any(cell.state is state for cell in result.cells)
        return found / count

    rows = []
    for claim, state, power_at in (("harmed", CellState.HARMED, -0.28), ("safe", CellState.SAFE, 0.1)):
        wrong, right = called(-0.1, state, rounds), called(power_at, state, max(1, rounds // 4))
        error = float(np.sqrt(ALPHA / 2 * (1 - ALPHA / 2) / rounds))
        note = f"{groups} groups on their line, any called {claim} (Holm)"
        rows.append(
            Row("group_harm", claim, groups * size, None, note, -0.1, ALPHA / 2, round(wrong, 5), round(error, 5),
                wrong <= ALPHA / 2 + 3 * error, round(power_at + 0.1, 3), round(right, 4), rounds)
        )  # fmt: skip
    return rows


def beyond(rounds: int, seed: int) -> list[Row]:
    """Rare sites that lose nearly all of their cases, and few sites: what was never seen cannot be excluded."""

    def draw(rng: np.random.Generator, _truth: float) -> EndpointValues:
        count, size = 12, 25
        lost = rng.random(count) < 0.05
        worse = np.repeat(np.where(lost, 0.9, 0.005), size)
        x = np.where(rng.random(count * size) < worse, -1.0, 0.0)
        return _values(Metric.ACCURACY, np.maximum(x, 0), np.maximum(-x, 0), count)

    note = "one site in twenty loses 90 % of its cases"
    return [measure(Trial("accuracy", "non_inferiority", 300, 12, note, -0.05, 0.0, draw), rounds, seed)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    started, rows = time.monotonic(), []
    for seed, trial in enumerate(trials()):
        rows.append(measure(trial, asked.rounds, seed))
        print(rows[-1], flush=True)
    rows += peeking(asked.rounds, 1001)
    rows += harm(max(20, asked.rounds // 4), 1002)
    result = {
        "machine": machine(),
        "alpha_two_sided": ALPHA,
        "seconds": round(time.monotonic() - started, 1),
        "rows": [asdict(row) for row in rows],
        "all_hold": all(row.holds for row in rows),
        "beyond_the_promise": [asdict(row) for row in beyond(asked.rounds, 1003)],
    }
    asked.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for row in rows:
        if not row.holds:
            print("DOES NOT HOLD", row)
    print(len(rows), "tests,", result["seconds"], "s")


if __name__ == "__main__":
    main()
