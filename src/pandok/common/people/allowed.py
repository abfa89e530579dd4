"""Who may: asked again in each use case, whatever page, operation or command came before."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.common.roles import AnyAction
from pandok.core.errors import RequestError
from pandok.core.text import Text

WHO_HAS_THE_ROLE = Text(ko="역할이 있는 사람에게 맡기십시오.", en="Ask a person who has the role.")


def must(actor: Account, *one_of: AnyAction, ask: Text = WHO_HAS_THE_ROLE) -> None:
    """Raises RequestError where the person may do none of these; `ask` says whom to ask."""
    if not any(actor.may(action) for action in one_of):
        raise not_allowed(Text(ko="이 일을 할 권한이 없습니다.", en="You may not do this."), ask)


def not_allowed(what: Text, ask: Text) -> RequestError:
    return RequestError(what, ask, code="request.not_allowed")
