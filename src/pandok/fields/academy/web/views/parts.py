"""What the views of the academy share: nothing found is a page that is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404

from pandok.common.models import Account
from pandok.core.errors import RequestError

K = TypeVar("K")
R = TypeVar("R")


def found_or_404(find: Callable[[Account, K], R], account: Account, key: K) -> R:
    """Who may not see it learns no more than who asks for what there is not."""
    try:
        return find(account, key)
    except RequestError as error:
        raise Http404 from error
