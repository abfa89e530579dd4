"""The operations of the API in Korean, for its page: as each field says them in its `api/words.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pandok.common.declared import rooms
from pandok.core.text import Text
from pandok.web.api.describe import Described, Part

GROUPS: dict[str, Text] = {}
OPERATIONS: dict[str, tuple[str, str]] = {}
"""By the operation's id: what it does, and what else is to be known, as in English."""
FIELDS: dict[str, str] = {
    "The same key within 24 hours repeats the answer and does nothing again.": (
        "24시간 안에 같은 값으로 보내면 같은 답을 돌려주고 다시 처리하지 않습니다."
    ),
    "`next` of the page before.": "앞 쪽의 `next` 값",
    "Why, in one sentence; kept in the history.": "사유 한 문장. 처리 이력에 남습니다.",
    "Why, in words. For what cannot be undone or touches somebody else; some parties are told it.": (
        "사유를 문장으로. 되돌릴 수 없거나 다른 사람에게 미치는 처리이며, 일부는 당사자에게 알립니다."
    ),
}
"""What is said of a field, by its English."""
for _words in rooms("api.words"):
    GROUPS |= _words.GROUPS
    OPERATIONS |= _words.OPERATIONS
    FIELDS |= _words.FIELDS

PLACES: dict[str, Text] = {
    "path": Text(ko="경로", en="path"),
    "query": Text(ko="질의", en="query"),
    "header": Text(ko="헤더", en="header"),
    "cookie": Text(ko="쿠키", en="cookie"),
    "body": Text(ko="본문", en="body"),
}


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    operations: list[tuple[Described, Described | None]]
    """In the reader's language, and in English where that is another one: programs are written with its names."""


def groups_in(language: str, described: Mapping[str, list[Described]]) -> list[Group]:
    english = language.lower().startswith("en")
    return [
        Group(
            name,
            GROUPS[name].in_language(language),
            [(one, None) if english else (in_korean(one), one) for one in operations],
        )
        for name, operations in described.items()
    ]


def in_korean(one: Described) -> Described:
    summary, about = OPERATIONS[one.id]
    return replace(
        one,
        summary=summary,
        about=about,
        fields=[_part(part) for part in one.fields],
        answers=_type(one.answers),
    )


def _part(part: Part) -> Part:
    return replace(
        part, where=PLACES[part.where].ko, type=_type(part.type), about=FIELDS[part.about] if part.about else ""
    )


def _type(said: str) -> str:
    """
    >>> _type("list of CaseRow or null")
    'CaseRow 목록 또는 null'
    >>> _type("200 list of CaseRow")
    '200 CaseRow 목록'
    """
    return " 또는 ".join(_list(one) for one in said.split(" or "))


def _list(said: str) -> str:
    before, found, of = said.partition("list of ")
    return f"{before}{_list(of)} 목록" if found else said
