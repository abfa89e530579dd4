"""What an address finds: entities of a collection, one entity, and what is asked for along with them. The number of
reads depends on what is asked for, never on how many entities there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.db.models import F

from pandok.fields.street.lists.sensorthings.among import Among
from pandok.fields.street.lists.sensorthings.conditions import (
    observation_condition,
    order_of_observations,
    record_condition,
)
from pandok.fields.street.lists.sensorthings.observations import Scope, newest, observations
from pandok.fields.street.lists.sensorthings.properties import columns_of
from pandok.fields.street.lists.sensorthings.record_expressions import expression
from pandok.fields.street.lists.sensorthings.rows import LINKS, rows
from pandok.fields.street.models import ObservationFacts
from pandok.fields.street.sensorthings.kinds import NAVS, Kind
from pandok.fields.street.sensorthings.query_options import Options
from pandok.fields.street.sensorthings.resource_path import Asked
from pandok.fields.street.sensorthings.syntax import Path

MOST_OF_ONE = 1000
"""That are shown of what hangs on one entity, where it is asked for along with it; the rest is a page further."""


@dataclass(slots=True)
class Page:
    """`entities`: rows with the columns that are asked for, or lines of the table of observations. `count` None: not
    asked. `said`: of observations, beside their readings."""

    kind: Kind
    entities: list[Any]
    more: bool = False
    count: int | None = None
    along: dict[str, dict[int, Page]] = field(default_factory=dict)
    """What hangs on them, by the name of the link and the number of the entity."""
    said: dict[int, dict[str, Any]] = field(default_factory=dict)


def number_of(kind: Kind, entity: Any) -> int:
    return int(entity["id"] if kind is Kind.OBSERVATION else entity.pk)


def find(asked: Asked, options: Options) -> Page | None:
    """None: something on the way is not there."""
    first, *rest = asked.steps
    scope = _Where(first.kind, None, first.id)
    for step in rest:
        found = _page(scope, Options(top=1))
        if not found.entities:
            return None
        scope = _Where(step.kind, (scope.kind, step.nav, number_of(scope.kind, found.entities[0])), step.id)
    page = _page(scope, options if not asked.is_entity else Options(top=1, expand=options.expand))
    return None if asked.is_entity and not page.entities else page


@dataclass(frozen=True)
class _Where:
    """`hangs_on`: on which entity, by which link."""

    kind: Kind
    hangs_on: tuple[Kind, str, int] | None
    id: int | None


def _page(where: _Where, options: Options) -> Page:
    made = _page_of_observations(where, options) if where.kind is Kind.OBSERVATION else _page_of_records(where, options)
    _add_along(made, options.expand)
    return made


def _page_of_records(where: _Where, options: Options) -> Page:
    found = rows(where.kind)
    if where.id is not None:
        found = found.filter(pk=where.id)
    if where.hangs_on is not None:
        kind, nav, number = where.hangs_on
        if kind is Kind.OBSERVATION:
            line = observations(Scope(ids=(number,))).collect().to_dicts()
            column = "datastream" if nav == "Datastream" else "feature"
            found = found.filter(pk__in=[one[column] for one in line])
        else:
            found = found.filter(**{LINKS[kind, nav]: number}).distinct()
    found = _asked_for(where.kind, found, options)
    columns = columns_of(where.kind, options.select)
    entities = list(found.values_list(*columns, named=True)[options.skip : options.skip + options.top + 1])
    count = found.count() if options.count else None
    return Page(where.kind, entities[: options.top], len(entities) > options.top, count)


def _asked_for(kind: Kind, found: Any, options: Options) -> Any:
    if options.filter is not None:
        found = found.filter(record_condition(kind, options.filter))
    orders = [
        expression(kind, node).desc(nulls_last=True) if down else expression(kind, node).asc(nulls_first=True)
        for node, down in options.order
    ]
    return found.order_by(*orders, "pk")


def _page_of_observations(where: _Where, options: Options) -> Page:
    scope = Scope(ids=None if where.id is None else (where.id,))
    if where.hangs_on is not None:
        kind, _, number = where.hangs_on
        scope = Scope(**{"datastreams" if kind is Kind.DATASTREAM else "features": (number,)}, ids=scope.ids)
    found = _sorted(observations(scope), options)
    count = found.select(pl.len()).collect().item() if options.count else None
    entities = found.slice(options.skip, options.top + 1).collect().to_dicts()
    return _with_said(Page(Kind.OBSERVATION, entities[: options.top], len(entities) > options.top, count))


def _sorted(found: pl.LazyFrame, options: Options) -> pl.LazyFrame:
    if options.filter is not None:
        found = found.filter(observation_condition(options.filter))
    orders = [*(order_of_observations(node) for node, _ in options.order), pl.col("id")]
    downs = [*(down for _, down in options.order), False]
    return found.sort(orders, descending=downs, nulls_last=downs, maintain_order=True)


def _with_said(page: Page) -> Page:
    numbers = [one["id"] for one in page.entities]
    page.said = dict(ObservationFacts.objects.filter(Among("pk", numbers)).values_list("pk", "said"))
    return page


def _add_along(page: Page, expand: Mapping[str, Options]) -> None:
    for nav, options in expand.items():
        page.along[nav] = _hanging(page.kind, nav, page.entities, options)


def _hanging(kind: Kind, nav: str, entities: Sequence[Any], options: Options) -> dict[int, Page]:
    to = NAVS[kind][nav].to
    numbers = [number_of(kind, one) for one in entities]
    if kind is Kind.OBSERVATION:
        column = "datastream" if nav == "Datastream" else "feature"
        pairs = [(one["id"], one[column]) for one in entities]
        found = _asked_for(to, rows(to).filter(Among("pk", {pk for _, pk in pairs if pk is not None})), options)
        by_pk = {one.pk: one for one in found.values_list(*columns_of(to, options.select), named=True)}
        linked = [(number, by_pk[pk]) for number, pk in pairs if pk in by_pk]
    elif to is Kind.OBSERVATION:
        linked = _observed_of(kind, numbers, options)
    else:
        there = rows(to).annotate(of=F(LINKS[kind, nav])).filter(Among("of", numbers))
        columns = (*columns_of(to, options.select), "of")
        linked = [(one.of, one) for one in _asked_for(to, there, options).values_list(*columns, named=True)]
    by_source: dict[int, list[Any]] = defaultdict(list)
    # The table of newest values does not say what was before: a further page may be empty.
    behind = to is Kind.OBSERVATION and _is_newest(kind, options)
    for source, one in linked:
        by_source[source].append(one)
    top = min(options.top, MOST_OF_ONE)
    shown: list[Any] = []
    pages = {}
    for number in numbers:
        whole = by_source.get(number, [])
        part = whole[options.skip : options.skip + top]
        shown += part
        pages[number] = Page(
            to, part, len(whole) > options.skip + top or (behind and bool(part)), len(whole) if options.count else None
        )
    together = Page(to, list({number_of(to, one): one for one in shown}.values()))
    if to is Kind.OBSERVATION:
        _with_said(together)
    _add_along(together, options.expand)
    for page in pages.values():
        page.along, page.said = together.along, together.said
    return pages


def _observed_of(kind: Kind, numbers: Sequence[int], options: Options) -> list[tuple[int, Any]]:
    if _is_newest(kind, options):
        found = newest(numbers)
        if found is not None:
            return list(found.items())[: len(numbers) * options.top]
    column = "datastream" if kind is Kind.DATASTREAM else "feature"
    scope = Scope(**{f"{column}s": tuple(numbers)})
    whole = _sorted(observations(scope), options)
    if not options.count:
        place = pl.int_range(pl.len()).over(column)
        whole = whole.filter(place < options.skip + min(options.top, MOST_OF_ONE) + 1)
    return [(one[column], one) for one in whole.collect().to_dicts()]


def _is_newest(kind: Kind, options: Options) -> bool:
    """The newest alone, of each stream."""
    order = options.order == ((Path(("phenomenonTime",)), True),)
    alone = options.top <= 1 and not (options.skip or options.filter or options.count or options.expand)
    return kind is Kind.DATASTREAM and order and alone
