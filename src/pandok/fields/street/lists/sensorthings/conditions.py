"""A filter becomes a condition on records, or on the table of observations; what crosses from one to the other becomes
a set of numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import polars as pl
from django.db.models import Q
from django.utils import timezone

from pandok.fields.street.lists.sensorthings.observations import Scope, observations
from pandok.fields.street.lists.sensorthings.record_expressions import record_leaf
from pandok.fields.street.lists.sensorthings.rows import LINKS, rows
from pandok.fields.street.refusals import refusal
from pandok.fields.street.sensorthings.kinds import NAVS, Kind
from pandok.fields.street.sensorthings.syntax import Call, Literal, Node, Path, paths, without_first

MOST_LINKED = 100_000


def record_condition(kind: Kind, node: Node) -> Q:
    """Raises RequestError for what cannot be asked of this kind."""
    match node:
        case Call(name="and"):
            return record_condition(kind, node.args[0]) & record_condition(kind, node.args[1])
        case Call(name="or"):
            return record_condition(kind, node.args[0]) | record_condition(kind, node.args[1])
        case Call(name="not"):
            return ~record_condition(kind, node.args[0])
        case Literal():
            return Q() if node.value else Q(pk__in=[])
    if nav := _nav_of(kind, node):
        return _linked_records(kind, nav, without_first(node))
    return record_leaf(kind, node)


def observation_condition(node: Node) -> pl.Expr:
    match node:
        case Call(name="and"):
            return observation_condition(node.args[0]) & observation_condition(node.args[1])
        case Call(name="or"):
            return observation_condition(node.args[0]) | observation_condition(node.args[1])
        case Call(name="not"):
            return ~observation_condition(node.args[0])
        case Literal():
            return pl.lit(bool(node.value))
    nav = _nav_of(Kind.OBSERVATION, node)
    if nav:
        to = NAVS[Kind.OBSERVATION][nav].to
        linked = rows(to).filter(record_condition(to, without_first(node))).values_list("pk", flat=True)
        column = "datastream" if nav == "Datastream" else "feature"
        return pl.col(column).is_in(_not_too_many(list(linked.distinct()[: MOST_LINKED + 1])))
    return _observed(node)


def _linked_records(kind: Kind, nav: str, node: Node) -> Q:
    to = NAVS[kind][nav].to
    if to is not Kind.OBSERVATION:
        return Q(pk__in=rows(to).filter(record_condition(to, node)).values(LINKS[kind, nav]))
    column = "datastream" if kind is Kind.DATASTREAM else "feature"
    found = observations(Scope()).filter(observation_condition(node)).select(pl.col(column).unique()).collect()
    return Q(pk__in=_not_too_many(found[column].drop_nulls().to_list()))


def _nav_of(kind: Kind, node: Node) -> str:
    """Through which link all paths of a comparison lead; empty: none does."""
    firsts = {one.parts[0] if one.parts[0] in NAVS[kind] else "" for one in paths(node) if one.parts}
    if len(firsts) > 1:
        raise refusal("bad_query", part="/".join(sorted(firsts))[:40])
    return next(iter(firsts), "")


def _not_too_many(found: list[int]) -> list[int]:
    if len(found) > MOST_LINKED:
        raise refusal("bad_query", part=f"> {MOST_LINKED}")
    return found


_COMPARE: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "mod": lambda a, b: a % b,
}
_UNARY: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "round": lambda a: a.round(0, mode="half_away_from_zero"),
    "floor": lambda a: a.floor(),
    "ceiling": lambda a: a.ceil(),
}
_PART_OF_TIME = {"year", "month", "day", "hour", "minute", "second"}
_COLUMNS = {"id": "id", "@iot.id": "id", "phenomenonTime": "at_ms", "resultTime": "result_ms", "result": "value"}


def order_of_observations(node: Node) -> pl.Expr:
    return _observed(node)


def _observed(node: Node) -> pl.Expr:
    match node:
        case Literal():
            value = node.value
            return pl.lit(round(value.timestamp() * 1000) if isinstance(value, datetime) else value)
        case Path() if len(node.parts) == 1 and node.parts[0] in _COLUMNS:
            return pl.col(_COLUMNS[node.parts[0]])
        case Call(name="now"):
            return pl.lit(round(timezone.now().timestamp() * 1000))
        case Call() if node.name in _PART_OF_TIME and _is_time(node.args[0]):
            at = pl.from_epoch(_observed(node.args[0]), "ms")
            part: pl.Expr = getattr(at.dt, node.name)()
            return part
        case Call() if node.name in _UNARY and not _is_time(node.args[0]):
            return _UNARY[node.name](_observed(node.args[0]))
        case Call(name="eq" | "ne") if Literal(None) in node.args:
            other = _observed(node.args[node.args[0] == Literal(None)])
            return other.is_null() if node.name == "eq" else other.is_not_null()
        case Call() if node.name in _COMPARE and _is_time(node.args[0]) == _is_time(node.args[1]):
            return _COMPARE[node.name](_observed(node.args[0]), _observed(node.args[1]))
    raise refusal("bad_query", part=_word(node))


def _is_time(node: Node) -> bool:
    match node:
        case Literal():
            return isinstance(node.value, datetime)
        case Path():
            return node.parts[-1].endswith("Time")
    return isinstance(node, Call) and node.name == "now"


def _word(node: Node) -> str:
    said: Any = node.name if isinstance(node, Call) else "/".join(node.parts) if isinstance(node, Path) else node.value
    return str(said)[:40]
