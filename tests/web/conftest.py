"""Shared by the tests that ask for every address."""

from __future__ import annotations

from datetime import datetime

import pytest

from pandok.common.declared import Waiting
from pandok.common.models import Account
from pandok.web import context


@pytest.fixture(scope="module")
def counts_of_menus() -> dict[frozenset[str], dict[str, Waiting]]:
    return {}


@pytest.fixture
def menus_counted_once(
    counts_of_menus: dict[frozenset[str], dict[str, Waiting]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits behind the links of a menu is counted for the first page that a test file shows to people of the same
    roles. It is a third of the time of a page, the same on each, and nothing that these tests look at."""
    count = context.waiting_for

    def counted(account: Account, now: datetime) -> dict[str, Waiting]:
        roles = frozenset(account.groups.values_list("name", flat=True))
        if roles not in counts_of_menus:
            counts_of_menus[roles] = count(account, now)
        return counts_of_menus[roles]

    monkeypatch.setattr(context, "waiting_for", counted)
