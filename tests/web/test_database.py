"""The setting PANDOK_STORE: what becomes of an address, and what is told of a wrong one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pandok.cli.settings_command import _without_password
from pandok.core.errors import RequestError, Unavailable
from pandok.web import database as module
from pandok.web.database import database

HOME = Path("home")


def test_empty_is_sqlite_in_the_home() -> None:
    chosen = database("", HOME)
    assert (chosen["ENGINE"], chosen["NAME"]) == ("pandok.common.sqlite_in_turn", HOME / "pandok.db")


@pytest.mark.parametrize(
    ("store", "expected"),
    [
        ("postgresql://u@h/n", {"USER": "u", "HOST": "h", "NAME": "n", "PORT": "", "PASSWORD": ""}),
        ("postgres://u:p%40ss@h:5433/n", {"PASSWORD": "p@ss", "PORT": "5433"}),
        ("postgresql://postgres:@/pandok?host=/tmp/socket", {"USER": "postgres", "HOST": "/tmp/socket"}),
        ("postgresql:///n?host=/run/pg&port=6000&user=x", {"USER": "x", "PORT": "6000", "OPTIONS": {}}),
        ("postgresql://h/n?sslmode=require", {"OPTIONS": {"sslmode": "require"}}),
    ],
)
def test_an_address_is_postgresql(store: str, expected: dict[str, Any]) -> None:
    chosen = database(store, HOME)
    assert chosen["ENGINE"] == "django.db.backends.postgresql"
    assert {name: chosen[name] for name in expected} == expected


@pytest.mark.parametrize("store", ["mysql://u@h/n", "postgresql://u@h", "postgresql://h:x/n", "pandok.db"])
def test_a_wrong_address_is_told(store: str) -> None:
    with pytest.raises(RequestError) as told:
        database(store, HOME)
    assert told.value.error_code == "request.setting"


def test_a_missing_part_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(Unavailable, match="psycopg"):
        database("postgresql://u@h/n", HOME)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("postgresql://u:p4ss@h/n", "postgresql://u:…@h/n"),
        ("smtp://u%40x:p4ss@h:587?tls=starttls", "smtp://u%40x:…@h:587?tls=starttls"),
        ("postgresql://u@h/n", "postgresql://u@h/n"),
        ("http://10.0.0.5:9000, https://b", "http://10.0.0.5:9000, https://b"),
        ("faiss", "faiss"),
        (3, 3),
    ],
)
def test_passwords_in_addresses_are_not_printed(value: Any, shown: Any) -> None:
    assert _without_password(value) == shown
