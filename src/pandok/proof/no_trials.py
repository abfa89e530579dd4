"""The error for a figure that cannot be measured because one kind of trial is missing."""

from __future__ import annotations

from pandok.core.errors import InputError
from pandok.core.text import Text


class NoTrials(InputError):
    """A metric needs at least one trial of a kind (queries in the register, queries outside it) and has none."""

    code = "no_trials"


def no_trials(kind_ko: str, kind_en: str) -> NoTrials:
    return NoTrials(
        Text(
            ko=f"{kind_ko} 질의가 하나도 없어 이 지표를 계산할 수 없습니다.",
            en=f"There is no query that is {kind_en}, so this figure cannot be measured.",
        ),
        Text(ko=f"{kind_ko} 질의를 평가 폴더에 추가하십시오.", en=f"Add queries that are {kind_en} to the folder."),
        kind=kind_en,
    )
