"""What an address asks for: a collection, an entity of it, what hangs on it, or one of its properties."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pandok.fields.street.sensorthings.kinds import IDS, NAVS, PROPERTIES, Kind

_PART = re.compile(r"(?P<name>@?[A-Za-z][\w.]*)(?:\((?P<id>\d{1,18})\))?")
MOST_PARTS = 12


@dataclass(frozen=True)
class Step:
    """`nav` empty: the first. `id` None: all of them, or the one that is there."""

    kind: Kind
    nav: str = ""
    id: int | None = None
    one: bool = False


@dataclass(frozen=True)
class Asked:
    """`inner`: a property and the keys within it; `raw`: its value alone; `references`: addresses alone."""

    steps: tuple[Step, ...]
    inner: tuple[str, ...] = ()
    raw: bool = False
    references: bool = False

    @property
    def kind(self) -> Kind:
        return self.steps[-1].kind

    @property
    def is_entity(self) -> bool:
        return self.steps[-1].id is not None or self.steps[-1].one


def asked_by(path: str) -> Asked | None:
    """None: no such address.

    >>> asked_by("Things(1)/Datastreams/Thing"), asked_by("Datastreams(3)/unitOfMeasurement/name").inner
    (None, ('unitOfMeasurement', 'name'))
    """
    parts = path.strip("/").split("/")
    if len(parts) > MOST_PARTS:
        return None
    raw, references = parts[-1] == "$value", parts[-1] == "$ref"
    steps: list[Step] = []
    inner: list[str] = []
    for part in parts[:-1] if raw or references else parts:
        match = _PART.fullmatch(part)
        if match is None:
            return None
        name, number = match["name"], match["id"]
        step = None if inner else _step(steps, name, number)
        if step is not None:
            steps.append(step)
        elif steps and number is None and (inner or _has(steps[-1], name)):
            inner.append(name)
        else:
            return None
    if not steps or (raw and not inner) or (references and (inner or steps[-1].one or steps[-1].id is not None)):
        return None
    return Asked(tuple(steps), tuple(inner), raw, references)


def _step(steps: list[Step], name: str, number: str | None) -> Step | None:
    given = int(number) if number is not None else None
    if not steps:
        return Step(Kind(name), "", given) if name in set(Kind) else None
    last = steps[-1]
    nav = NAVS[last.kind].get(name)
    if nav is None or (last.id is None and not last.one) or (nav.one and given is not None):
        return None
    return Step(nav.to, name, given, nav.one)


def _has(last: Step, name: str) -> bool:
    return (last.id is not None or last.one) and name in {*PROPERTIES[last.kind], *IDS, "@iot.selfLink"}
