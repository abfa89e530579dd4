"""Words for what became of a file."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.counterfeit.models import DeletionItem

OUTCOMES: dict[str, Text] = {
    DeletionItem.OPEN: Text(ko="대기", en="waiting"),
    DeletionItem.ERASED: Text(ko="삭제 완료", en="erased"),
    DeletionItem.HELD: Text(ko="보존 조치로 남음", en="kept: on hold"),
    DeletionItem.NEEDED: Text(ko="다른 곳에서 쓰여 남음", en="kept: still in use"),
}
