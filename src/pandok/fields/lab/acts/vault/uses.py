"""Was this record used: by whom, when, for which purpose, run and model, and what left? One query, also after deletion.

The query starts at every object that is the record or lists it, follows the lineage to what was made of it, and joins
who opened those, which models came of them, and what left by the same runs. Only keyed hashes are compared, so that it
answers when the data are gone. Where a derived object does not list its records, the record counts as possibly part of
it (`certain` False): the answer may say too much, never too little.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.dateparse import parse_datetime

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.engines.vault.ledger_key import LedgerKey
from pandok.fields.lab.acts.vault.allowed import must
from pandok.fields.lab.roles import Action

_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_QUERY = """
WITH RECURSIVE found(object_id, whole, certain) AS (
    SELECT object_id, 0, 1 FROM lab_vaultrecord WHERE keyed_hash IN ({hashes})
    UNION SELECT id, 1, 1 FROM lab_vaultobject WHERE keyed_hash IN ({hashes})
    UNION
    SELECT edge.made_id, found.whole,
           CASE WHEN found.certain = 1 AND edge.by_records AND found.whole = 0 THEN 1 ELSE 0 END
    FROM found JOIN lab_lineage edge ON edge.source_id = found.object_id AND edge.made_id IS NOT NULL
    WHERE found.whole = 1 OR NOT edge.by_records OR EXISTS (
        SELECT 1 FROM lab_vaultrecord listed
        WHERE listed.object_id = edge.made_id AND listed.keyed_hash IN ({hashes})
    )
),
held AS (SELECT object_id, MAX(certain) AS certain FROM found GROUP BY object_id)
SELECT 'held' AS sort, o.id, o.name, o.kind, d.name, held.certain, o.stored_at, p.username, '' AS project,
       d.purpose, '' AS run, '' AS model, '' AS what, o.deleted_at
FROM held JOIN lab_vaultobject o ON o.id = held.object_id JOIN lab_deposit d ON d.id = o.deposit_id
     LEFT JOIN desk_account p ON p.id = o.stored_by_id
UNION ALL
SELECT 'opened', o.id, o.name, o.kind, d.name, held.certain, u.at, p.username, COALESCE(j.name, ''),
       u.purpose, u.run_id, u.model_sha256, u.what_left, o.deleted_at
FROM held JOIN lab_vaultobject o ON o.id = held.object_id JOIN lab_deposit d ON d.id = o.deposit_id
     JOIN lab_use u ON u.object_id = o.id
     LEFT JOIN desk_account p ON p.id = u.actor_id LEFT JOIN lab_labproject j ON j.id = u.project_id
UNION ALL
SELECT 'model', o.id, o.name, o.kind, d.name, held.certain, e.at, '', '', e.step, '', e.model_sha256, e.tool,
       o.deleted_at
FROM held JOIN lab_vaultobject o ON o.id = held.object_id JOIN lab_deposit d ON d.id = o.deposit_id
     JOIN lab_lineage e ON e.source_id = o.id AND e.made_id IS NULL
UNION ALL
SELECT DISTINCT 'left', o.id, o.name, o.kind, d.name, held.certain, w.at, p.username, COALESCE(j.name, ''),
       u.purpose, w.run_id, w.sha256, w.what, o.deleted_at
FROM held JOIN lab_vaultobject o ON o.id = held.object_id JOIN lab_deposit d ON d.id = o.deposit_id
     JOIN lab_use u ON u.object_id = o.id
     JOIN lab_whatleft w ON (w.run_id <> '' AND w.run_id = u.run_id)
          OR (w.run_id = '' AND w.project_id = u.project_id AND w.at >= u.at)
     LEFT JOIN desk_account p ON p.id = w.actor_id LEFT JOIN lab_labproject j ON j.id = w.project_id
ORDER BY 7, 1, 2
"""


@dataclass(frozen=True, slots=True)
class UseRow:
    """`sort` is held, opened, model or left. `who` is "" where the lab's runner opened it. `certain`: it is the record
    or lists it; else the record may be a part of what was opened."""

    sort: str
    object_id: UUID
    object_name: str
    kind: str
    deposit: str
    certain: bool
    at: datetime
    who: str
    project: str
    purpose: str
    run_id: str
    model_sha256: str
    what: str
    deleted_at: datetime | None


def uses_of(*keyed_hashes: str) -> list[UseRow]:
    """Everything that is known of a record, in order of time, in one query; see LedgerKey and `hashes_of`."""
    places = ", ".join(["%s"] * len(keyed_hashes))
    with connection.cursor() as cursor:
        cursor.execute(_QUERY.format(hashes=places), [*keyed_hashes] * 3)  # the places are only %s
        return [_row(values) for values in cursor.fetchall()]


def hashes_of(ledger: LedgerKey, *, text: str = "", data: bytes | None = None) -> list[str]:
    """Of a file, of its sha256, or of a record's id; a text that looks like a sha256 is tried as both."""
    if data is not None:
        sha256 = hashlib.sha256(data).hexdigest()
        return [ledger.of_content(sha256), ledger.of_record(sha256)]
    text = text.strip()
    hashes = [ledger.of_record(text)] if text else []
    if _SHA256.fullmatch(text):
        hashes.append(ledger.of_content(text.lower()))
    return hashes


def answer_about(
    *, actor: Account, ledger: LedgerKey, now: datetime, text: str = "", data: bytes | None = None
) -> list[UseRow]:
    """The same for a person; that the question was asked stands in the audit log, by its keyed hash."""
    must(actor, Action.SEE_VAULT)
    hashes = hashes_of(ledger, text=text, data=data)
    rows = uses_of(*hashes) if hashes else []
    if hashes:
        audit.tell(actor, "vault.asked", f"vault-record:{hashes[0]}", "", now, {"rows": len(rows)})
    return rows


def _row(values: Sequence[Any]) -> UseRow:
    sort, object_id, name, kind, deposit, certain, at, who, project, purpose, run, model, what, deleted = values
    return UseRow(
        sort,
        UUID(str(object_id)),
        name,
        kind,
        deposit,
        bool(certain),
        _instant(at) or datetime.min.replace(tzinfo=UTC),
        who or "",
        project,
        purpose,
        run,
        model,
        what,
        _instant(deleted),
    )


def _instant(value: Any) -> datetime | None:
    """SQLite gives times as text without zone, in UTC."""
    found = parse_datetime(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
