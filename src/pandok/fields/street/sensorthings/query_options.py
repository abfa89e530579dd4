"""$top, $skip, $count, $filter, $orderby, $select, $expand with their own in brackets, $resultFormat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote_plus

from pandok.core.whole_number import whole_number
from pandok.fields.street.refusals import refusal
from pandok.fields.street.sensorthings.filter_text import parse_filter, parse_order
from pandok.fields.street.sensorthings.kinds import IDS, NAVS, PROPERTIES, Kind
from pandok.fields.street.sensorthings.syntax import Node

USUAL_TOP, MOST_TOP = 100, 20_000
MOST_DEEP = 6


@dataclass(frozen=True)
class Options:
    top: int = USUAL_TOP
    skip: int = 0
    count: bool = False
    filter: Node | None = None
    order: tuple[tuple[Node, bool], ...] = ()
    select: tuple[str, ...] = ()
    expand: Mapping[str, Options] = field(default_factory=dict)
    as_array: bool = False


def options_of_address(kind: Kind, query: str) -> Options:
    """`query`: as it came, still quoted. Raises RequestError for what is not understood."""
    pairs = [one.partition("=") for one in query.split("&") if one]
    return _options(kind, [(unquote_plus(name), unquote_plus(value)) for name, _, value in pairs], 0)


def _options(kind: Kind, pairs: list[tuple[str, str]], deep: int) -> Options:
    found = Options()
    if len({name for name, _ in pairs}) < len(pairs) or deep > MOST_DEEP:
        raise refusal("bad_query", part="$expand" if deep > MOST_DEEP else "&")
    for name, value in pairs:
        match name:
            case "$top":
                found = replace(found, top=min(_number(name, value), MOST_TOP))
            case "$skip":
                found = replace(found, skip=_number(name, value))
            case "$count" if value in ("true", "false"):
                found = replace(found, count=value == "true")
            case "$filter":
                found = replace(found, filter=parse_filter(value))
            case "$orderby":
                found = replace(found, order=parse_order(value))
            case "$select":
                found = replace(found, select=_selected(kind, value))
            case "$expand":
                found = replace(found, expand=_expanded(kind, value, deep))
            case "$resultFormat" if value == "dataArray" and kind is Kind.OBSERVATION and not deep:
                found = replace(found, as_array=True)
            case _:
                raise refusal("bad_query", part=name[:40])
    return found


def _number(name: str, value: str) -> int:
    if (number := whole_number(value, most=999_999_999)) is None:
        raise refusal("bad_query", part=name)
    return number


def _selected(kind: Kind, value: str) -> tuple[str, ...]:
    names = tuple(one.strip() for one in value.split(","))
    known = {*PROPERTIES[kind], *NAVS[kind], *IDS}
    if wrong := [one for one in names if one.split("/")[0] not in known]:
        raise refusal("bad_query", part=wrong[0][:40])
    return tuple(one.split("/")[0] for one in names)


def _expanded(kind: Kind, value: str, deep: int) -> dict[str, Options]:
    found: dict[str, Options] = {}
    for one in _parts(value, ","):
        head, bracket, rest = one.strip().partition("(")
        if bracket and not rest.endswith(")"):
            raise refusal("bad_query", part=one[:40])
        first, _, further = head.partition("/")
        nav = NAVS[kind].get(first)
        if nav is None:
            raise refusal("bad_query", part=head[:40])
        inner = [part.strip().partition("=") for part in _parts(rest[:-1], ";")] if bracket else []
        pairs = [(name, text) for name, _, text in inner]
        if further:
            # Datastreams/Observations($top=1): the options are those of the last.
            pairs = [("$expand", f"{further}({rest}" if bracket else further)]
        made = _options(nav.to, pairs, deep + 1)
        if first in found:
            made = replace(made, expand={**found[first].expand, **made.expand})
        found[first] = made
    return found


def _parts(text: str, mark: str) -> Iterator[str]:
    """What stands between marks that are in no brackets and in no quotes."""
    start = deep = 0
    quoted = False
    for at, letter in enumerate(text):
        quoted ^= letter == "'"
        if quoted:
            continue
        deep += (letter == "(") - (letter == ")")
        if letter == mark and not deep:
            yield text[start:at]
            start = at + 1
    if text[start:]:
        yield text[start:]
