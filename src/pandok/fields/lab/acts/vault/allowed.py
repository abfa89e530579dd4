"""Who may act in the vault."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.common.people import allowed
from pandok.common.roles import AnyAction
from pandok.core.text import Text


def must(actor: Account, action: AnyAction) -> None:
    """Raises RequestError where the person may not."""
    allowed.must(actor, action, ask=Text(ko="데이터 관리자에게 문의하십시오.", en="Ask a data steward."))
