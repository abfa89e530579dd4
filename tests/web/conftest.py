"""Shared by the tests that ask for every address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

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


@pytest.fixture
def read_names(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names that somebody asked a query, a form or its files for."""
    names: set[str] = set()

    class Files(MultiValueDict[str, Any]):
        pass

    def watched(kind: type[MultiValueDict[str, Any]], method: str) -> None:
        plain = getattr(kind, method)

        def read(self: MultiValueDict[str, Any], key: Any, *more: Any, **options: Any) -> Any:
            names.add(str(key))
            return plain(self, key, *more, **options)

        monkeypatch.setattr(kind, method, read)

    monkeypatch.setattr("django.http.request.MultiValueDict", Files)
    monkeypatch.setattr("django.http.multipartparser.MultiValueDict", Files)
    for kind in (QueryDict, Files):
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            watched(kind, method)
    return names
