"""Which form of "is it in the register at all" is best on kinds that neither its fit nor its choice has seen?

    python training/nested_choice.py --cache training/cache --out training/forms.json

About thirty forms had been chosen among on the same twenty kinds, so that the figures of the chosen one were too good.
Here a whole family of kinds is set aside; every form is measured on each other family by fits that have seen neither of
the two; the form that is best there is fitted on all but the family set aside and judged on it. `chosen` is what a
maintainer who chooses so would get; it is the honest figure of a choice. `forms` is each form's own figure with the
family left out: honest for a form that was fixed beforehand, too good for whichever is picked from the table.

Order, strangers, calibration and the threshold of "nothing close" are fitted again without what is set aside. DIR@1 %
is coarse (its line is drawn by the second of a hundred strangers): `--divisions` averages over several divisions of
each register, the first of which is that of benchmarks/left_out_kinds.py. One thread.
"""

# ruff: noqa: E402  the thread count must be set before numpy is loaded
from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from fit_in_register import IN_REGISTER, Best, chances, lines, together
from fit_ranking import (
    EACH,
    FALSE_NOTHING_CLOSE,
    FEW_STEPS,
    PART_NAMES,
    PART_SHARPNESS,
    Compared,
    Order,
    Trial,
    Trials,
    fit_order,
    fit_sharpness,
    part_of,
    simulated,
    stored,
)
from forms import FORMS, PARTS, SEEN, TAIL, Asked, Score
from kinds import FAMILIES

from benchmarks.left_out_kinds import ROUNDS, SEED, Answers
from benchmarks.machine import write_result
from pandok.readers.designs.ranking import RIVALS, figures

QUESTION = "Which form of 'is it in the register' is best on kinds that neither its fit nor its choice has seen?"
FAMILY_OF = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
Values = dict[str, float]
GOALS: Mapping[str, str] = {
    "DIR@1 %": "largest mean DIR@1 %",
    "worst": "largest of the mean DIR@1 % and the worst loss against the best part",
    "AUROC": "largest mean AUROC",
    "calibration": "smallest mean calibration error of a kind",
}
"""By what the form is chosen on the families that were not set aside."""


def divisions(designs: Sequence[str], count: int) -> list[NDArray[np.intp]]:
    """Which designs are registered in each round; the first four are those of benchmarks/left_out_kinds.py."""
    found = []
    for division in range(count):
        salt = f"{division}:" if division else ""
        part = np.array([hashlib.sha256((salt + name).encode()).digest()[0] % ROUNDS for name in designs])
        found += [np.flatnonzero(part != number) for number in range(ROUNDS)]
    return found


def test_trials(one: Compared, count: int) -> list[Trial]:
    """The questions of a kind, the rounds one after the other."""
    found = []
    for registered in divisions(one.designs, count):
        place = {int(design): row for row, design in enumerate(registered)}
        for seen, truth in one.queries:
            part = part_of(seen, registered)
            found.append(Trial(figures(part, PART_NAMES, PART_SHARPNESS), part.plain, place.get(truth, -1)))
    return found


def asked_of(trials: Mapping[str, Sequence[Trial]], order: Order, kinds: Collection[str]) -> Asked:
    """Questions of these kinds as the forms see them, with this order. A kind's number is its place in `trials`."""
    rows: list[tuple[Any, ...]] = []
    for number, (name, own) in enumerate(trials.items()):
        if name not in kinds:
            continue
        for trial in own:
            scores = order.scores(trial).astype(np.float64)
            first = int(scores.argmax())
            stand = np.column_stack([trial.figures[:, SEEN], scores])
            others = -np.partition(-np.delete(stand, first, axis=0), min(TAIL, len(stand) - 2), axis=0)[: TAIL + 1]
            others = -np.sort(-others, axis=0)
            short = TAIL + 1 - len(others)
            if short > 0:
                others = np.concatenate([others, np.repeat(others[-1:], short, axis=0)])
            rivals, best = np.full(RIVALS, -99.0), np.argsort(-scores, kind="stable")[:RIVALS]
            rivals[: len(best)] = scores[best] - scores[first]
            place = int(np.flatnonzero(best == trial.truth)[0]) if trial.truth in best else -1
            rows.append(
                (trial.figures[first], trial.truth >= 0, trial.truth == first, number, trial.plain,
                 np.vstack([stand[first], others]).T, rivals, place)
            )  # fmt: skip
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    best = Best(columns[0].astype(np.float64), *columns[1:5])
    return Asked(best, columns[5], columns[6], columns[7])


class Judge:
    """Everything that is fitted without some families, made once."""

    def __init__(self, trials: Trials, tests: Mapping[str, Sequence[Trial]]):
        self.trials, self.tests = trials, tests
        self.whole = fit_order(trials)
        self._orders: dict[frozenset[str], Order] = {}
        self._asked: dict[tuple[frozenset[str], str, bool], Asked] = {}
        self._scores: dict[tuple[frozenset[str], str], Score] = {}

    def kinds(self, without: Collection[str] = ()) -> list[str]:
        return [name for name in self.trials if FAMILY_OF[name] not in without]

    def order(self, without: frozenset[str]) -> Order:
        if without not in self._orders:
            inner = {name: self.trials[name] for name in self.kinds(without)}
            self._orders[without] = fit_order(inner, self.whole.weights, 2 * FEW_STEPS)
        return self._orders[without]

    def asked(self, without: frozenset[str], family: str, *, test: bool) -> Asked:
        """Questions of one family, or of all but `without` ("" names them), with the order that has not seen those."""
        key = (without, family, test)
        if key not in self._asked:
            kinds = self.kinds(without) if not family else list(FAMILIES[family])
            self._asked[key] = asked_of(self.tests if test else self.trials, self.order(without), kinds)
        return self._asked[key]

    def score(self, form: str, without: frozenset[str]) -> Score:
        key = (without, form)
        if key not in self._scores:
            self._scores[key] = FORMS[form](self.asked(without, "", test=False))
        return self._scores[key]

    def figures(self, form: str, family: str, without: frozenset[str]) -> dict[str, Values]:
        """By kind of the family, measured by what has seen nothing of `without`, which holds the family."""
        said, unseen, sharp = [], [], []
        for other in sorted(set(FAMILIES) - without):
            asked = self.asked(without | {other}, other, test=False)
            said.append(self.score(form, without | {other})(asked))
            unseen.append(asked)
            sharp += [
                (row[row > -99].astype(np.float32), int(place))
                for row, place in zip(asked.rivals, asked.place, strict=True)
                if place >= 0
            ]
        best = together([one.best for one in unseen])
        of = lines(np.concatenate(said), best)
        threshold = float(np.quantile(chances(of, np.concatenate(said), best)[best.right], FALSE_NOTHING_CLOSE))
        sharpness = fit_sharpness(sharp)
        asked = self.asked(without, family, test=True)
        chance = chances(of, self.score(form, without)(asked), asked.best)
        shares = np.exp(sharpness * asked.rivals)
        first = chance * shares[:, 0] / shares.sum(axis=1)
        found = {}
        for number, name in enumerate(self.tests):
            rows = asked.best.kind == number
            if rows.any():
                parts = np.array_split(np.flatnonzero(rows), int(rows.sum()) // _questions(self.tests[name]))
                each = [
                    Answers(asked.best.inside[p], asked.best.right[p], chance[p], first[p]).figures(threshold)
                    for p in parts
                ]
                found[name] = {key: float(np.mean([one[key] for one in each])) for key in each[0]}
        return found


DIVISIONS = 1


def _questions(trials: Sequence[Trial]) -> int:
    return len(trials) // DIVISIONS


def best_parts(tests: Mapping[str, Sequence[Trial]], *, other_half: bool = False) -> dict[str, Values]:
    """By kind, the best of the seven parts alone, each figure by itself. `other_half`: best by one half of the
    questions, measured on the other, both ways: what knowing the best part of a kind is worth without hindsight."""
    found = {}
    for name, trials in tests.items():
        by_part: list[Values] = []
        halves: list[list[Values]] = []
        for column in SEEN:
            values = [trial.figures[:, column] for trial in trials]
            inside = np.array([trial.truth >= 0 for trial in trials])
            right = np.array([one.argmax() == trial.truth for one, trial in zip(values, trials, strict=True)])
            sure = np.array([float(one.max()) for one in values])
            parts = np.array_split(np.arange(len(trials)), DIVISIONS)
            each = [Answers(inside[p], right[p], sure[p]).figures() for p in parts]
            by_part.append({key: float(np.mean([one[key] for one in each])) for key in each[0]})
            # A question comes again in every round: halves are of questions, not of rows.
            of = np.arange(len(trials)) % (len(trials) // (ROUNDS * DIVISIONS)) % 2
            halves.append([Answers(inside[p], right[p], sure[p]).figures() for p in (of == 0, of == 1)])
        if other_half:
            found[name] = {
                key: float(np.mean([max(halves, key=lambda one: one[a][key])[1 - a][key] for a in (0, 1)]))
                for key in by_part[0]
            }
        else:
            found[name] = {key: max(one[key] for one in by_part) for key in by_part[0]}
    return found


def summary(found: Mapping[str, Values], best: Mapping[str, Values]) -> Values:
    """Means over kinds, and the losses against each kind's best part."""
    gap = np.array([one["dir_at_1pct"] - best[name]["dir_at_1pct"] for name, one in found.items()])
    told = {key: float(np.mean([one[key] for one in found.values()])) for key in next(iter(found.values()))}
    told |= {
        "dir_as_good_as_its_best_part": float((gap >= -0.01).sum()),
        "dir_worst_against_its_best_part": float(gap.min()),
        "dir_mean_loss": float(np.minimum(gap, 0).mean()),
        "calibration_error_worst": max(one["calibration_error"] for one in found.values()),
        "nothing_close_wrongly_worst": max(one["nothing_close_wrongly"] for one in found.values()),
    }
    return {key: round(value, 3) for key, value in told.items()}


def _means(found: Mapping[str, Values]) -> Values:
    keys = next(iter(found.values()))
    return {key: round(float(np.mean([one[key] for one in found.values()])), 3) for key in keys}


def worth(told: Values, goal: str) -> float:
    return {
        "DIR@1 %": told["dir_at_1pct"],
        "worst": told["dir_at_1pct"] + told["dir_worst_against_its_best_part"],
        "AUROC": told["auroc"],
        "calibration": -told["calibration_error"],
    }[goal]


def conformal(chance: NDArray[np.float64], best: Best, share: float = FALSE_NOTHING_CLOSE) -> Values:
    """Thresholds for "nothing close" wrongly in `share`, from kinds that the constants have not seen, and how often
    they hold when a kind is left out: pooled; every kind counting the same, a new kind counted as refusing all
    (Lee, Barber and Willett 2023; holds for a new question of a new kind if kinds are exchangeable); and so that the
    share holds within the new kind in nine of ten kinds (the next to lowest of the kinds' own thresholds)."""
    kinds = np.unique(best.kind)
    rows: dict[str, list[tuple[float, float]]] = {}
    for left in kinds:
        others = [np.sort(chance[best.right & (best.kind == one)]) for one in kinds if one != left]
        own = np.sort([float(np.quantile(one, share)) for one in others])
        weights = np.concatenate([np.full(len(one), 1 / (len(others) + 1) / len(one)) for one in others])
        values = np.concatenate(others)
        order = np.argsort(values)
        below = np.cumsum(weights[order]) + 1 / (len(others) + 1)
        at = np.searchsorted(below, share, side="right")
        lines_ = {
            "pooled": float(np.quantile(values, share)),
            "hierarchical": float(values[order][at - 1]) if at > 0 else 0.0,
            "nine kinds of ten": float(own[max(int(np.floor(0.1 * (len(others) + 1))) - 1, 0)]),
        }
        right = chance[best.right & (best.kind == left)]
        absent = chance[~best.inside & (best.kind == left)]
        for name, line in lines_.items():
            rows.setdefault(name, []).append((float((right < line).mean()), float((absent < line).mean())))
    told: dict[str, float] = {}
    for name, pairs in rows.items():
        wrongly, rightly = np.array(pairs).T
        told |= {
            f"{name}: wrongly": float(wrongly.mean()),
            f"{name}: kinds within": float((wrongly <= share).sum()),
            f"{name}: worst": float(wrongly.max()),
            f"{name}: rightly": float(rightly.mean()),
        }
    return {key: round(value, 3) for key, value in told.items()}


def main() -> None:
    global DIVISIONS
    parser = argparse.ArgumentParser(description=QUESTION)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--each", type=int, default=EACH // 2, help="trials a kind")
    parser.add_argument("--divisions", type=int, default=DIVISIONS, help="divisions of a register that are averaged")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--forms", nargs="*", default=list(FORMS))
    parser.add_argument("--out", type=Path, default=Path("training/forms.json"))
    chosen = parser.parse_args()
    DIVISIONS = chosen.divisions
    began = time.monotonic()
    compared = stored(chosen.cache)
    judge = Judge(
        simulated(compared, chosen.each, chosen.seed),
        {name: test_trials(one, DIVISIONS) for name, one in compared.items()},
    )
    best = best_parts(judge.tests)
    print(f"trials and parts: {time.monotonic() - began:.0f} s", flush=True)
    outer: dict[str, dict[str, Values]] = {form: {} for form in chosen.forms}
    inner: dict[str, dict[str, dict[str, Values]]] = {form: {} for form in chosen.forms}
    for form in chosen.forms:
        for family in FAMILIES:
            outer[form] |= judge.figures(form, family, frozenset({family}))
            inner[form][family] = {}
            for other in FAMILIES:
                if other != family:
                    inner[form][family] |= judge.figures(form, other, frozenset({family, other}))
        told = summary(outer[form], best)
        print(f"{time.monotonic() - began:6.0f} s {form}: {told}", flush=True)
    picked: dict[str, Any] = {}
    for goal, words in GOALS.items():
        found: dict[str, Values] = {}
        by_family = {}
        for family, members in FAMILIES.items():
            values = {form: worth(summary(inner[form][family], best), goal) for form in chosen.forms}
            by_family[family] = max(values, key=lambda one: values[one])
            found |= {name: outer[by_family[family]][name] for name in members}
        picked[goal] = {"by": words, "form": by_family, "judged": summary(found, best)}
        print(goal, picked[goal], flush=True)
    guarantees: dict[str, Values] = {}
    for form in chosen.forms:
        said, unseen = [], []
        for family in FAMILIES:
            asked = judge.asked(frozenset({family}), family, test=False)
            said.append(judge.score(form, frozenset({family}))(asked))
            unseen.append(asked.best)
        whole = together(unseen)
        values = np.concatenate(said)
        guarantees[form] = conformal(chances(lines(values, whole), values, whole), whole)
    write_result(
        chosen.out,
        QUESTION,
        chosen.seed,
        {
            "trials_a_kind": chosen.each,
            "divisions": DIVISIONS,
            "parts": PARTS + 1,
            "stated_for_a_share_in_the_register_of": IN_REGISTER,
            "best_part": _means(best),
            "best_part_chosen_on_one_half_measured_on_the_other": _means(best_parts(judge.tests, other_half=True)),
            "forms": {form: summary(outer[form], best) for form in chosen.forms},
            "chosen": picked,
            "nothing_close": guarantees,
            "kinds": {
                name: {"best part": best[name]["dir_at_1pct"]}
                | {form: outer[form][name]["dir_at_1pct"] for form in chosen.forms}
                for name in judge.tests
            },
        },
    )  # fmt: skip


if __name__ == "__main__":
    main()
