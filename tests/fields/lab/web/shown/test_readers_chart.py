"""The chart of an assisted trial: every reader and all together, inside the drawing, with the numbers of the table."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pandok.core.lab.evidence import ReadersEvidence
from pandok.fields.lab.web.shown.readers_chart import ReadersChart, readers_chart
from pandok.proof.assisted_verdict import by_reader, judged_readers, right_answers
from pandok.proof.paired_shares import PairedCounts, tango_interval
from tests.proof.test_assisted_verdict import plan

CASES = ("000", "002", "022", "022", "122", "223", "223", "233", "333", "333")


def chart(cases: tuple[str, ...] = CASES, language: str = "en") -> ReadersChart:
    evidence = ReadersEvidence(cases_right=tuple(sorted(cases)), intact=True)
    judged = judged_readers(evidence, plan())
    report = {
        "difference": evidence.difference,
        "interval": judged.interval,
        "line": plan().line,
        "shares": {"aided": judged.shares[0], "unaided": judged.shares[1]},
    }
    return readers_chart(report, evidence, plan(), language=language)


def test_each_reader_has_the_interval_of_its_own_pairs() -> None:
    evidence = ReadersEvidence(cases_right=tuple(sorted(CASES)), intact=True)
    for place, one in enumerate(by_reader(right_answers(evidence), confidence=0.95)):
        marks = [case[place] for case in CASES]
        counts = PairedCounts(marks.count("2"), marks.count("1"), len(CASES))
        assert one.interval == tango_interval(counts, confidence=0.95)
        assert one.difference == counts.difference
        assert one.aided - one.alone == pytest.approx(counts.difference)


@pytest.mark.parametrize("cases", [CASES, ("33", "33"), ("22", "22", "22"), ("11", "11"), ("0" * 50, "2" * 50)])
def test_all_readers_and_all_together_stand_inside_the_drawing(cases: tuple[str, ...]) -> None:
    whole = chart(cases)
    assert whole.narrow is not None
    for drawn in (whole, whole.narrow):
        assert [one.kind for one in drawn.rows] == ["one"] * len(cases[0]) + ["all"]
        for one in drawn.rows:
            assert drawn.left <= one.low <= one.middle <= one.high <= drawn.right
            assert 0 < one.y < drawn.height
        assert drawn.left <= drawn.line <= drawn.right
        assert drawn.left <= drawn.zero <= drawn.right
        places = [x for x, _ in drawn.grid]
        assert min(b - a for a, b in pairwise(places)) >= 30, "the numbers below do not touch"


def test_the_words_say_what_is_drawn() -> None:
    drawn = chart()
    assert drawn.description.startswith("3 of 3 readers were right more often with help.")
    name, cells = drawn.table[-1]
    assert (name, cells[2]) == ("All", "+36.7")
    assert chart(language="ko").table[0][0] == "담당자 1"
