"""What model and practice said of one article, and whether it was right, as far as the truth is known."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pandok.core.lab.strict_value import StrictValue


class Kind(StrEnum):
    DESIGN = "design"
    NOTHING = "nothing"
    """In no registered design."""
    UNREADABLE = "unreadable"
    FAILED = "failed"
    """The model gave no answer at all."""


class Said(StrictValue):
    kind: Kind
    design_id: str = ""

    @property
    def answers(self) -> bool:
        return self.kind in (Kind.DESIGN, Kind.NOTHING)


class KnownTruth(StrictValue):
    """`known`: the goods show `design_id`, or no registered design where it is empty. Else only `not_designs` are
    known not to be it."""

    known: bool
    design_id: str = ""
    not_designs: tuple[str, ...] = ()
    source: str = ""


UNKNOWN = KnownTruth(known=False)


def said_in(output: dict[str, Any]) -> Said:
    """The first answer of a candidate's output: `outcome` and `candidates` as in a reading."""
    outcome = output.get("outcome")
    if outcome == "candidates" and output.get("candidates"):
        return Said(kind=Kind.DESIGN, design_id=str(output["candidates"][0]["design_id"]))
    if outcome in ("candidates", "nothing_close"):
        return Said(kind=Kind.NOTHING)
    return Said(kind=Kind.UNREADABLE if outcome == "unreadable" else Kind.FAILED)


def right(said: Said, truth: KnownTruth) -> bool | None:
    """None where the truth does not tell. Who cannot read is wrong.

    >>> right(Said(kind=Kind.DESIGN, design_id="30-1"), KnownTruth(known=True, design_id="30-1"))
    True
    """
    if not said.answers:
        return False
    if truth.known:
        return said.design_id == truth.design_id if said.kind is Kind.DESIGN else not truth.design_id
    if said.kind is Kind.DESIGN and said.design_id in truth.not_designs:
        return False
    return None


def difference(model: Said, practice: Said, truth: KnownTruth) -> int | None:
    """Model right minus practice right; None where the truth does not tell. The same words are as right as each
    other, whatever is true."""
    if model == practice or not (model.answers or practice.answers):
        return 0
    first, second = right(model, truth), right(practice, truth)
    return None if first is None or second is None else int(first) - int(second)
