"""What a case teaches, rule by rule."""

from __future__ import annotations

from typing import Any

import pytest

from pandok.fields.counterfeit.outcomes import Answer, Finding
from pandok.fields.counterfeit.states import State
from pandok.fields.counterfeit.truth import CaseFacts, Source, Truth, Verdict, notice_of, truth_of

G, N, NEED, NOT_MINE = Answer.GENUINE, Answer.NOT_GENUINE, Answer.NEED_THE_GOODS, Answer.NOT_MY_RIGHT
UNKNOWN = Truth(verdict=Verdict.UNKNOWN)


def facts(**known: Any) -> CaseFacts:
    return CaseFacts(**({"state": State.CLOSED, "design_id": "30-1", "notified": True} | known))


def right(source: Source, design_id: str = "30-1") -> Truth:
    return Truth(verdict=Verdict.RIGHT_DESIGN, design_id=design_id, source=source)


@pytest.mark.parametrize(
    ("known", "truth"),
    [
        ({"finding": Finding.INFRINGES}, right(Source.APPRAISAL)),
        ({"finding": Finding.INFRINGES, "answers": (NOT_MINE,)}, UNKNOWN),
        ({"finding": Finding.DOES_NOT_INFRINGE}, UNKNOWN),
        ({"finding": Finding.DOES_NOT_INFRINGE, "answers": (G,)}, right(Source.APPRAISAL)),
        ({"finding": Finding.DOES_NOT_INFRINGE, "answers": (NEED,)}, UNKNOWN),
        ({"finding": Finding.OTHER_RIGHT, "answers": (N,)}, UNKNOWN),
        ({"finding": Finding.UNDETERMINED}, UNKNOWN),
        ({"finding": Finding.UNDETERMINED, "answers": (N,)}, right(Source.ANSWER)),
        ({"answers": (G,)}, right(Source.ANSWER)),
        ({"answers": (NOT_MINE,)}, UNKNOWN),
        ({"answers": (NOT_MINE, N)}, right(Source.ANSWER)),
        ({"answers": (N, NEED)}, right(Source.ANSWER)),
        ({"answers": (NEED,)}, UNKNOWN),
        ({"design_id": "", "notified": False}, UNKNOWN),
        ({"later_design_id": "30-2", "answers": (N,)}, right(Source.LATER, "30-2")),
        ({"later_design_id": ""}, Truth(verdict=Verdict.NOT_IN_REGISTER, source=Source.LATER)),
        ({"design_id": "", "later_design_id": "30-3"}, right(Source.LATER, "30-3")),
        ({"state": State.DECIDED, "finding": Finding.INFRINGES}, UNKNOWN),
    ],
)
def test_the_label_of_a_case(known: dict[str, Any], truth: Truth) -> None:
    assert truth_of(facts(**known)) == truth


@pytest.mark.parametrize(
    ("known", "judged", "wrong"),
    [
        ({"answers": (NOT_MINE,)}, True, True),
        ({"answers": (NOT_MINE, N)}, True, True),
        ({"answers": (G,)}, True, False),
        ({"finding": Finding.OTHER_RIGHT}, True, True),
        ({"finding": Finding.INFRINGES}, True, False),
        ({"finding": Finding.DOES_NOT_INFRINGE}, False, False),
        ({"answers": (NEED,)}, False, False),
        ({"answers": (N,), "notified": False}, False, False),
        ({"answers": (NOT_MINE,), "state": State.READ}, True, True),
    ],
)
def test_a_wrong_notice(known: dict[str, Any], judged: bool, wrong: bool) -> None:
    verdict = notice_of(facts(**known))
    assert (verdict.judged, verdict.wrong) == (judged, wrong)
