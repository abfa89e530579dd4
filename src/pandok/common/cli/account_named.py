"""The account that a command names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pandok.core.errors import RequestError
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.common.models import Account


def account_named(name: str, *, active: bool = True) -> Account:
    """Django is ready. `active`: only one that may still sign in, as who answers for a step. Raises RequestError."""
    from pandok.common.models import Account

    found = Account.objects.filter(username__iexact=name.strip(), **({"is_active": True} if active else {})).first()
    if found is None:
        raise RequestError(
            Text(ko=f"계정 '{name[:60]}'이(가) 없습니다.", en=f"There is no account '{name[:60]}'."),
            Text(ko="사용자 이름을 확인하십시오.", en="Check the user name."),
            code="request.account",
        )
    return found
