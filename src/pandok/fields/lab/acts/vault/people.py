"""Who may act in the vault: asked again in the use case, whatever page or command came before."""

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
            Text(ko="데이터 관리자에게 문의하십시오.", en="Ask a data steward."),
            code="request.not_allowed",
        )
