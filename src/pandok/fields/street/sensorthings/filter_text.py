"""From the text of $filter and $orderby to a tree."""

from __future__ import annotations

import re
from datetime import datetime

from pandok.fields.street.refusals import refusal
from pandok.fields.street.sensorthings.syntax import COMPARED, FUNCTIONS, TRUTHS, Call, Literal, Node, Path

MOST_LETTERS, MOST_DEEP = 2000, 24
_TOKEN = re.compile(
    r"\s*(?:(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d))"
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>'(?:[^']|'')*')"
    r"|(?P<name>[@A-Za-z_][\w@.]*(?:/[@A-Za-z_][\w@.]*)*)|(?P<mark>[(),]))"
)
_BINDS = {"or": 1, "and": 2} | dict.fromkeys(COMPARED, 3) | {"add": 4, "sub": 4, "mul": 5, "div": 5, "mod": 5}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def parse_filter(text: str) -> Node:
    """Raises RequestError for what is no condition."""
    parser = _Parser(text)
    node = parser.expression(0, 0)
    parser.end()
    if not is_condition(node):
        raise refusal("bad_query", part="$filter")
    return node


def parse_order(text: str) -> tuple[tuple[Node, bool], ...]:
    """Each with whether it goes down."""
    parser, found = _Parser(text), []
    while True:
        node = parser.expression(0, 0)
        down = parser.take("desc")
        if not down:
            parser.take("asc")
        found.append((node, down))
        if not parser.take(","):
            parser.end()
            return tuple(found)


def is_condition(node: Node) -> bool:
    match node:
        case Call(name="and" | "or" | "not"):
            return all(is_condition(one) for one in node.args)
        case Call():
            return node.name in COMPARED | TRUTHS and not any(is_condition(one) for one in node.args)
        case Literal():
            return isinstance(node.value, bool)
        case _:
            return False


class _Parser:
    def __init__(self, text: str):
        self._tokens: list[tuple[str, str]] = []
        self._next = 0
        at = 0
        if len(text) > MOST_LETTERS:
            raise refusal("bad_query", part="$filter")
        text = text.strip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise refusal("bad_query", part=text[at : at + 40])
            self._tokens.append((str(match.lastgroup), match.group(str(match.lastgroup))))
            at = match.end()

    def end(self) -> None:
        if self._next < len(self._tokens):
            raise refusal("bad_query", part=self._tokens[self._next][1][:40])

    def take(self, word: str) -> bool:
        found = self._peek()[1].lower() == word and self._peek()[0] in ("name", "mark")
        self._next += found
        return found

    def expression(self, least: int, deep: int) -> Node:
        if deep > MOST_DEEP:
            raise refusal("bad_query", part="(")
        left = self._operand(deep)
        while (binds := _BINDS.get(self._word(), 0)) > least:
            name = self._word()
            self._next += 1
            left = Call(name, (left, self.expression(binds, deep + 1)))
        return left

    def _operand(self, deep: int) -> Node:
        kind, text = self._peek()
        self._next += 1
        match kind:
            case "time":
                return Literal(moment(text))
            case "number":
                return Literal(int(text) if re.fullmatch(r"-?\d{1,18}", text) else float(text))
            case "text":
                return Literal(text[1:-1].replace("''", "'"))
            case "mark" if text == "(":
                return self._closed(self.expression(0, deep + 1))
            case "name" if text == "not":
                return Call("not", (self.expression(2, deep + 1),))
            case "name" if self.take("("):
                return self._call(text, deep)
            case "name" if text in _WORDS:
                return Literal(_WORDS[text])
            case "name" if text not in _BINDS:
                return Path(tuple(text.split("/")))
        raise refusal("bad_query", part=text[:40] or "$filter")

    def _call(self, name: str, deep: int) -> Node:
        args: list[Node] = []
        if not self.take(")"):
            args.append(self.expression(0, deep + 1))
            while self.take(","):
                args.append(self.expression(0, deep + 1))
            self._closed(args[-1])
        if FUNCTIONS.get(name) != len(args):
            raise refusal("bad_query", part=name[:40])
        return Call(name, tuple(args))

    def _closed(self, node: Node) -> Node:
        if not self.take(")"):
            raise refusal("bad_query", part=")")
        return node

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._next] if self._next < len(self._tokens) else ("", "")

    def _word(self) -> str:
        kind, text = self._peek()
        return text if kind == "name" else ""


def moment(text: str) -> datetime:
    """Raises RequestError for a day that does not exist."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise refusal("bad_query", part=text[:40]) from None
    if found.tzinfo is None:
        raise refusal("bad_query", part=text[:40])
    return found
