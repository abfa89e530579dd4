"""Who may hand in and operate."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.common.people import allowed
from pandok.common.roles import AnyAction
from pandok.core.text import Text


def must(actor: Account, action: AnyAction) -> None:
    """Raises RequestError where the person may not."""
    allowed.must(actor, action, ask=Text(ko="실증랩 운영기관에 문의하십시오.", en="Ask the lab's operator."))
