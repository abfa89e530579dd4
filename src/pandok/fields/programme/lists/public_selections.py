"""What everybody is told of a decided call: how many applied, who was selected and why, the order and how sure it is.

Names as the call says; no file, no answer, no reviewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.fields.programme.call_states import CallState
from pandok.fields.programme.call_text import NamesShown
from pandok.fields.programme.lists.applications import handed_in
from pandok.fields.programme.lists.reviews import voided_scores
from pandok.fields.programme.models import ApplicationReview, Call
from pandok.fields.programme.review_states import ReviewState, SelectionState


@dataclass(frozen=True)
class PublicRow:
    """`name` and `reason` empty where they are not public. `rank`: of the ranking as it was decided on."""

    number: str
    name: str
    selected: bool
    reason: str
    rank: dict[str, Any]


@dataclass(frozen=True)
class PublicSelection:
    rows: list[PublicRow]
    reviewers: int
    voided: int
    reason: str


def public_selection(call: Call) -> PublicSelection | None:
    """None before it is decided."""
    if call.state != CallState.DECIDED.value:
        return None
    selection = call.selections.filter(state=SelectionState.DECIDED.value).first()
    if selection is None:
        return None
    shown, ranks = NamesShown(call.names_shown), {one["key"]: one for one in selection.ranking}
    told, rows = {one["number"]: one for one in selection.rows}, []
    for one in handed_in(call):
        row = told[one.number]
        named = shown is NamesShown.EVERY or (shown is NamesShown.SELECTED and row["selected"])
        rows.append(
            PublicRow(
                number=one.number,
                name=one.party_name if named else "",
                selected=row["selected"],
                reason=row["reason"] if row["selected"] else "",
                rank=ranks[one.number],
            )
        )
    locked = ApplicationReview.objects.filter(application__call=call, state=ReviewState.LOCKED.value)
    return PublicSelection(
        rows=sorted(rows, key=lambda one: (not one.selected, one.rank["rank"], one.number)),
        reviewers=locked.values("reviewer").distinct().count(),
        voided=voided_scores(call),
        reason=selection.reason,
    )
