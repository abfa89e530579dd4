"""Every role and action of this site under one name, as tests ask for them whatever field declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pandok.common.declared import actions, granted, may, role_named, roles

__all__ = ["MAY", "STAFF", "VOTING", "Action", "Role", "may"]


class _Gathered:
    def __init__(self, members: Callable[[], tuple[Any, ...]], named: Callable[[str], Any]):
        self._members, self._named = members, named

    def __getattr__(self, name: str) -> Any:
        for one in self._members():
            if one.name == name:
                return one
        raise AttributeError(name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._members())

    def __len__(self) -> int:
        return len(self._members())

    def __contains__(self, one: object) -> bool:
        return one in self._members()

    def __call__(self, value: str) -> Any:
        return self._named(value)


Role: Any = _Gathered(roles, role_named)
Action: Any = _Gathered(actions, lambda words: next(one for one in actions() if one.value == words))
MAY = granted()
STAFF = frozenset(role for role in roles() if role.facts.staff)
VOTING = frozenset(role for role in roles() if role.facts.votes)
