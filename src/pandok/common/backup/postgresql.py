"""A PostgreSQL database as an archive of pg_dump, and back by pg_restore; `chosen` is its entry of Django's DATABASES.

Bringing one back asks nothing of Django, which would make the home folder, with a new secret key, on the way.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from pandok.core.errors import PandokError, StoreError, Unavailable
from pandok.core.text import Text

_LONGEST_REASON = 500


def dump(chosen: dict[str, Any], target: Path) -> None:
    """Everything as of one moment. Raises StoreError where it fails, Unavailable without pg_dump."""
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
    _run("pg_dump", [*options, f"--dbname={_address(chosen)}"], chosen, backup_failed)


def must_be_ready(chosen: dict[str, Any]) -> None:
    """Before anything is done: pg_restore is there, the server answers, and the database is empty. Raises StoreError,
    Unavailable."""
    _tool("pg_restore")
    with _opened(chosen) as database:
        [tables] = database.execute(
            "SELECT count(*) FROM pg_catalog.pg_class AS one JOIN pg_catalog.pg_namespace AS place"
            " ON place.oid = one.relnamespace WHERE one.relkind IN ('r', 'p', 'v', 'S')"
            " AND place.nspname NOT IN ('pg_catalog', 'information_schema') AND place.nspname NOT LIKE 'pg_toast%'"
        ).fetchone() or (0,)
    if tables:
        raise not_empty(
            Text(
                ko="데이터베이스가 비어 있지 않아 덮어쓰지 않았습니다.",
                en="The database is not empty; nothing was done.",
            ),
            Text(
                ko="빈 데이터베이스를 만들어 PANDOK_STORE에 적으십시오.",
                en="Make an empty one, and name it in PANDOK_STORE.",
            ),
        )


def load(chosen: dict[str, Any], archive: Path, *, audit_sequence: int, audit_hash: str) -> None:
    """Into an empty database, in one transaction; then its audit chain must hold this entry. Raises StoreError,
    Unavailable."""
    must_be_ready(chosen)
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", [*options, f"--dbname={_address(chosen)}", str(archive)], chosen, restore_failed)
    with _opened(chosen) as database:
        found = database.execute(
            "SELECT hash FROM register_auditentry WHERE sequence = %s", [audit_sequence]
        ).fetchone()
    if audit_sequence and (found or ("",))[0] != audit_hash:
        raise _not_restored(
            Text(
                ko="되살린 데이터베이스의 감사 기록이 백업에 적힌 것과 다릅니다.",
                en="The audit log of the restored database is not the one that the backup names.",
            ),
            Text(
                ko="그 데이터베이스를 지우고 다른 백업으로 다시 하십시오.",
                en="Drop that database and take another backup.",
            ),
        )


def archive_fault(archive: Path) -> str:
    """What is wrong with an archive, read to its end as it would be for restoring. Raises Unavailable without
    pg_restore."""
    done = subprocess.run(
        [_tool("pg_restore"), f"--file={os.devnull}", str(archive)], capture_output=True, text=True, check=False
    )
    return done.stderr.strip()[-_LONGEST_REASON:] or "pg_restore" if done.returncode else ""


def backup_failed(why: str) -> PandokError:
    return StoreError(*_not_copied(why), code="store.backup_database")


def restore_failed(why: str) -> PandokError:
    return _not_restored(*_not_copied(why))


def _not_restored(what: Text, next_step: Text) -> PandokError:
    return StoreError(what, next_step, code="store.restore_database")


def _not_copied(why: str) -> tuple[Text, Text]:
    return (
        Text(ko=f"데이터베이스를 옮기지 못했습니다: {why}", en=f"The database was not copied: {why}"),
        Text(
            ko="원인을 고친 뒤 다시 하십시오. 바뀐 것은 없습니다.",
            en="Fix the cause and try again; nothing was changed.",
        ),
    )


def _opened(chosen: dict[str, Any]) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(_address(chosen), password=chosen.get("PASSWORD") or None, autocommit=True)
    except psycopg.Error as error:
        raise restore_failed(str(error).strip()[-_LONGEST_REASON:]) from error


def _run(program: str, options: list[str], chosen: dict[str, Any], refused: Callable[[str], PandokError]) -> None:
    secret = {"PGPASSWORD": str(chosen["PASSWORD"])} if chosen.get("PASSWORD") else {}
    done = subprocess.run(
        [_tool(program), *options], env={**os.environ, **secret}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise refused(done.stderr.strip()[-_LONGEST_REASON:])


def _tool(program: str) -> str:
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
    return found


def _address(chosen: dict[str, Any]) -> str:
    """Where the database is, with every option of the setting that the PostgreSQL client knows (certificates, a service
    file, a timeout). The password never stands among the arguments of a program."""
    known = {one.keyword.decode() for one in pq.Conninfo.get_defaults()} - {"password"}
    options = {name: value for name, value in chosen.get("OPTIONS", {}).items() if name in known}
    names = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    place = {name: str(chosen[key]) for name, key in names.items() if chosen.get(key)}
    return make_conninfo("", **{**options, **place})


def not_empty(what: Text, next_step: Text, **fields: Any) -> StoreError:
    """A backup is never restored over what is there."""
    return StoreError(what, next_step, code="store.restore_not_empty", **fields)
