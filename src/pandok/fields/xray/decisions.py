"""What a reader decides with one key, and what an opening finds, in words."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text
from pandok.fields.xray.states import InspectionState


class Decision(StrEnum):
    """CLEAR: nothing that has to be opened. OPEN: to be opened, with the place. SECOND_LOOK: another reader decides."""

    CLEAR = "clear"
    OPEN = "open"
    SECOND_LOOK = "second_look"

    @property
    def words(self) -> Text:
        return _DECISIONS[self]

    @property
    def leads_to(self) -> InspectionState:
        return _LEADS[self]


class Found(StrEnum):
    """NOTHING: as declared. The rest are hits."""

    NOTHING = "nothing"
    PROHIBITED = "prohibited"
    RESTRICTED = "restricted"
    UNDECLARED = "undeclared"
    OTHER_GOODS = "other_goods"

    @property
    def words(self) -> Text:
        return _FOUND[self]

    @property
    def hit(self) -> bool:
        return self is not Found.NOTHING


_DECISIONS = {
    Decision.CLEAR: Text(ko="통과", en="Clear"),
    Decision.OPEN: Text(ko="개장", en="Open"),
    Decision.SECOND_LOOK: Text(ko="재판독", en="Second look"),
}
_LEADS = {
    Decision.CLEAR: InspectionState.CLEARED,
    Decision.OPEN: InspectionState.OPENING,
    Decision.SECOND_LOOK: InspectionState.SECOND_LOOK,
}
_FOUND = {
    Found.NOTHING: Text(ko="신고대로임", en="As declared"),
    Found.PROHIBITED: Text(ko="반입 금지 물품", en="Prohibited goods"),
    Found.RESTRICTED: Text(ko="요건 확인 대상 물품", en="Restricted goods"),
    Found.UNDECLARED: Text(ko="신고하지 않은 물품", en="Goods not declared"),
    Found.OTHER_GOODS: Text(ko="신고와 다른 물품", en="Other goods than declared"),
}
