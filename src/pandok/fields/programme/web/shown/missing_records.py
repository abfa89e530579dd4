"""On lists of a site that restored an older backup: what may be missing there, and whose turn it is."""

from __future__ import annotations

from pandok.common.backup.gaps import gaps_of_restoring
from pandok.core.text import Text


def missing_records() -> list[Text]:
    return [
        Text(
            ko=f"이전 백업을 복원했습니다({one.words.ko}). 그 사이에 등록하거나 넘긴 것은 여기에 없고 번호는"
            " 다시 쓰입니다. 사업단이 상대 기관에 확인해 다시 등록하십시오.",
            en=f"An older backup was restored ({one.words.en}): what was entered or handed over in between is not here,"
            " and its numbers are given again. The programme office compares with the other sites and enters it again.",
        )
        for one in gaps_of_restoring()
    ]
