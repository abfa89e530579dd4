"""Words for what became of a file and of a deletion."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.counterfeit.models import DeletionItem, DeletionState

OUTCOMES: dict[str, Text] = {
    DeletionItem.OPEN: Text(ko="대기", en="waiting"),
    DeletionItem.ERASED: Text(ko="삭제 완료", en="erased"),
    DeletionItem.HELD: Text(ko="보존 조치로 남음", en="kept: on hold"),
    DeletionItem.NEEDED: Text(ko="다른 곳에서 쓰여 남음", en="kept: still in use"),
}
STATES: dict[str, Text] = {
    DeletionState.PLANNED: Text(ko="두 번째 사람의 확인 대기", en="Waiting for a second person"),
    DeletionState.CONFIRMED: Text(ko="삭제 중", en="Files are being erased"),
    DeletionState.DONE: Text(ko="완료", en="Done"),
    DeletionState.WITHDRAWN: Text(ko="철회", en="Withdrawn"),
}
