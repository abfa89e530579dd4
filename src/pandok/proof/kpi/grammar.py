"""The language of a KPI's formula: what may be written, and how it is read.

    share(outcome == "confirmed", of: outcome is known)
    1 - count(missed) / count()
    quantile(minutes_to_confirmed, 0.95)
    sum(false_alarms) / sum(device_days)

A formula is arithmetic (+ - * /) of numbers and of figures over the rows of one source. Figures: `count()`,
`count(C)`, `share(C)`, `share(C, of: D)`, `distinct(x)`, `sum(x)`, `mean(x)`, `median(x)`, `quantile(x, q)`, each of
those of a column also with `of: D` for the rows that count. A condition C compares a column with a constant
(== != < <= > >=, `in ("a", "b")`, `is missing`, `is known`), or is a column of truth, joined by `and`, `or`, `not`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.proof.kpi.formula import (
    Among,
    Arithmetic,
    Comparison,
    Condition,
    Figure,
    Formula,
    Joined,
    Missing,
    Not,
    Number,
    Operation,
    Over,
    Relation,
    Truth,
)

LONGEST = 500
DEEPEST = 12
MOST_PARTS = 80


_TOKEN = re.compile(
    r"""(?:
        (?P<number>\d+(?:\.\d+)?)(?![\w.])
      | (?P<text>"[^"\\\n]*")
      | (?P<name>[^\W\d]\w*)
      | (?P<sign>==|!=|<=|>=|[-+*/()<>,:])
    )""",
    re.VERBOSE,
)
_WORDS = frozenset({"and", "or", "not", "in", "is", "missing", "known", "of"})
_OF_ROWS = frozenset({Over.COUNT, Over.SHARE})


def parsed(text: str) -> Formula:
    """The tree of a formula. Raises RequestError (`kpi.formula`): where reading ended, and what was expected."""
    if len(text) > LONGEST:
        raise _refused(text, LONGEST, Text(ko=f"{LONGEST}자까지", en=f"at most {LONGEST} characters"))
    return _Reader(text).whole()


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


class _Reader:
    """Recursive descent; depth and number of parts are bounded."""

    def __init__(self, text: str):
        self.text = text
        self.tokens: list[_Token] = []
        at = 0
        while at < len(text.rstrip()):
            at += len(text[at:]) - len(text[at:].lstrip())
            found = _TOKEN.match(text, at)
            if found is None or not found.lastgroup:
                raise _refused(
                    text, at, Text(ko="수, 열 이름, 함수, 기호", en="a number, a column, a figure or a sign")
                )
            kind = found.lastgroup
            self.tokens.append(_Token(kind, found[kind], found.start(kind)))
            at = found.end()
        self.tokens.append(_Token("end", "", len(text)))
        self.place = 0
        self.depth = 0
        self.parts = 0

    def whole(self) -> Formula:
        found = self.sum()
        if self.now.kind != "end":
            raise self.expected(Text(ko="계산 기호나 식의 끝", en="a sign of arithmetic, or the end"))
        return found

    @property
    def now(self) -> _Token:
        return self.tokens[self.place]

    def take(self, *texts: str) -> str | None:
        """The next token if it is one of these."""
        if self.now.kind in ("sign", "name") and self.now.text in texts:
            self.place += 1
            return self.tokens[self.place - 1].text
        return None

    def need(self, text: str) -> None:
        if self.take(text) is None:
            raise self.expected(Text(ko=f"'{text}'", en=f"'{text}'"))

    def expected(self, words: Text) -> RequestError:
        return _refused(self.text, self.now.at, words)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.expected(Text(ko=f"괄호는 {DEEPEST}겹까지", en=f"at most {DEEPEST} nested parts"))

    def one_more(self) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise self.expected(Text(ko=f"항은 {MOST_PARTS}개까지", en=f"at most {MOST_PARTS} parts"))

    def sum(self) -> Formula:
        self.deeper()
        left = self.product()
        while sign := self.take("+", "-"):
            left = Arithmetic(Operation(sign), left, self.product())
        self.depth -= 1
        return left

    def product(self) -> Formula:
        left = self.factor()
        while sign := self.take("*", "/"):
            left = Arithmetic(Operation(sign), left, self.factor())
        return left

    def factor(self) -> Formula:
        self.one_more()
        if self.take("("):
            inner = self.sum()
            self.need(")")
            return inner
        if self.take("-"):
            self.deeper()
            inner = self.factor()
            self.depth -= 1
            return Arithmetic(Operation.SUBTRACT, Number(0.0), inner)
        if self.now.kind == "number":
            self.place += 1
            return Number(float(self.tokens[self.place - 1].text))
        if self.now.kind == "name" and self.now.text in set(Over):
            return self.figure(Over(self.now.text))
        raise self.expected(Text(ko="수나 함수(" + ", ".join(Over) + ")", en="a number or one of " + ", ".join(Over)))

    def figure(self, over: Over) -> Figure:
        self.place += 1
        self.need("(")
        column, condition, of, quantile = None, None, None, None
        if over in _OF_ROWS:
            if over is Over.SHARE or self.now.text not in (")", "of"):
                condition = self.either()
        else:
            column = self.column()
            if over is Over.QUANTILE:
                self.need(",")
                quantile = self.probability()
        if over is Over.COUNT and condition is None:
            if self.take("of"):
                self.need(":")
                of = self.either()
        elif self.take(","):
            self.need("of")
            self.need(":")
            of = self.either()
        self.need(")")
        return Figure(over, column, condition, of, quantile)

    def probability(self) -> float:
        if self.now.kind == "number" and 0 < float(self.now.text) < 1:
            self.place += 1
            return float(self.tokens[self.place - 1].text)
        raise self.expected(Text(ko="0과 1 사이의 수", en="a number between 0 and 1"))

    def column(self) -> str:
        token = self.now
        if token.kind == "name" and token.text not in _WORDS and token.text not in set(Over):
            self.place += 1
            return token.text
        raise self.expected(Text(ko="열 이름", en="the name of a column"))

    def either(self) -> Condition:
        self.deeper()
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Joined(False, tuple(parts))

    def both(self) -> Condition:
        parts = [self.single()]
        while self.take("and"):
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else Joined(True, tuple(parts))

    def single(self) -> Condition:
        self.one_more()
        if self.take("not"):
            self.deeper()
            inner = self.single()
            self.depth -= 1
            return Not(inner)
        if self.take("("):
            found = self.either()
            self.need(")")
            return found
        column = self.column()
        if relation := self.take(*Relation):
            return Comparison(column, Relation(relation), self.constant())
        if self.take("in"):
            self.need("(")
            values = [self.constant()]
            while self.take(","):
                values.append(self.constant())
            self.need(")")
            return Among(column, tuple(values))
        if self.take("is"):
            if self.take("missing"):
                return Missing(column)
            self.need("known")
            return Not(Missing(column))
        return Truth(column)

    def constant(self) -> float | str:
        below = bool(self.take("-"))
        token = self.now
        if token.kind == "number":
            self.place += 1
            return -float(token.text) if below else float(token.text)
        if token.kind == "text" and not below:
            self.place += 1
            return token.text[1:-1]
        raise self.expected(Text(ko='수나 "글자"', en='a number or "text"'))


def _refused(text: str, at: int, expected: Text) -> RequestError:
    return RequestError(
        Text(
            ko=f"산식을 {at + 1}번째 글자에서 읽을 수 없습니다. 그 자리에 올 것: {expected.ko}.",
            en=f"The formula cannot be read from character {at + 1} on. Expected there: {expected.en}.",
        ),
        Text(ko="산식을 고쳐 다시 내십시오.", en="Correct the formula and send it again."),
        code="kpi.formula",
        at=at + 1,
        formula=text[:LONGEST],
    )
