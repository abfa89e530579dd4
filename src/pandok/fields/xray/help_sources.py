"""Where places on a scan come from, beside its reader: a program of the site, container structure, a machine."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class HelpSource(StrEnum):
    """PROGRAM: a reader program. STRUCTURE: compared with empty containers of its type. MACHINE: the threat report of
    another machine."""

    PROGRAM = "program"
    STRUCTURE = "structure"
    MACHINE = "machine"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    HelpSource.PROGRAM: Text(ko="판독 프로그램", en="Reader program"),
    HelpSource.STRUCTURE: Text(ko="컨테이너 구조 비교", en="Container structure"),
    HelpSource.MACHINE: Text(ko="다른 장비의 보고", en="Report of another machine"),
}
