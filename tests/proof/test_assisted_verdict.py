"""Verdicts of assisted trials over simulated officers and goods: false proof within the level, and power."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.stats import norm

from pandok.core.lab.assisted_trial import Arm, AssistedProtocol, Rounds, order_digest, reading_plan
from pandok.core.lab.evidence import ReadersEvidence
from pandok.core.lab.problem import Aim
from pandok.proof.assisted_verdict import judged_readers, readers_interval, right_answers, turn_cases
from pandok.proof.verdict import Verdict

TRIALS = 400


def plan(**changes: object) -> AssistedProtocol:
    facts: dict[str, object] = {
        "title": "도움을 받은 판독",
        "question": "모델의 도움을 받은 담당자가 혼자일 때보다 나은가?",
        "candidate": "other-encoder",
        "rounds": Rounds.SEQUENTIAL,
        "washout_days": 0,
        "readers": ("a", "b", "c"),
        "planned_n": 60,
        "goods_since": date(2026, 1, 1),
        "line_up": 5,
        "aim": Aim.SUPERIORITY,
        "margin": 0.0,
        "margin_reason": "우월성을 묻기 때문에 마진이 없습니다.",
        "alpha": 0.05,
        "most_missing_share": 0.0,
        "wrong_truth_share": 0.0,
        "exclusions": "사진이 지워진 사건은 뺍니다.",
    }
    return AssistedProtocol.model_validate(facts | changes)


def simulated(
    rng: np.random.Generator, *, readers: int, cases: int, gain: float, unlike: float, base: float = 0.6
) -> np.ndarray:
    """Right answers (2, readers, cases). Goods are hard or easy, officers good or less good; help suits officers and
    goods unlike (`unlike`), and adds `gain` on the scale of the normal distribution."""
    ease = rng.normal(0, 0.7, cases)[None, None] + rng.normal(0, 0.3, readers)[None, :, None]
    suits = rng.normal(0, unlike, (2, readers))[:, :, None] + rng.normal(0, unlike, (2, cases))[:, None, :]
    skill = norm.ppf(base) + ease + suits + np.array([gain, 0.0])[:, None, None]
    return skill + rng.normal(size=(2, readers, cases)) > 0


def proven_share(*, line: float = 0.0, alpha: float = 0.05, **world: float) -> float:
    rng = np.random.default_rng(20261128)
    found = [
        readers_interval(simulated(rng, **world), confidence=1 - 2 * alpha)[0] > line  # type: ignore[arg-type]
        for _ in range(TRIALS)
    ]
    return float(np.mean(found))


@pytest.mark.parametrize("readers", [3, 6])
@pytest.mark.parametrize("unlike", [0.0, 0.3])
@pytest.mark.parametrize("base", [0.6, 0.95])
def test_false_proof_stays_within_the_level(readers: int, unlike: float, base: float) -> None:
    """Help that helps nobody on average; three standard errors of the simulation above the level are allowed."""
    share = proven_share(readers=readers, cases=60, gain=0.0, unlike=unlike, base=base)
    assert share <= 0.05 + 3 * (0.05 * 0.95 / TRIALS) ** 0.5


def test_cases_alone_as_sample_would_prove_falsely() -> None:
    """Why readers are a sample too: where help suits officers unlike, an interval over goods alone errs."""
    rng, errs = np.random.default_rng(7), 0
    for _ in range(TRIALS):
        right = simulated(rng, readers=3, cases=300, gain=0.0, unlike=0.3).astype(float)
        apart = (right[0] - right[1]).mean(0)
        errs += apart.mean() - 1.645 * apart.std(ddof=1) / len(apart) ** 0.5 > 0
    assert errs / TRIALS > 0.1


def test_help_that_helps_is_proven() -> None:
    assert proven_share(readers=6, cases=120, gain=0.8, unlike=0.1) > 0.8
    assert proven_share(readers=6, cases=200, gain=0.0, unlike=0.05, line=-0.1) > 0.7


def evidence(right: np.ndarray, *, intact: bool = True) -> ReadersEvidence:
    rows = sorted(
        "".join(str(2 * a + b) for a, b in zip(*one, strict=True)) for one in right.transpose(2, 0, 1).astype(int)
    )
    return ReadersEvidence(cases_right=tuple(rows), intact=intact)


def test_the_four_verdicts() -> None:
    right = np.zeros((2, 3, 60), bool)
    right[0, :, :40], right[1, :, :10] = True, True
    assert judged_readers(evidence(right), plan()).verdict is Verdict.PROVEN
    assert judged_readers(evidence(right[::-1]), plan()).verdict is Verdict.INFERIOR
    assert judged_readers(evidence(right[[0, 0]]), plan()).verdict is Verdict.NOT_PROVEN
    assert judged_readers(evidence(right, intact=False), plan()).verdict is Verdict.UNDECIDABLE
    assert judged_readers(evidence(right[:, :2]), plan()).verdict is Verdict.UNDECIDABLE  # a reader did not finish
    assert judged_readers(evidence(right[:, :2]), plan(most_missing_share=0.4)).verdict is Verdict.PROVEN


def test_wrong_truths_turn_those_who_changed_their_answer_and_can_take_the_verdict() -> None:
    right = np.zeros((2, 3, 60), bool)
    right[0, :, :12] = True
    turned = turn_cases(right, 2, against=1)
    assert (turned[0].sum(), turned[1].sum()) == (30, 6)
    assert judged_readers(evidence(right), plan()).verdict is Verdict.PROVEN
    assert judged_readers(evidence(right), plan(wrong_truth_share=0.2)).verdict is Verdict.UNDECIDABLE


def test_evidence_gives_the_answers_back_without_their_order() -> None:
    right = np.random.default_rng(1).random((2, 3, 20)) > 0.5
    back = right_answers(evidence(right))
    assert (back.mean(2) == right.mean(2)).all()
    assert evidence(right).difference == pytest.approx(right[0].mean() - right[1].mean())


def test_the_order_is_drawn_balanced_and_made_again_from_the_seed() -> None:
    seed, readers = b"s" * 32, ("R1", "R2", "R3")
    crossed = reading_plan(seed, readers=readers, cases=20, rounds=Rounds.CROSSED)
    assert order_digest(crossed) == order_digest(reading_plan(seed, readers=readers, cases=20, rounds=Rounds.CROSSED))
    assert order_digest(crossed) != order_digest(
        reading_plan(b"t" * 32, readers=readers, cases=20, rounds=Rounds.CROSSED)
    )
    for reader in readers:
        mine = [one for one in crossed if one.reader == reader]
        first = [one for one in mine if one.round == 1]
        assert sum(one.arm is Arm.AIDED for one in first) == 10
        assert {(one.case, one.arm) for one in mine} == {(case, arm) for case in range(20) for arm in Arm}
        assert len({one.case for one in first}) == 20
    assert len({tuple(one.case for one in crossed if one.reader == reader) for reader in readers}) == 3
    alone = reading_plan(seed, readers=readers, cases=20, rounds=Rounds.SEQUENTIAL)
    pairs = [(one, other) for one, other in zip(alone[::2], alone[1::2], strict=True)]
    assert all(a.case == b.case and (a.arm, b.arm) == (Arm.UNAIDED, Arm.AIDED) for a, b in pairs)
