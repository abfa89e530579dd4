"""Verdicts follow the registered rule; conditions are checked first."""

from __future__ import annotations

import pytest

from pandok.proof.verdict import Conditions, Endpoint, Verdict, verdict

DONE = Conditions(planned=100, reached=100)


def one(low: float, high: float, line: float) -> list[Endpoint]:
    return [Endpoint("recall", (low, high), line)]


@pytest.mark.parametrize(
    ("low", "high", "line", "expected"),
    [
        (0.01, 0.1, 0.0, Verdict.PROVEN),
        (-0.03, 0.02, -0.05, Verdict.PROVEN),
        (-0.03, -0.01, -0.05, Verdict.PROVEN),
        (-0.06, 0.02, -0.05, Verdict.NOT_PROVEN),
        (0.0, 0.1, 0.0, Verdict.NOT_PROVEN),
        (-0.2, -0.06, -0.05, Verdict.INFERIOR),
        (-0.2, -0.01, 0.0, Verdict.INFERIOR),
    ],
)
def test_the_rule(low: float, high: float, line: float, expected: Verdict) -> None:
    assert verdict(one(low, high, line), DONE) is expected


def test_all_endpoints_must_pass_and_one_inferior_is_enough() -> None:
    good, open_, bad = one(0.01, 0.1, 0)[0], one(-0.1, 0.1, 0)[0], one(-0.2, -0.1, 0)[0]
    assert verdict([good, open_], DONE) is Verdict.NOT_PROVEN
    assert verdict([good, bad], DONE) is Verdict.INFERIOR


@pytest.mark.parametrize(
    "broken",
    [
        Conditions(planned=100, reached=99),
        Conditions(planned=1, reached=1, commits_in_order=False),
        Conditions(planned=1, reached=1, label_agreement=0.5, least_label_agreement=0.6),
        Conditions(planned=1, reached=1, least_label_agreement=0.6),
        Conditions(planned=1, reached=1, missing_share=0.2, most_missing_share=0.1),
        Conditions(planned=1, reached=1, sandbox_level=1),
        Conditions(planned=1, reached=1, flips_with_label_noise=True),
    ],
)
def test_a_broken_condition_comes_before_every_figure(broken: Conditions) -> None:
    assert len(broken.broken()) == 1
    assert verdict(one(0.5, 0.6, 0.0), broken) is Verdict.UNDECIDABLE
    assert verdict(one(-0.6, -0.5, 0.0), broken) is Verdict.UNDECIDABLE


def test_no_verdict_without_a_registered_endpoint() -> None:
    with pytest.raises(ValueError, match="registered endpoint"):
        verdict([], DONE)
