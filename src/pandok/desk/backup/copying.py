"""A consistent copy of the database, while others go on writing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from pandok.core.errors import PandokError, StoreError, Unavailable
from pandok.core.text import Text


def copy_database(target: Path) -> None:
    """SQLite: by its backup interface, one moment of the database. PostgreSQL: an archive of pg_dump, one snapshot.

    Raises StoreError where it fails, Unavailable without pg_dump.
    """
    if connection.vendor == "postgresql":
        _run(
            "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"], "store.backup_database"
        )
        return
    with (
        closing(sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def load_postgresql(archive: Path) -> None:
    """Into an empty database, in one transaction. Raises StoreError where there are tables, or where it fails."""
    if connection.introspection.table_names():
        raise StoreError(
            Text(
                ko="데이터베이스가 비어 있지 않아 덮어쓰지 않았습니다.",
                en="The database is not empty; nothing was done.",
            ),
            Text(
                ko="빈 데이터베이스를 만들어 PANDOK_STORE에 적으십시오.",
                en="Make an empty one, and name it in PANDOK_STORE.",
            ),
            code="store.restore_not_empty",
        )
    connection.close()
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(archive)]
    _run("pg_restore", options, "store.restore_database")


def sqlite_fault(path: Path, sequence: int, head: str) -> str:
    """What is wrong with a copied SQLite database: its pages, or that its audit chain does not stand where it said."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as opened:
            [pages] = opened.execute("PRAGMA integrity_check(1)").fetchone()
            if pages != "ok":
                return str(pages)
            rows = opened.execute("SELECT sequence, hash FROM register_auditentry ORDER BY sequence DESC LIMIT 1")
            found = rows.fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if (found or (0, ""))[:2] == (sequence, head) else "the audit chain ends elsewhere"


def _run(program: str, options: list[str], code: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise Unavailable(
            Text(ko=f"PostgreSQL 도구 {program}이(가) 없습니다.", en=f"{program}, a tool of PostgreSQL, is missing."),
            Text(
                ko="서버와 같은 판의 PostgreSQL 클라이언트를 설치하십시오.",
                en="Install the PostgreSQL client of the server's version.",
            ),
            code="unavailable.postgresql_tools",
        )
    place, options = _address(connection.settings_dict), [*options]
    if program == "pg_restore":
        options = [f"--dbname={place['PGDATABASE']}", *options]
    done = subprocess.run([found, *options], env={**os.environ, **place}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise failed(code, done.stderr.strip()[-500:])


def failed(code: str, why: str) -> PandokError:
    return StoreError(
        Text(ko=f"데이터베이스를 옮기지 못했습니다: {why}", en=f"The database was not copied: {why}"),
        Text(
            ko="원인을 고친 뒤 다시 하십시오. 바뀐 것은 없습니다.",
            en="Mend the cause and try again; nothing was changed.",
        ),
        code=code,
    )


def _address(chosen: dict[str, Any]) -> dict[str, str]:
    """How the PostgreSQL tools are told where the database is; a password never stands among the arguments."""
    names = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    place = {name: str(chosen.get(key) or "") for name, key in names.items()}
    ssl = chosen.get("OPTIONS", {}).get("sslmode")
    return {name: value for name, value in (place | ({"PGSSLMODE": ssl} if ssl else {})).items() if value}
