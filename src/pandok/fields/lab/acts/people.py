"""Who may hand in and operate: asked again in the use case, whatever page or command came before."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.common.roles import AnyAction
from pandok.core.errors import RequestError
from pandok.core.text import Text


def must(actor: Account, action: AnyAction) -> None:
    """Raises RequestError where the person may not."""
    if not actor.may(action):
        raise RequestError(
            Text(ko="이 일을 할 권한이 없습니다.", en="You may not do this."),
            Text(ko="실증랩 운영기관에 문의하십시오.", en="Ask the lab's operator."),
            code="request.not_allowed",
        )
