"""The text of an open course: paragraphs in both languages, code, and questions whose answers the notebook computes.

    :::title            ko: … / en: …
    :::problem ID       of the lab
    :::minutes N
    :::text             paragraphs, Markdown
    :::code             one cell
    :::check NAME TOL   a question; NAME is what the code calls the answer

The answers stand in `answers.json`, as running the notebook prints them (`pandok academy notebook NAME --run`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pandok.core.text import Text

_BLOCK = re.compile(r"^:::(\w+)[ ]?(.*)$", re.MULTILINE)
_LANGUAGE = re.compile(r"^(ko|en|unit):[ ]?", re.MULTILINE)


@dataclass(frozen=True)
class Paragraph:
    words: Text


@dataclass(frozen=True)
class Code:
    source: str


@dataclass(frozen=True)
class Question:
    """`name`: of the variable that holds the answer. `tolerance`: how far an answer may lie from it, in `unit`."""

    name: str
    tolerance: float
    words: Text
    unit: str = ""

    def accepts(self, given: float, answer: float) -> bool:
        return abs(given - answer) <= self.tolerance


@dataclass(frozen=True)
class CourseText:
    """`problem`: id of the lab's pack. `minutes`: how long it takes, as the author thinks."""

    name: str
    title: Text
    problem: str
    minutes: int
    blocks: tuple[Paragraph | Code | Question, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(one for one in self.blocks if isinstance(one, Question))


def read_course(name: str, source: str) -> CourseText:
    """Raises ValueError for a text that is not in the form above."""
    title, problem, minutes = None, "", 0
    blocks: list[Paragraph | Code | Question] = []
    for kind, rest, body in _parts(source):
        match kind:
            case "title":
                title = _words(body)[0]
            case "problem":
                problem = rest
            case "minutes":
                minutes = int(rest)
            case "text":
                blocks.append(Paragraph(_words(body)[0]))
            case "code":
                blocks.append(Code(body.strip("\n")))
            case "check":
                variable, tolerance = rest.split()
                words, unit = _words(body)
                blocks.append(Question(variable, float(tolerance), words, unit))
            case _:
                raise ValueError(f"{name}: no block of this kind: {kind}")
    if title is None or not problem or not minutes:
        raise ValueError(f"{name}: title, problem and minutes stand at the top")
    return CourseText(name, title, problem, minutes, tuple(blocks))


def _parts(source: str) -> Iterator[tuple[str, str, str]]:
    found = list(_BLOCK.finditer(source))
    ends = [one.start() for one in found[1:]] + [len(source)]
    for one, end in zip(found, ends, strict=True):
        yield one[1], one[2].strip(), source[one.end() + 1 : end]


def _words(body: str) -> tuple[Text, str]:
    found = list(_LANGUAGE.finditer(body))
    ends = [one.start() for one in found[1:]] + [len(body)]
    said = {one[1]: body[one.end() : end].strip("\n") for one, end in zip(found, ends, strict=True)}
    if not {"ko", "en"} <= said.keys():
        raise ValueError(f"both languages are wanted: {body[:60]!r}")
    return Text(ko=said["ko"].strip(), en=said["en"].strip()), said.get("unit", "").strip()
