"""What every field declares of itself, gathered: each has a module `declares` with one value of `Declares`.

The frame (web, command line, worker) asks here and knows no field. Places are dotted names that are read when they are
needed, so that asking stays cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dc_field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from pandok.common.roles import Action
from pandok.core.state_table import StateTable
from pandok.core.text import Text
from pandok.fields import INSTALLED

PLACES = ("pandok.common", *INSTALLED)


@dataclass(frozen=True)
class Link:
    """A main link. `name` is the URL name, `place` its rank in the menu; `also` are URL names of pages that belong
    under it, `below` says that everything below its address does."""

    place: int
    name: str
    words: Text
    action: Action
    also: tuple[str, ...] = ()
    below: bool = False


@dataclass(frozen=True)
class Waiting:
    """What waits for a person under a link, and how much of what they see there is near or over its term."""

    mine: int = 0
    late: int = 0


@dataclass(frozen=True)
class Declares:
    """`jobs`: modules with handlers and returning work. `states`: what moves along a table. `waiting`: a function of
    account and moment that says what waits for a person, `Waiting` by the name of a link. `largest_request`: a function
    of the settings, in bytes. `at_start`: functions called once before a server takes requests. `first_page`: the view
    that answers the first address to who is signed in. `webhook_events`: what endpoints can ask to be told of.

    `audit_words`, `audit_values`, `audit_states`: functions that give words for actions of the audit trail, for values
    of its details by the name of the detail, and for states by the beginning of the action; `audit_title`: one that
    says an entry more exactly than its action does, or None."""

    jobs: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    states: tuple[StateTable[Any, Any], ...] = ()
    waiting: str = ""
    largest_request: str = ""
    at_start: tuple[str, ...] = ()
    first_page: str = ""
    webhook_events: Mapping[str, Text] = dc_field(default_factory=dict)
    audit_words: str = ""
    audit_values: str = ""
    audit_states: str = ""
    audit_title: str = ""


@cache
def declared() -> tuple[Declares, ...]:
    """Lowest first: the common floor, then the fields of this site."""
    return tuple(import_module(f"{place}.declares").DECLARES for place in PLACES)


def rooms(name: str, places: tuple[str, ...] = PLACES) -> Iterator[ModuleType]:
    """The module `name` ("web.urls", "api", "cli") of every place that has one; a field without pages has no web.

    >>> [one.__name__ for one in rooms("web.urls", ("pandok.common", "pandok.core"))]
    ['pandok.common.web.urls']
    """
    for place in places:
        at = place
        for step in name.split("."):
            at = f"{at}.{step}"
            if find_spec(at) is None:
                break
        else:
            yield import_module(at)


def named(dotted: str) -> Callable[..., Any]:
    """The function of a dotted name."""
    module, _, name = dotted.rpartition(".")
    return getattr(import_module(module), name)  # type: ignore[no-any-return]
