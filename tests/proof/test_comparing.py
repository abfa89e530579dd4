"""A whole comparison from rows: verdicts, groups, missing answers, noise, and the same bytes each time."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import numpy as np
import pytest

from pandok.core.canonical import digest
from pandok.core.lab.comparison import CellState, Comparison, ScoredRow
from pandok.core.lab.problem import Problem
from pandok.proof.comparing import compare, shown_score
from pandok.proof.recompute import recompute

DAY = date(2026, 11, 2)


def problem(**changes: Any) -> Problem:
    word = {"ko": "말", "en": "word"}
    values: dict[str, Any] = {
        "id": "labels",
        "title": word,
        "question": word,
        "owner": word,
        "margin_reason": word,
        "licence": "CC0",
        "source": "here",
        "input": {"kind": "table", "columns": ("a",)},
        "output": {"task": "classes", "classes": ("x", "y", "z")},
        "truth": {"how": word},
        "practice": {"what": word, "how": word},
        "endpoints": ({"metric": "accuracy", "aim": "superiority"},),
        "planned_n": 10,
        "plan": word,
    }
    return Problem.model_validate(values | changes)


NON_INFERIOR = ({"metric": "accuracy", "aim": "non_inferiority", "margin": 0.05},)
SCORE = {"output": {"task": "score"}}


def rows(b: int, c: int, right: int, wrong: int, **more: Any) -> list[ScoredRow]:
    """Only the model, only practice, both, none."""
    kinds = [("x", "y")] * b + [("y", "x")] * c + [("x", "x")] * right + [("y", "y")] * wrong
    return [ScoredRow(case_id=f"{n:05d}", truth=("x",), model=m, practice=p, **more) for n, (m, p) in enumerate(kinds)]


def test_a_better_model_is_proven_and_its_sentences_name_interval_number_and_date() -> None:
    found = compare(problem(), rows(60, 20, 100, 20), registered_on=DAY)
    one = found.endpoints[0]
    assert found.verdict == "proven"
    assert (one.model.value, one.practice.value, one.difference) == (0.8, 0.6, 0.2)
    assert one.interval == pytest.approx((0.117, 0.281), abs=6e-3)
    assert one.p_value is not None
    assert one.p_value < 1e-4
    said = " ".join(text.ko for text in found.said)
    assert all(part in said for part in ("80.0%", "+20.0%p", "200건", "2026-11-02", "등록한 기준을 모두 충족"))


def test_rows_in_any_order_give_the_same_bytes() -> None:
    taken = rows(30, 20, 100, 20, cluster="c", site="ICN")
    mixed = random.Random(1).sample(taken, len(taken))
    assert digest(compare(problem(), taken)) == digest(compare(problem(), mixed))
    read_back = Comparison.model_validate_json(compare(problem(), taken).model_dump_json())
    assert digest(read_back) == digest(compare(problem(), taken))


def test_a_changed_row_changes_the_bytes() -> None:
    taken = rows(30, 20, 100, 20)
    other = [taken[0].model_copy(update={"model": "z"}), *taken[1:]]
    assert digest(compare(problem(), taken)) != digest(compare(problem(), other))


@pytest.mark.parametrize(
    ("counts", "endpoints", "verdict"),
    [
        ((30, 40, 300, 30), NON_INFERIOR, "not_proven"),
        ((6, 10, 800, 84), NON_INFERIOR, "proven"),
        ((10, 90, 200, 100), NON_INFERIOR, "inferior"),
        ((10, 12, 200, 100), ({"metric": "accuracy", "aim": "superiority"},), "not_proven"),
    ],
)
def test_the_verdict_follows_the_line(counts: tuple[int, int, int, int], endpoints: Any, verdict: str) -> None:
    assert compare(problem(endpoints=endpoints), rows(*counts)).verdict == verdict


def test_non_inferior_and_yet_worse_is_said() -> None:
    found = compare(problem(endpoints=NON_INFERIOR), rows(2, 22, 900, 76))
    assert found.verdict == "proven"
    assert found.endpoints[0].interval[1] < 0
    assert any("현행 업무보다 낮습니다" in text.ko and "worse than practice" in text.en for text in found.said)


def test_missing_answers_are_wrong_and_counted() -> None:
    taken = rows(60, 20, 100, 20)
    gone = [one.model_copy(update={"model": None}) if n < 60 else one for n, one in enumerate(taken)]
    found = compare(problem(), gone)
    assert found.endpoints[0].difference == pytest.approx(-0.1)
    assert (found.missing, found.verdict) == (60, "undecidable")
    assert any("결측" in text.ko for text in found.broken)
    allowed = compare(problem(most_missing_share=0.4), gone)
    assert allowed.verdict == "inferior"


def test_practice_without_answers_gives_no_proof_either() -> None:
    taken = [one.model_copy(update={"practice": None}) for one in rows(60, 20, 100, 20)]
    assert compare(problem(), taken).verdict == "undecidable"


def test_too_few_or_a_weak_sandbox_is_undecidable() -> None:
    assert compare(problem(planned_n=500), rows(60, 20, 100, 20)).verdict == "undecidable"
    assert compare(problem(), rows(60, 20, 100, 20), sandbox_level=1).verdict == "undecidable"
    nothing = compare(problem(), [])
    assert (nothing.verdict, nothing.measured) == ("undecidable", None)
    one_cluster = compare(problem(clustered=True), rows(60, 20, 100, 20, cluster="only"))
    assert (one_cluster.verdict, one_cluster.endpoints) == ("undecidable", ())


def test_wrong_labels_that_could_turn_the_verdict_stop_it() -> None:
    sure, shaky = rows(60, 20, 100, 20), rows(40, 20, 100, 40)
    noisy = {"truth": {"how": {"ko": "말", "en": "word"}, "wrong_share": 0.03}}
    assert compare(problem(), shaky).verdict == "proven"
    found = compare(problem(**noisy), shaky)
    assert found.verdict == "undecidable"
    assert found.endpoints[0].noise is not None
    assert found.endpoints[0].noise.turned == 6
    assert found.endpoints[0].noise.exact
    # Six of the model's lonely hits handed to practice: (34, 26) of 200.
    assert found.endpoints[0].noise.interval == compare(problem(), rows(34, 26, 100, 40)).endpoints[0].interval
    assert compare(problem(**noisy), sure).verdict == "proven"


def test_noise_may_take_an_inferior_verdict_away_too() -> None:
    noisy = {"truth": {"how": {"ko": "말", "en": "word"}, "wrong_share": 0.03}}
    taken = rows(20, 40, 100, 40)
    assert compare(problem(), taken).verdict == "inferior"
    assert compare(problem(**noisy), taken).verdict == "undecidable"


GROUPS = ({"column": "age", "title": {"ko": "연령", "en": "age"}, "margin": 0.1, "least_cases": 30},)


def grouped(*parts: tuple[str, tuple[int, int, int, int]]) -> list[ScoredRow]:
    taken = [one.model_copy(update={"groups": {"age": name}}) for name, counts in parts for one in rows(*counts)]
    return [one.model_copy(update={"case_id": f"{n:05d}"}) for n, one in enumerate(taken)]


def test_harm_to_one_group_is_found_although_the_whole_gains() -> None:
    found = compare(
        problem(groups=GROUPS),
        grouped(("old", (2, 40, 50, 8)), ("young", (150, 20, 400, 30)), ("few", (5, 5, 5, 5)), ("tiny", (1, 1, 1, 0))),
    )
    states = {cell.name: cell.state for cell in found.groups[0].cells}
    assert found.endpoints[0].interval[0] > 0
    assert found.verdict == "inferior"
    assert states["old"] is CellState.HARMED
    assert states["young"] is CellState.SAFE
    # The smallest of the others goes with the tiny one, or the tiny one could be found by subtraction.
    assert (states["few"], states["tiny"]) == (CellState.HIDDEN, CellState.HIDDEN)
    assert all(cell.cases is None and cell.model is None for cell in found.groups[0].cells if cell.state == "hidden")
    assert found.measured is not None
    assert found.measured.harmed_groups == 1


def test_small_groups_are_shown_and_never_judged() -> None:
    found = compare(problem(groups=GROUPS), grouped(("few", (0, 20, 0, 0)), ("many", (150, 20, 400, 30))))
    states = {cell.name: cell.state for cell in found.groups[0].cells}
    assert states == {"few": CellState.TOO_SMALL, "many": CellState.SAFE}
    assert found.verdict == "proven"


def test_what_leaves_the_lab_gives_the_same_verdict() -> None:
    for changes, taken in (
        ({}, rows(60, 20, 100, 20)),
        ({"clustered": True}, clustered(np.random.default_rng(3))),
        ({"groups": GROUPS}, grouped(("old", (2, 40, 50, 8)), ("young", (150, 20, 400, 30)))),
    ):
        asked = problem(**changes)
        found = compare(asked, taken)
        assert found.measured is not None
        again = recompute(asked, found.measured)
        assert again.verdict.value == found.verdict
        assert [one.interval for one in again.endpoints] == [one.interval for one in found.endpoints]


def clustered(rng: np.random.Generator) -> list[ScoredRow]:
    taken = []
    for site in range(20):
        better = rng.normal(0.15, 0.1)
        for _ in range(20):
            model, practice = rng.random() < 0.6 + better, rng.random() < 0.6
            kind = {"model": "x" if model else "y", "practice": "x" if practice else "y"}
            taken.append(
                ScoredRow(case_id=f"{len(taken):05d}", truth=("x",), cluster=str(site), site=f"S{site % 3}", **kind)
            )
    return taken


def test_clusters_widen_the_interval_and_sites_are_described() -> None:
    taken = clustered(np.random.default_rng(3))
    wide, narrow = compare(problem(clustered=True), taken).endpoints[0], compare(problem(), taken).endpoints[0]
    assert wide.interval[0] < narrow.interval[0]
    assert wide.method == "clustered_score"
    assert [cell.state for cell in compare(problem(clustered=True), taken).sites] == [CellState.SHOWN] * 3


def scored(rng: np.random.Generator, count: int, model: float, practice: float) -> list[ScoredRow]:
    taken = []
    for number in range(count):
        yes = number % 2
        shared = rng.normal()
        taken.append(
            ScoredRow(
                case_id=f"{number:05d}",
                truth=(str(yes),),
                cluster=str(number // 10),
                model=round(shared + rng.normal() + model * yes, 6),
                practice=round(shared + rng.normal() + practice * yes, 6),
            )
        )
    return taken


@pytest.mark.parametrize("clusters", [False, True])
def test_areas_sensitivity_and_specificity(clusters: bool) -> None:
    taken = scored(np.random.default_rng(4), 600, 2.5, 1.2)
    asked = problem(
        **SCORE,
        clustered=clusters,
        practice={"what": {"ko": "말", "en": "w"}, "how": {"ko": "말", "en": "w"}, "threshold": 0.6},
        endpoints=(
            {"metric": "auc", "aim": "superiority"},
            {"metric": "sensitivity", "aim": "non_inferiority", "margin": 0.1},
            {"metric": "specificity", "aim": "non_inferiority", "margin": 0.1},
        ),
        truth={"how": {"ko": "말", "en": "w"}, "wrong_share": 0.01},
    )
    found = compare(asked, taken, threshold=1.2)
    auc, sensitivity, specificity = found.endpoints
    assert found.verdict == "proven"
    assert 0.85 < auc.model.value < 0.95
    assert 0.65 < auc.practice.value < 0.8
    assert (sensitivity.cases, specificity.cases, found.reached) == (300, 300, 600)
    for one in found.endpoints:
        assert one.noise is not None
        assert one.noise.interval[0] < one.interval[0]
    with pytest.raises(ValueError, match="threshold"):
        compare(asked, taken)


def test_a_missing_score_stands_on_the_wrong_end() -> None:
    taken = scored(np.random.default_rng(5), 200, 3.0, 1.0)
    asked = problem(**SCORE, endpoints=({"metric": "auc", "aim": "superiority"},), most_missing_share=0.5)
    worse = [one.model_copy(update={"model": None}) if n % 10 == 1 else one for n, one in enumerate(taken)]
    full, holed = compare(asked, taken).endpoints[0], compare(asked, worse).endpoints[0]
    assert holed.model.value < full.model.value - 0.15


@pytest.mark.parametrize("clusters", [False, True])
def test_errors_of_an_estimate(clusters: bool) -> None:
    rng = np.random.default_rng(6)
    taken = [
        ScoredRow(
            case_id=f"{n:04d}",
            truth=(str(n % 50),),
            cluster=str(n // 8),
            model=n % 50 + rng.normal(0, 1),
            practice=n % 50 + rng.normal(0, 3),
        )
        for n in range(160)
    ]
    asked = problem(
        output={"task": "number", "unit": "kg"},
        clustered=clusters,
        endpoints=({"metric": "mean_absolute_error", "aim": "superiority"},),
        truth={"how": {"ko": "말", "en": "w"}, "wrong_share": 0.02},
    )
    found = compare(asked, taken)
    one = found.endpoints[0]
    assert found.verdict == "proven"
    assert one.difference == pytest.approx(one.practice.value - one.model.value, abs=0.3)
    assert one.noise is not None
    assert one.noise.interval[0] < one.interval[0]
    assert shown_score(asked, taken) == -one.model.value
    assert "kg" in found.said[1].ko
    gone = [taken[0].model_copy(update={"model": None}), *taken[1:]]
    assert compare(asked, gone).endpoints[0].model.value > one.model.value


def test_retrieval_counts_only_what_the_register_can_answer() -> None:
    asked = problem(output={"task": "embedding"}, endpoints=({"metric": "recall_at_1", "aim": "superiority"},))
    known = [
        ScoredRow(case_id=f"{n:03d}", truth=("a", "b"), model="b" if n < 90 else "c", practice="a" if n < 50 else "c")
        for n in range(100)
    ]
    unknown = [ScoredRow(case_id=f"u{n}", truth=(), model="a", practice=None) for n in range(30)]
    found = compare(asked, known + unknown)
    assert (found.reached, found.left_out, found.practice_missing) == (100, 30, 0)
    assert found.endpoints[0].difference == pytest.approx(0.4)


def test_a_case_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        compare(problem(), rows(1, 1, 1, 1) * 2)
