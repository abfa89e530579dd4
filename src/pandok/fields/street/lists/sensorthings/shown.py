"""Entities as SensorThings writes them: as text at once, since an answer may hold tens of thousands of them."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any

from pandok.fields.street.lists.sensorthings.found import Page, number_of
from pandok.fields.street.lists.sensorthings.properties import (
    OF_KIND,
    json_text,
    observation_text,
    observation_values,
)
from pandok.fields.street.sensorthings.kinds import IDS, NAVS, PROPERTIES, Kind
from pandok.fields.street.sensorthings.query_options import Options

_NUMBER = "\0"


def shown(page: Page, entity: Any, options: Options, root: str) -> dict[str, Any]:
    """One entity. `root`: the address of the service."""
    found: dict[str, Any] = json.loads(Writer(page.kind, options, root).text(page, entity))
    return found


class Writer:
    """Of entities of one kind that are asked for in one way: what is the same for all is prepared."""

    def __init__(self, kind: Kind, options: Options, root: str):
        chosen = options.select
        here = f"{encode_basestring(root)[1:-1]}/{kind.value}({_NUMBER})"
        names = [name for name in PROPERTIES[kind] if not chosen or name in chosen]
        of_kind = {} if kind is Kind.OBSERVATION else OF_KIND[kind]
        properties = [(name, of_kind[name]) for name in names if name in of_kind]
        links = [nav for nav in NAVS[kind] if nav not in options.expand and (not chosen or nav in chosen)]
        same = [] if chosen and not IDS & set(chosen) else [f'"@iot.id":{_NUMBER}', f'"@iot.selfLink":"{here}"']
        same += [f'"{name}":{one.text(None)}' for name, one in properties if not one.columns]
        same += [f'"{nav}@iot.navigationLink":"{here}/{nav}"' for nav in links]
        self._same = _around(same)
        self._properties = [(f'"{name}":', one.text) for name, one in properties if one.columns]
        self._of_observation = frozenset(names) if kind is Kind.OBSERVATION else frozenset()
        self._all_of_observation = len(self._of_observation) == len(PROPERTIES[kind])
        self._along = [
            (nav, asked, Writer(NAVS[kind][nav].to, asked, root), _around([f"{here}/{nav}"]), NAVS[kind][nav].one)
            for nav, asked in options.expand.items()
        ]

    def text(self, page: Page, entity: Any) -> str:
        number = number_of(page.kind, entity)
        parts = [str(number).join(self._same)] if self._same else []
        if self._of_observation:
            said = page.said.get(number)
            if self._all_of_observation and not said:
                parts.append(observation_text(entity))
            else:
                values = observation_values(entity, said).items()
                parts += [f'"{name}":{json_text(one)}' for name, one in values if name in self._of_observation]
        for head, text in self._properties:
            parts.append(head + text(entity))
        for nav, asked, writer, here, one in self._along:
            there = page.along[nav].get(number)
            whole = [writer.text(there, each) for each in there.entities] if there is not None else []
            if one:
                parts.append(f'"{nav}":{whole[0] if whole else "null"}')
                continue
            parts.append(f'"{nav}":[{",".join(whole)}]')
            if there is not None and there.count is not None:
                parts.append(f'"{nav}@iot.count":{there.count}')
            if there is not None and there.more:
                skip = asked.skip + len(whole)
                parts.append(f'"{nav}@iot.nextLink":"{str(number).join(here)}?$top={asked.top}&$skip={skip}"')
        return "{" + ",".join(parts) + "}"


def _around(parts: list[str]) -> list[str]:
    """What stands around the number of an entity; empty: nothing."""
    return ",".join(parts).split(_NUMBER) if parts else []
