"""The index of `Case.words` for free text: every pair of neighbouring characters.

Korean is searched by two syllables (가방, 신발), where an index of trigrams finds nothing. So each character of the
words, with the one that follows it, is an entry; one character alone is the beginning of an entry.

SQLite: an FTS5 table without content, kept by triggers. Its entries are the UTF-8 bytes in hexadecimal, so that no
tokenizer has an opinion on them; its row number is `Case.serial`. PostgreSQL: a GIN index over a function, which needs
no extension. Where FTS5 is missing nothing is made, and pandok.fields.counterfeit.lists.search reads the words
themselves.

`ensure` runs after every migration: Django rebuilds a SQLite table when it alters it, and drops its triggers with it.
"""

from __future__ import annotations

from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

TABLE = "desk_case"
INDEX = "desk_case_grams"
PLACES = "desk_case_places"
LONGEST_WORDS = 4000
_TRIGGERS = tuple(f"{INDEX}_{what}" for what in ("insert", "delete", "update"))


def pairs(term: str) -> list[str]:
    """Every two neighbouring characters of a term; of one character, itself.

    >>> pairs("손가방"), pairs("컵")
    (['손가', '가방'], ['컵'])
    """
    return [term[at : at + 2] for at in range(len(term) - 1)] or [term]


def entry(pair: str) -> str:
    """A pair, or the beginning of one, as the SQLite index holds it."""
    return pair.encode().hex().upper()


def _entries(row: str) -> str:
    """SQL: all entries of a row that a trigger sees."""
    words = f"({row}.words || ' ')"
    return (
        f"(SELECT group_concat(hex(substr({words}, place, 2)), ' ') FROM {PLACES} WHERE place <= length({row}.words))"
    )


def ensure(using: str = "default") -> None:
    """Make what is missing, and fill it; may be called again at any time."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _ensure_sqlite(cursor)
        elif connection.vendor == "postgresql":
            _ensure_postgresql(cursor)


def has_index(connection: BaseDatabaseWrapper) -> bool:
    """Whether the index is there and kept."""
    with connection.cursor() as cursor:
        return _on_postgresql(cursor) if connection.vendor == "postgresql" else _kept(cursor)


def rebuild(cursor: CursorWrapper) -> None:
    """SQLite: fill the index again from all rows, inside the caller's transaction."""
    cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('delete-all')")
    cursor.execute(f"INSERT INTO {INDEX}(rowid, grams) SELECT serial, {_entries('one')} FROM {TABLE} AS one")


def _kept(cursor: CursorWrapper) -> bool:
    marks = ", ".join(["%s"] * len(_TRIGGERS))
    cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ({marks})", _TRIGGERS)
    return bool(cursor.fetchone()[0] == len(_TRIGGERS))


def _ensure_sqlite(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT count(*) FROM pragma_table_xinfo(%s) WHERE name IN ('serial', 'words')", [TABLE])
    if cursor.fetchone()[0] != 2 or _kept(cursor):
        return
    cursor.execute(f"CREATE TABLE IF NOT EXISTS {PLACES} (place INTEGER PRIMARY KEY)")
    cursor.execute(
        f"INSERT OR IGNORE INTO {PLACES} WITH RECURSIVE counted(place) AS "
        f"(SELECT 1 UNION ALL SELECT place + 1 FROM counted WHERE place < {LONGEST_WORDS}) SELECT place FROM counted"
    )
    try:
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5"
            "(grams, content='', detail=none, columnsize=0, tokenize='ascii', prefix='6')"
        )
    except OperationalError as error:
        if "no such module" in str(error):
            return
        raise
    add = f"INSERT INTO {INDEX}(rowid, grams) VALUES (NEW.serial, {_entries('NEW')});"
    drop = f"INSERT INTO {INDEX}({INDEX}, rowid, grams) VALUES ('delete', OLD.serial, {_entries('OLD')});"
    changed = "OLD.words IS NOT NEW.words OR OLD.serial IS NOT NEW.serial"
    for name in _TRIGGERS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    cursor.execute(f"CREATE TRIGGER {_TRIGGERS[0]} AFTER INSERT ON {TABLE} BEGIN {add} END")
    cursor.execute(f"CREATE TRIGGER {_TRIGGERS[1]} AFTER DELETE ON {TABLE} BEGIN {drop} END")
    cursor.execute(f"CREATE TRIGGER {_TRIGGERS[2]} AFTER UPDATE ON {TABLE} WHEN {changed} BEGIN {drop} {add} END")
    rebuild(cursor)


def _on_postgresql(cursor: CursorWrapper) -> bool:
    """Asked before it is made: even an index that is there makes CREATE INDEX wait for everybody who writes."""
    cursor.execute("SELECT count(*) FROM pg_class WHERE relkind = 'i' AND relname = %s", [INDEX])
    return bool(cursor.fetchone()[0])


def _ensure_postgresql(cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT count(*) FROM information_schema.columns WHERE table_name = %s AND column_name = 'words'", [TABLE]
    )
    if not cursor.fetchone()[0] or _on_postgresql(cursor):
        return
    cursor.execute(
        """
        CREATE OR REPLACE FUNCTION pandok_grams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT coalesce(array_agg(DISTINCT gram), '{}') FROM (
                SELECT substr(words, place, 2) AS gram FROM generate_series(1, length(words) - 1) AS place
                UNION ALL
                SELECT substr(words, place, 1) FROM generate_series(1, length(words)) AS place
            ) AS found WHERE strpos(gram, ' ') = 0
        $$
        """
    )
    cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (pandok_grams(words))")
