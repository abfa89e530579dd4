"""What is left out is really left out: articles by folds, and families when a form is chosen."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

from fit_in_register import Best  # noqa: E402  found by the path above
from fit_ranking import Compared  # noqa: E402
from forms import FORMS, PARTS, SEEN, TAIL, Asked, exponential, pareto, weibull  # noqa: E402
from kinds import FAMILIES, MAKERS  # noqa: E402
from nested_choice import conformal, divisions  # noqa: E402

from benchmarks.left_out_articles import deaf, folds, without_articles  # noqa: E402
from benchmarks.left_out_kinds import rounds  # noqa: E402
from pandok.readers.designs.ranking import Comparisons  # noqa: E402

NAMES = ("plain", "tuned", "layout", "shape", "lines", "words")


def comparisons(designs: int, seed: int = 0) -> Comparisons:
    rng = np.random.default_rng(seed)
    return Comparisons(
        parts={name: rng.random(designs, np.float32) for name in NAMES},
        cohort={name: rng.random(designs, np.float32) for name in NAMES},
        local=np.zeros((designs, 3), np.float32),
        searched=designs,
    )


def test_every_question_is_asked_once_and_an_article_stays_in_one_fold() -> None:
    designs = [f"G{number}" for number in range(7)]
    questions = [(f"article{row % 11}", None, row % 11 if row % 11 < 7 else -1) for row in range(44)]
    found = folds(questions, designs, 3)
    assert sorted(row for rows, _ in found for row in rows) == list(range(44))
    for rows, left_out in found:
        inside = {questions[row][0] for row in rows}
        outside = {questions[row][0] for other, _ in found if other is not rows for row in other}
        assert inside.isdisjoint(outside)
        assert left_out == {designs[questions[row][2]] for row in rows if questions[row][2] >= 0}
        assert any(questions[row][2] < 0 for row in rows)
    assert set.union(*(left_out for _, left_out in found)) == set(designs)


def test_left_out_articles_are_neither_asked_for_nor_in_the_register() -> None:
    designs = tuple(f"G{number}" for number in range(6))
    queries = tuple((comparisons(6, seed), seed) for seed in range(6))
    found = {name: Compared(designs, queries) for name in MAKERS}
    rest = without_articles(found, "packages", {"G1", "G4"})
    for name in FAMILIES["packages"]:
        assert rest[name].designs == ("G0", "G2", "G3", "G5")
        assert [rest[name].designs[truth] for _, truth in rest[name].queries] == ["G0", "G2", "G3", "G5"]
        for (seen, truth), (whole, row) in zip(
            rest[name].queries, [one for one in queries if one[1] not in (1, 4)], strict=True
        ):
            assert seen.parts["plain"][truth] == whole.parts["plain"][row]
            assert len(seen) == 4
    assert rest["produce to studio"] == found["produce to studio"]


def test_a_part_that_is_not_asked_says_the_same_of_every_design() -> None:
    seen = deaf(comparisons(5))
    assert set(seen.parts["tuned"]) == {0}
    assert set(seen.cohort["tuned"]) == {0}
    assert seen.parts["plain"].std() > 0


def test_the_first_division_is_that_of_the_published_table() -> None:
    names = [f"d{number}" for number in range(60)]
    for one, other in zip(divisions(names, 2)[:4], rounds(names), strict=True):
        assert one.tolist() == other.tolist()
    assert len(divisions(names, 2)) == 8


@pytest.mark.parametrize("tail", [exponential, pareto, weibull])
def test_a_tail_says_more_of_what_stands_further_out(tail) -> None:  # type: ignore[no-untyped-def]
    others = np.sort(np.random.default_rng(3).exponential(size=TAIL + 1))[::-1]
    said = [
        tail(np.concatenate([[best], others])[None, None])[0, 0] for best in (others[0], others[0] + 1, others[0] + 5)
    ]
    assert said == sorted(said)
    assert said[0] < said[2]


def asked(kinds: int, each: int, seed: int) -> Asked:
    """Made questions: in each kind designs that are there agree more, and half are there."""
    rng = np.random.default_rng(seed)
    count = kinds * each
    inside = np.arange(count) % 2 == 0
    figures = rng.normal(0, 1, (count, 5 * PARTS + 8)) + inside[:, None]
    stand = -np.sort(-rng.normal(0, 1, (count, len(SEEN) + 1, TAIL + 2)), axis=2)
    stand[:, :, 0] += inside[:, None]
    best = Best(figures, inside, inside.copy(), np.repeat(np.arange(kinds), each), np.arange(count) % 3 > 0)
    return Asked(best, stand, np.zeros((count, 20)), np.zeros(count, np.intp))


@pytest.mark.parametrize("name", FORMS)
def test_every_form_tells_designs_that_are_there_from_strangers(name: str) -> None:
    score, new = FORMS[name](asked(4, 60, 1)), asked(4, 60, 2)
    said = score(new)
    there, absent = said[new.best.inside], said[~new.best.inside]
    assert (there[:, None] > absent).mean() > 0.6


def test_a_threshold_over_kinds_holds_for_the_next_kind_on_average() -> None:
    rng = np.random.default_rng(8)
    kind = np.repeat(np.arange(30), 80)
    inside = np.arange(len(kind)) % 2 == 0
    chance = 1 / (1 + np.exp(-(rng.normal(0, 1.5, 30)[kind] + rng.normal(0, 1, len(kind)) + 2 * inside)))
    best = Best(np.zeros((len(kind), 1)), inside, inside, kind, np.ones(len(kind), np.bool_))
    told = conformal(chance, best)
    assert told["hierarchical: wrongly"] <= 0.1
    assert told["nine kinds of ten: kinds within"] >= 26
    assert told["hierarchical: rightly"] <= told["pooled: rightly"]
