"""The keyed prints of everything that was sealed, against which exports are held.

They are made in the moment of sealing (hook of the vault), stay after deletion, and tell nothing without the key.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np

from pandok.engines.files.damaged_zip import DAMAGED_ZIP
from pandok.engines.near_copies.matching import Kept, Shelf
from pandok.engines.near_copies.prints import Prints, PrintsOf, prints_of
from pandok.engines.vault.ledger_key import LedgerKey
from pandok.fields.lab.acts.vault.store import Keep
from pandok.fields.lab.acts.vault.uploads import MOST_RATIO
from pandok.fields.lab.models import ObjectKind, SealedPrints

PRINTED = frozenset({ObjectKind.RAW, ObjectKind.MASKED, ObjectKind.LABELLED, ObjectKind.SPLIT, ObjectKind.INPUTS})
MOST_MEMBERS = 50_000
MOST_MEMBER_BYTES = 60_000_000
_DIRECTORY_ENTRY = b"PK\x01\x02"


def print_key(ledger: LedgerKey) -> bytes:
    """Derived from the ledger's key, which is kept apart from the database."""
    return bytes.fromhex(ledger.of_record("export prints"))


def prints_before_put(kind: str, data: bytes, ledger: LedgerKey) -> Keep:
    """The vault's hook: looked at before the transaction of the sealing and kept in it, so that nothing sealed is
    without prints."""
    found = _all_prints(kind, data, ledger)
    return lambda made: _keep(str(made.pk), found, made.stored_at)


def _all_prints(kind: str, data: bytes, ledger: LedgerKey) -> list[tuple[str, PrintsOf]]:
    """(member, prints), the whole as ""."""
    if kind not in PRINTED:
        return []
    key = print_key(ledger)
    whole, pictures, texts = prints_of(data, key), [], []
    for member, content in _members(data):
        prints = prints_of(content, key)
        if prints.points:
            pictures.append((member, prints))
        else:
            texts.append(prints.rows)
    # Thousands of small records, each a file in the bundle, make one row.
    return [*pictures, ("", replace(whole, rows=np.unique(np.concatenate([whole.rows, *texts]))))]


def _keep(object_id: str, found: list[tuple[str, PrintsOf]], now: datetime) -> None:
    rows = [_row(object_id, member, prints, now) for member, prints in found]
    SealedPrints.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def shelf() -> Shelf:
    """Everything sealed, ready to be asked."""
    return Shelf(list(_kept()))


def _kept() -> Iterator[Kept]:
    columns = ("object_id", "member", "file_print", "points", "rows")
    for object_id, member, file, points, rows in SealedPrints.objects.values_list(*columns).iterator(chunk_size=1000):
        prints = PrintsOf(_array(file), (_array(points),), _array(rows))
        yield Kept(f"{object_id} {member}".strip(), prints)


def _row(object_id: str, member: str, prints: PrintsOf, now: datetime) -> SealedPrints:
    points = prints.points[0].tobytes() if prints.points else b""
    return SealedPrints(
        object_id=object_id,
        member=member[:300],
        file_print=prints.file.tobytes(),
        points=points,
        rows=prints.rows.tobytes(),
        at=now,
    )


def _array(stored: bytes) -> Prints:
    return np.frombuffer(bytes(stored), dtype=np.uint64)


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files inside, where it is a zip; no more of them than a zip of honest files holds."""
    if data[:4] != b"PK\x03\x04" or data.count(_DIRECTORY_ENTRY) > MOST_MEMBERS:
        return
    left = max(len(data) * MOST_RATIO, MOST_MEMBER_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist()[:MOST_MEMBERS]:
                if not entry.is_dir() and entry.file_size <= min(MOST_MEMBER_BYTES, left):
                    left -= entry.file_size
                    yield entry.filename, archive.read(entry)
    except DAMAGED_ZIP:
        return
