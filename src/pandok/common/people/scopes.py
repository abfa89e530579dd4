"""Scopes of tokens: the actions under names that programs use, with words for people."""

from __future__ import annotations

from collections.abc import Iterable

from pandok.common.declared import actions, may
from pandok.common.roles import AnyAction, AnyRole
from pandok.core.errors import RequestError
from pandok.core.text import Text


def scope_of(action: AnyAction) -> str:
    """
    >>> from pandok.common.roles import Action
    >>> scope_of(Action.SEE_AUDIT)
    'see_audit'
    """
    return action.name.lower()


SCOPES: dict[str, AnyAction] = {scope_of(action): action for action in actions() if action.scope is not None}
"""What a token may allow. Accounts, tokens themselves and the second voice on a deletion are for persons only."""


def scope_words(action: AnyAction) -> Text:
    """Of an action that a token may allow."""
    return action.scope or Text(ko="", en="")


def scopes_of(roles: frozenset[AnyRole]) -> list[AnyAction]:
    """What a token of an account with these roles may allow at most, in the order of the table."""
    return [action for action in SCOPES.values() if may(roles, action)]


def actions_of(scopes: Iterable[str]) -> frozenset[AnyAction]:
    """The actions behind stored names; a name that this version does not know gives nothing."""
    return frozenset(SCOPES[name] for name in scopes if name in SCOPES)


def checked_scopes(names: Iterable[str], roles: frozenset[AnyRole]) -> list[str]:
    """The names in the order of the table. Raises RequestError for none, and for what the roles do not allow."""
    wanted = set(names)
    found = [scope_of(action) for action in scopes_of(roles) if scope_of(action) in wanted]
    if not wanted or len(found) != len(wanted):
        raise RequestError(
            Text(ko="토큰의 범위가 없거나 역할을 넘습니다.", en="The scopes are missing, or go beyond the roles."),
            Text(ko="계정의 역할 안에서 범위를 하나 이상 고르십시오.", en="Choose one or more that the roles allow."),
            code="token.scopes",
        )
    return found
