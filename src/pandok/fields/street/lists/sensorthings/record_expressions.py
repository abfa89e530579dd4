"""Comparisons and functions of a filter as expressions of the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import CharField, DateTimeField, Expression, F, FloatField, IntegerField, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import (
    Cast,
    Ceil,
    Concat,
    ExtractDay,
    ExtractHour,
    ExtractMinute,
    ExtractMonth,
    ExtractSecond,
    ExtractYear,
    Floor,
    Length,
    Lower,
    Mod,
    Round,
    StrIndex,
    Substr,
    Trim,
    Upper,
)
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, IsNull, LessThan, LessThanOrEqual
from django.utils import timezone

from pandok.fields.street.lists.sensorthings.rows import RECORDS
from pandok.fields.street.refusals import refusal
from pandok.fields.street.sensorthings.kinds import IDS, Kind
from pandok.fields.street.sensorthings.syntax import COMPARED, TRUTHS, Call, Literal, Node, Path

_TEXT, _NUMBER = CharField(), FloatField()
_COMPARE: dict[str, Any] = {
    "eq": Exact,
    "gt": GreaterThan,
    "ge": GreaterThanOrEqual,
    "lt": LessThan,
    "le": LessThanOrEqual,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "length": Length,
    "tolower": Lower,
    "toupper": Upper,
    "trim": Trim,
    "concat": lambda a, b: Concat(a, b, output_field=_TEXT),
    "indexof": lambda a, b: StrIndex(a, b) - Value(1),
    "substring": lambda a, b: Substr(a, b + Value(1)),
    "year": ExtractYear,
    "month": ExtractMonth,
    "day": ExtractDay,
    "hour": ExtractHour,
    "minute": ExtractMinute,
    "second": ExtractSecond,
    "round": Round,
    "floor": Floor,
    "ceiling": Ceil,
    "add": lambda a, b: Cast(a, _NUMBER) + Cast(b, _NUMBER),
    "sub": lambda a, b: Cast(a, _NUMBER) - Cast(b, _NUMBER),
    "mul": lambda a, b: Cast(a, _NUMBER) * Cast(b, _NUMBER),
    "div": lambda a, b: Cast(a, _NUMBER) / Cast(b, _NUMBER),
    "mod": lambda a, b: Mod(Cast(a, _NUMBER), Cast(b, _NUMBER)),
    "now": lambda: Value(timezone.now(), output_field=DateTimeField()),
}
_OF_TEXT = {"length", "tolower", "toupper", "trim", "concat", "indexof", "substring"}
_OF_TIME = {"year", "month", "day", "hour", "minute", "second"}


def record_leaf(kind: Kind, node: Node) -> Q:
    """A comparison or a condition that is a function. Raises RequestError for what cannot be asked of this kind."""
    if isinstance(node, Call) and node.name in COMPARED:
        return _compared(kind, node)
    if isinstance(node, Call) and node.name in TRUTHS:
        within, part = node.args if node.name != "substringof" else node.args[::-1]
        if {_type(kind, within), _type(kind, part)} != {"text"}:
            raise refusal("bad_query", part=node.name)
        place = StrIndex(expression(kind, within), expression(kind, part))
        if node.name == "substringof":
            return Q(GreaterThan(place, Value(0)))
        if node.name == "startswith":
            return Q(Exact(place, Value(1)))
        length = Length(expression(kind, part))
        return Q(
            Exact(
                Substr(expression(kind, within), Length(expression(kind, within)) - length + 1), expression(kind, part)
            )
        )
    raise refusal("bad_query", part=_word(node))


def _compared(kind: Kind, node: Call) -> Q:
    left, right = node.args
    if Literal(None) in (left, right):
        other = right if left == Literal(None) else left
        if node.name not in ("eq", "ne"):
            raise refusal("bad_query", part="null")
        return Q(IsNull(expression(kind, other), node.name == "eq"))
    types = _type(kind, left), _type(kind, right)
    if "any" in types:
        # A key within JSON is what it is compared with.
        wanted = types[types[0] == "any"]
        made = [
            _as(one, wanted) if of == "any" else one
            for one, of in zip((expression(kind, left), expression(kind, right)), types, strict=True)
        ]
    elif types[0] != types[1]:
        raise refusal("bad_query", part=_word(left) + " " + node.name)
    else:
        made = [expression(kind, left), expression(kind, right)]
    if node.name == "ne":
        return ~Q(Exact(*made))
    return Q(_COMPARE[node.name](*made))


def _as(one: Expression, wanted: str) -> Expression:
    return Cast(one, _NUMBER) if wanted == "number" else one


def expression(kind: Kind, node: Node) -> Any:
    match node:
        case Literal(value=value):
            field: Any = _TEXT
            if isinstance(value, datetime):
                field = DateTimeField()
            elif isinstance(value, (int, float)):
                field = IntegerField() if isinstance(value, int) else _NUMBER
            return Value(value, output_field=field)
        case Path():
            return _column(kind, node)
        case Call() if node.name in _FUNCTIONS:
            _check_arguments(kind, node)
            return _FUNCTIONS[node.name](*(expression(kind, one) for one in node.args))
    raise refusal("bad_query", part=_word(node))


def _check_arguments(kind: Kind, node: Call) -> None:
    types = [_type(kind, one) for one in node.args]
    wanted = "text" if node.name in _OF_TEXT else "time" if node.name in _OF_TIME else "number"
    if node.name == "substring":
        types = types[:1] if types[1] == "number" else ["wrong"]
    if any(one not in (wanted, "any") for one in types):
        raise refusal("bad_query", part=node.name)


def _column(kind: Kind, node: Path) -> Any:
    records, first = RECORDS[kind], node.parts[0] if node.parts else ""
    if len(node.parts) == 1 and first in IDS:
        return F("pk")
    if (column := records.columns.get("/".join(node.parts))) is not None:
        return F(column)
    keys = node.parts[1:]
    if first in records.json and keys and all("__" not in one and one.isidentifier() for one in keys):
        return KT("__".join((records.json[first], *keys)))
    raise refusal("bad_query", part=_word(node))


def _type(kind: Kind, node: Node) -> str:
    match node:
        case Literal(value=value):
            return "time" if isinstance(value, datetime) else "text" if isinstance(value, str) else "number"
        case Path(parts=parts):
            if parts and parts[0] in RECORDS[kind].json and len(parts) > 1:
                return "any"
            return "number" if parts and parts[0] in IDS else "time" if parts == ("time",) else "text"
        case Call():
            return (
                "time" if node.name == "now" else "text" if node.name in _OF_TEXT - {"length", "indexof"} else "number"
            )


def _word(node: Node) -> str:
    said: Any = node.name if isinstance(node, Call) else "/".join(node.parts) if isinstance(node, Path) else node.value
    return str(said)[:40]
