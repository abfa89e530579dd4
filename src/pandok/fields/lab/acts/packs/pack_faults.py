"""What is wrong with a pack: every fault at once, with file and line, so that one round of corrections is enough."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from pandok.core.errors import InputError
from pandok.core.text import Text, counted

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` counts from 1; 0 where the file as a whole is meant."""

    file: str
    line: int
    what: Text

    def as_dict(self) -> dict[str, Any]:
        return {"file": self.file, "line": self.line, "what": self.what.model_dump()}

    def said(self, language: str) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what.in_language(language)}"


@dataclass
class Faults:
    """Collects faults; counts those beyond the list."""

    found: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, line: int, ko: str, en: str) -> None:
        self.count += 1
        if len(self.found) < MOST_LISTED:
            self.found.append(Fault(file, line, Text(ko=ko, en=en)))

    def refuse_if_any(self) -> None:
        """Raises PackRefused."""
        if self.count:
            raise PackRefused(tuple(self.found), self.count)


class PackRefused(InputError):
    """A pack cannot be used as it is. `faults`: what to correct, at most 200 of `count`."""

    code: ClassVar[str] = "pack.refused"

    def __init__(self, faults: tuple[Fault, ...], count: int):
        first = faults[0]
        super().__init__(
            Text(
                ko=f"과제 묶음에 고칠 곳이 {count}곳 있습니다. 첫째: {first.said('ko')}",
                en=f"The pack has {counted(count, 'fault')}. The first: {first.said('en')}",
            ),
            Text(
                ko="적힌 파일과 줄을 고쳐 다시 넣으십시오. `pandok lab problems show 폴더`로 미리 볼 수 있습니다.",
                en="Correct the files and lines listed; `pandok lab problems show FOLDER` checks before you send.",
            ),
            faults=[fault.as_dict() for fault in faults],
            count=count,
        )
        self.faults = faults
        self.count = count
