"""What an agreement must say before its project opens. Nothing of it may stay empty."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pandok.core.programme.indicators import Sheet
from pandok.core.text import Text


class Fate(StrEnum):
    """What becomes of what was tried where it was not proven."""

    ENDS = "ends"
    ONE_MORE_RUN = "one_more_run"
    RESEARCH_ALONE = "research_alone"

    @property
    def words(self) -> Text:
        return _FATES[self]


_FATES = {
    Fate.ENDS: Text(ko="철거하고 끝냄", en="taken down and ended"),
    Fate.ONE_MORE_RUN: Text(ko="조건을 고쳐 한 번 더 실증", en="one more run under changed conditions"),
    Fate.RESEARCH_ALONE: Text(ko="현장에서 빼고 연구로만", en="taken from the field, research alone"),
}


class Lacking(StrEnum):
    FIELD_OWNER = "field_owner"
    SHEET = "sheet"
    SATISFACTION_ALONE = "satisfaction_alone"
    FATE = "fate"
    OPERATION_PAYER = "operation_payer"
    REMEASUREMENT_POST = "remeasurement_post"

    @property
    def words(self) -> Text:
        return _LACKING[self]


_LACKING = {
    Lacking.FIELD_OWNER: Text(ko="현업 책임 직위가 없습니다", en="No post in the field is responsible"),
    Lacking.SHEET: Text(
        ko="기준값과 비열등 한계가 있는 성과지표가 없습니다", en="There is no KPI with a baseline and a margin"
    ),
    Lacking.SATISFACTION_ALONE: Text(ko="만족도만으로는 시작하지 않습니다", en="Satisfaction is never the only KPI"),
    Lacking.FATE: Text(ko="미입증일 때 어떻게 할지 없습니다", en="It is not said what happens if it is not proven"),
    Lacking.OPERATION_PAYER: Text(ko="끝난 뒤 운영비를 낼 곳이 없습니다", en="Nobody is named who pays for operation"),
    Lacking.REMEASUREMENT_POST: Text(
        ko="12·24개월 뒤 다시 잴 직위가 없습니다", en="No post measures again after 12 and 24 months"
    ),
}
SATISFACTION_SOURCE = "satisfaction"


@dataclass(frozen=True)
class Draft:
    """What of an agreement is said so far."""

    field_owner: str
    sheet: Sheet | None
    fate: Fate | None
    operation_payer: str
    remeasurement_post: str


def lacking(draft: Draft) -> list[Lacking]:
    """What keeps the project from opening, in the order of the form; empty where it may open."""
    found = []
    if not draft.field_owner.strip():
        found.append(Lacking.FIELD_OWNER)
    if draft.sheet is None:
        found.append(Lacking.SHEET)
    elif all(one.source == SATISFACTION_SOURCE for one in draft.sheet.indicators):
        found.append(Lacking.SATISFACTION_ALONE)
    if draft.fate is None:
        found.append(Lacking.FATE)
    if not draft.operation_payer.strip():
        found.append(Lacking.OPERATION_PAYER)
    if not draft.remeasurement_post.strip():
        found.append(Lacking.REMEASUREMENT_POST)
    return found
