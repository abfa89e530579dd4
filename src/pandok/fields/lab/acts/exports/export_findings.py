"""What the automatic checks may find, in words. A finding decides nothing: it says where two people must look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.core.lab.personal_data import PersonalKind
from pandok.core.text import Text

PERSONAL = "personal_"

WORDS: dict[str, Text] = {
    "copy_file": Text(ko="봉인된 파일과 똑같습니다", en="Identical to a sealed file"),
    "copy_picture": Text(ko="봉인된 그림의 일부로 보입니다", en="Looks like a part of sealed pictures"),
    "copy_rows": Text(ko="봉인된 자료와 같은 행이 있습니다", en="Holds rows of sealed data"),
    "small_cells": Text(ko="5보다 작은 건수가 있습니다", en="Holds counts under five"),
    "not_read": Text(
        ko="자동으로 읽지 못했습니다. 사람이 모두 보아야 합니다",
        en="Could not be read automatically: a person must look at all of it",
    ),
    "model": Text(
        ko="모델은 학습한 기록을 기억하고 있을 수 있습니다. 따로 결정합니다",
        en="A model may hold records that it was trained on; it is decided separately",
    ),
}


@dataclass(frozen=True)
class ExportFinding:
    """`where`: the member of a zip, row, column; never the value that was found."""

    code: str
    where: str = ""
    count: int = 1

    @property
    def words(self) -> Text:
        kind = self.code.removeprefix(PERSONAL)
        if kind == self.code:
            return WORDS[self.code]
        named = PersonalKind(kind).words
        return Text(ko=f"개인정보로 보이는 것: {named.ko}", en=f"What looks like personal data: {named.en}")

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "where": self.where[:200], "count": self.count}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> ExportFinding:
        return cls(str(kept["code"]), str(kept["where"]), int(kept["count"]))
