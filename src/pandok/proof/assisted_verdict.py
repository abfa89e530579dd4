"""The verdict of an assisted trial: are officers with the model's help better, or not worse, than alone?

Readers and cases are both samples: the answer is to hold for other officers and other goods. Two intervals, of which
the wider counts: Obuchowski and Rockette's with Hillis' degrees of freedom (readers and cases random, also the way in
which help suits one reader more than another), and that of shares in clusters with the case as cluster, which does not
become empty where hardly anybody changed an answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as t_distribution

from pandok.core.lab.assisted_trial import AssistedProtocol
from pandok.core.lab.evidence import ReadersEvidence
from pandok.proof.bootstrap import Interval
from pandok.proof.clustered_shares import cluster_moments, clustered_share_interval
from pandok.proof.paired_shares import PairedCounts, tango_interval
from pandok.proof.readers_and_cases import obuchowski_rockette
from pandok.proof.verdict import Conditions, Endpoint, Verdict, verdict

ENDPOINT = "recall_at_1"
Right = NDArray[np.bool_]


@dataclass(frozen=True)
class JudgedReaders:
    """`shares`: of right answers, aided and unaided, each reader counting once."""

    shares: tuple[float, float]
    interval: Interval
    conditions: Conditions
    verdict: Verdict
    turned: int


def right_answers(evidence: ReadersEvidence) -> Right:
    """(2, readers, cases): with help, then without."""
    marks = np.array([[int(one) for one in row] for row in evidence.cases_right], dtype=np.int8).T
    return np.stack([marks & 2 > 0, marks & 1 > 0])


def readers_interval(right: Right, *, confidence: float) -> Interval:
    """Of the share with help minus that without, both sources of chance in it. `right` (2, readers, cases)."""
    _, readers, cases = right.shape
    differences = (right[0].astype(np.float64) - right[1]).T  # (cases, readers)
    labels = np.repeat(np.arange(cases), readers).tolist()
    low, high = clustered_share_interval(cluster_moments(differences.reshape(-1), labels), confidence=confidence)
    values = right.astype(np.float64)
    blocks = (np.cov(values.reshape(2 * readers, cases)) / cases).reshape(2, readers, 2, readers)
    others = ~np.eye(readers, dtype=bool)
    cov2 = float(np.mean([blocks[arm, :, arm, :][others].mean() for arm in (0, 1)]))
    cov3 = float(np.mean([blocks[0, :, 1, :][others].mean(), blocks[1, :, 0, :][others].mean()]))
    try:
        found = obuchowski_rockette(values.mean(2), cov2, cov3, confidence=confidence)
    except ValueError:  # help changed every reader alike: only the goods are left as a source of chance
        return low, high
    return max(-1.0, min(low, found.interval[0])), min(1.0, max(high, found.interval[1]))


def share_interval(right: Right, *, confidence: float) -> Interval:
    """Of one arm (readers, cases): the spread of the readers' shares and of the goods' together, by t."""
    readers, cases = right.shape
    by_reader, by_case = right.mean(1), right.mean(0)
    spread = math.sqrt(float(by_reader.var(ddof=1)) / readers + float(by_case.var(ddof=1)) / cases)
    reach = float(t_distribution.ppf((1 + confidence) / 2, min(readers, cases) - 1)) * spread
    middle = float(right.mean())
    return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True)
class ReaderDifference:
    """One reader: shares of right answers with help and alone, and their difference over the same cases."""

    aided: float
    alone: float
    difference: float
    interval: Interval


def by_reader(right: Right, *, confidence: float) -> list[ReaderDifference]:
    """Each reader alone, in the order of `right`: only the goods are a sample here (Tango's interval of paired shares).
    The readers are shown, not tested: the verdict rests on all of them together.

    >>> both = np.array([[[True, True, False, True]], [[True, False, False, True]]])
    >>> one = by_reader(both, confidence=0.95)[0]
    >>> one.aided, one.alone, one.difference
    (0.75, 0.5, 0.25)
    """
    cases = right.shape[2]
    found = []
    for aided, alone in zip(right[0], right[1], strict=True):
        counts = PairedCounts(int((aided & ~alone).sum()), int((alone & ~aided).sum()), cases)
        interval = tango_interval(counts, confidence=confidence)
        found.append(ReaderDifference(float(aided.mean()), float(alone.mean()), counts.difference, interval))
    return found


def judged_readers(evidence: ReadersEvidence, plan: AssistedProtocol) -> JudgedReaders:
    """From the readings of those who finished."""
    right = right_answers(evidence)
    planned = len(plan.readers) * plan.planned_n
    conditions = Conditions(
        planned=plan.planned_n,
        reached=evidence.cases,
        commits_in_order=evidence.intact,
        missing_share=1 - evidence.readers * evidence.cases / planned,
        most_missing_share=plan.most_missing_share,
    )
    interval = readers_interval(right, confidence=plan.confidence)
    spoken = _spoken(interval, plan, conditions)
    turned = math.ceil(plan.wrong_truth_share * evidence.cases)
    if turned and spoken in (Verdict.PROVEN, Verdict.INFERIOR):
        worst = turn_cases(right, turned, against=1 if spoken is Verdict.PROVEN else -1)
        flipped = _spoken(readers_interval(worst, confidence=plan.confidence), plan, conditions) is not spoken
        conditions = replace(conditions, flips_with_label_noise=flipped)
        spoken = _spoken(interval, plan, conditions)
    shares = right.mean(axis=(1, 2))
    return JudgedReaders((float(shares[0]), float(shares[1])), interval, conditions, spoken, turned)


def turn_cases(right: Right, count: int, *, against: int) -> Right:
    """With the truth of the `count` heaviest cases turned: whoever changed the answer for the better there changed it
    for the worse (`against` 1), and whoever kept it is as right as before."""
    changed = right[0].astype(int) - right[1]
    heavy = np.argsort(-(changed == against).sum(0), kind="stable")[:count]
    turned = right.copy()
    for case in heavy:
        swap = changed[:, case] == against
        turned[0, swap, case], turned[1, swap, case] = right[1, swap, case], right[0, swap, case]
    return turned


def _spoken(interval: Interval, plan: AssistedProtocol, conditions: Conditions) -> Verdict:
    return verdict([Endpoint(ENDPOINT, interval, plan.line)], conditions)
