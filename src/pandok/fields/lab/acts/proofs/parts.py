"""What a proof is made of, as plain values: whoever has them can make one, also for the readers that Pandok ships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.core.lab.comparison import CellState, Comparison
from pandok.core.lab.proof_pack import GroupLine, LabFacts, LedgerEntry, ModelFacts, Places, PrintedEndpoint
from pandok.core.lab.registration import OpenedBefore, Registration


@dataclass(frozen=True)
class History:
    """Of the opening that the proof is of: how many cases were opened before, which opening of the submitter it was,
    and how many of its confirm results under the registration were withheld."""

    opened_before: OpenedBefore
    opening: int
    withheld: int


@dataclass(frozen=True)
class ProofParts:
    """`entries` and `places`: the ledger excerpt; `head`: sequence and hash of the newest entry, and when."""

    registration: Registration
    comparison: Comparison
    model: ModelFacts
    lab: LabFacts
    report_json: bytes
    report_pdf: bytes
    entries: tuple[LedgerEntry, ...]
    places: Places
    head: tuple[int, str, datetime]
    submitter_key: str = ""
    history: History | None = None


def printed_endpoints(comparison: Comparison) -> tuple[PrintedEndpoint, ...]:
    return tuple(
        PrintedEndpoint(
            metric=one.metric.value,
            line=one.line,
            model=one.model.value,
            practice=one.practice.value,
            difference=one.difference,
            low=one.interval[0],
            high=one.interval[1],
        )
        for one in comparison.endpoints
    )


def group_lines(comparison: Comparison) -> tuple[GroupLine, ...]:
    """Without the cells that are too small to be shown."""
    return tuple(
        GroupLine(
            column=group.column,
            value=cell.name,
            cases=cell.cases,
            difference=cell.difference,
            low=cell.interval[0] if cell.interval else None,
            high=cell.interval[1] if cell.interval else None,
            harmed={CellState.HARMED: True, CellState.SAFE: False}.get(cell.state),
        )
        for group in comparison.groups
        for cell in group.cells
        if cell.state is not CellState.HIDDEN
    )
