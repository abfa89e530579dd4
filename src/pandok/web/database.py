"""The setting PANDOK_STORE as Django's database: empty is SQLite in the home folder, an address is PostgreSQL.

`postgresql://user:password@host:5432/name?sslmode=require`; a folder with a socket is `?host=/run/postgresql`. Other
words after the question mark go to the PostgreSQL client as they are.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pandok.core.errors import RequestError, Unavailable
from pandok.core.text import Text
from pandok.core.wrong_setting import wrong_setting

KEPT_OPEN_S = 60
"""A thread's connection serves its requests for so long."""


def database(store: str, home: Path) -> dict[str, Any]:
    """One entry of DATABASES. Raises RequestError for an address that does not fit, Unavailable without psycopg."""
    return _postgresql(store) if store else _sqlite(home / "pandok.db")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "pandok.common.sqlite_in_turn",
        "NAME": path,
        # Opening one costs as much as a short page: every function that Django adds is registered anew.
        "CONN_MAX_AGE": KEPT_OPEN_S,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a commit is on disk before anybody is told of it. With NORMAL a loss of power takes the last ones
            # back, after a phone has thrown its copy away and after a mail has gone out.
            # secure_delete: what is deleted is overwritten in the file, whatever SQLite was built with.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }


def _postgresql(store: str) -> dict[str, Any]:
    try:
        url = urlsplit(store)
        port = url.port
    except ValueError as error:
        raise _wrong(str(error)) from error
    name = unquote(url.path.lstrip("/"))
    if url.scheme not in ("postgresql", "postgres") or not name:
        raise _wrong("postgresql://user@host/name")
    if find_spec("psycopg") is None:
        raise Unavailable(
            Text(ko="PostgreSQL 연결에 필요한 psycopg가 없습니다.", en="psycopg, needed for PostgreSQL, is missing."),
            Text(ko="`pip install psycopg[binary]`로 설치하십시오.", en="Install `psycopg[binary]`."),
            code="unavailable.postgresql",
        )
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(url.username or options.pop("user", "")),
        "PASSWORD": unquote(url.password or options.pop("password", "")),
        "HOST": unquote(url.hostname or options.pop("host", "")),
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": KEPT_OPEN_S,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _wrong(why: str) -> RequestError:
    return wrong_setting(
        Text(ko=f"설정 PANDOK_STORE의 값이 맞지 않습니다: {why}.", en=f"The setting PANDOK_STORE does not fit: {why}."),
        Text(
            ko="postgresql://사용자:비밀번호@서버/이름 꼴로 쓰거나, 비워 두면 SQLite를 씁니다.",
            en="Write postgresql://user:password@host/name, or leave it empty for SQLite.",
        ),
        setting="PANDOK_STORE",
    )
