"""What every field declares of itself, gathered: each has a module `declares` with one value of `Declares`.

The frame (web, command line, worker) asks here and knows no field. Places are dotted names that are read when they are
needed, so that asking stays cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dc_field
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from pandok.common.party_kind import PartyKind
from pandok.common.roles import Action, AnyAction, AnyRole
from pandok.core.state_table import StateTable
from pandok.core.term import Term
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
    action: AnyAction
    also: tuple[str, ...] = ()
    below: bool = False


@dataclass(frozen=True)
class Introduction:
    """What the first address says of a field to visitors who are not signed in."""

    name: Text
    what: Text


@dataclass(frozen=True)
class PublicCount:
    """How much stands on a public page, and since when; None: nothing yet."""

    number: int
    since: datetime | None


@dataclass(frozen=True)
class PublicPage:
    """A page for everybody. `name` is the URL name, `place` its rank; `counted`: a function that gives a
    `PublicCount`, or "" for a page that counts nothing."""

    place: int
    name: str
    words: Text
    counted: str = ""


@dataclass(frozen=True)
class Waiting:
    """What waits for a person under a link, and how much of what they see there is near or over its term."""

    mine: int = 0
    late: int = 0


@dataclass(frozen=True)
class Declares:
    """`roles`, `actions`: enums of the field; `may`: which roles may do them, and what roles of the field may do of the
    fields below. `opens`: what a field below leaves open by a name, for actions of this one.

    `party_kinds`: whom the field deals with. `jobs`: modules with handlers and returning work. `states`: what moves
    along a table. `waiting`: a function of account and moment that says what waits for a person, `Waiting` by the
    name of a link. `largest_request`: a function of the settings, in bytes. `at_start`: functions called once
    before a server takes requests. `first_page`: the view that answers the first address to who is signed in.
    `public`: pages for everybody, named on every page. `webhook_events`: what endpoints can ask to be told of.

    `audit_words`, `audit_values`, `audit_states`: functions that give words for actions of the audit trail, for values
    of its details by the name of the detail, and for states by the beginning of the action; `audit_title`: one
    that says an entry more exactly than its action does, or None; `audit_reason`: the same of a reason that a program
    gave. `audit_keys`: kinds of objects that people look for by their key alone. The plain words of actions, objects
    and details stand in the field's `audit_words.py`."""

    roles: type[AnyRole] | None = None
    actions: type[AnyAction] | None = None
    may: Mapping[AnyAction, frozenset[AnyRole]] = dc_field(default_factory=dict)
    opens: Mapping[str, tuple[AnyAction, ...]] = dc_field(default_factory=dict)
    party_kinds: tuple[PartyKind, ...] = ()
    jobs: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    states: tuple[StateTable[Any, Any], ...] = ()
    waiting: str = ""
    largest_request: str = ""
    at_start: tuple[str, ...] = ()
    first_page: str = ""
    introduction: Introduction | None = None
    public: tuple[PublicPage, ...] = ()
    webhook_events: Mapping[str, Text] = dc_field(default_factory=dict)
    audit_words: str = ""
    audit_values: str = ""
    audit_states: str = ""
    audit_title: str = ""
    audit_reason: str = ""
    audit_keys: tuple[str, ...] = ()


@cache
def declared() -> tuple[Declares, ...]:
    """Lowest first: the common floor, then the fields of this site."""
    return tuple(import_module(f"{place}.declares").DECLARES for place in PLACES)


@cache
def roles() -> tuple[AnyRole, ...]:
    """Every role of this site, by its place."""
    found = [role for field in declared() if field.roles for role in field.roles]
    return tuple(sorted(found, key=lambda role: role.facts.place))


@cache
def party_kinds() -> dict[str, PartyKind]:
    """Every kind of party that the fields of this site deal with, by its name."""
    return {kind.name: kind for field in declared() for kind in field.party_kinds}


def role_named(name: str) -> AnyRole:
    """Raises ValueError where no field has such a role."""
    for role in roles():
        if role.value == name:
            return role
    raise ValueError(f"there is no role {name!r}")


@cache
def actions() -> tuple[AnyAction, ...]:
    """Every action of this site: those of the fields, the lowest first, then those of the common floor."""
    floor, *fields = declared()
    return tuple(action for field in (*fields, floor) if field.actions for action in field.actions)


@cache
def granted() -> Mapping[AnyAction, frozenset[AnyRole]]:
    """Which roles may do what, as all fields grant it together."""
    staff = frozenset(role for role in roles() if role.facts.staff)
    found: dict[AnyAction, frozenset[AnyRole]] = {Action.SEE_OWN_ACCOUNT: frozenset(roles()), Action.MAKE_TOKENS: staff}
    for field in declared():
        for action, some in field.may.items():
            found[action] = found.get(action, frozenset()) | some
    return found


def may(some: frozenset[AnyRole], action: AnyAction) -> bool:
    """Whether one of these roles allows `action`."""
    return bool(some & granted().get(action, frozenset()))


def opened_by(name: str) -> tuple[AnyAction, ...]:
    """The actions for which fields above open what this one leaves open by a name."""
    return tuple(action for field in declared() for action in field.opens.get(name, ()))


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


@cache
def glossary() -> Mapping[str, Term]:
    """The terms of this site by their keys, the lowest field first; each key is given once."""
    terms: list[Term] = [term for place in rooms("glossary") for term in place.TERMS]
    found = {term.key: term for term in terms}
    if len(found) < len(terms):
        raise ValueError("two terms of the glossary have one key")
    return found


def named(dotted: str) -> Callable[..., Any]:
    """The function of a dotted name."""
    module, _, name = dotted.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


@cache
def public_pages() -> tuple[PublicPage, ...]:
    """What this site shows to everybody, by their place."""
    return tuple(sorted((page for field in declared() for page in field.public), key=lambda page: page.place))
