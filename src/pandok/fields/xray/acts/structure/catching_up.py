"""Scans that came in before enough empty containers were known are compared once they are.

Each scan is a transaction of its own, and what is compared is passed by: a call that was cut off is called again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.audit import Detail
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.structure.comparing import compare_structure
from pandok.fields.xray.lists.structure import BankKey
from pandok.fields.xray.lists.uncompared import worth_comparing
from pandok.readers.xray.containers.comparing import LEAST_BANK

Progress = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """Progress that nobody looks at."""
    del done, total


@dataclass(frozen=True)
class CaughtUp:
    """`compared`: scans that have a comparison now; `without`: those in which no container was found. `left`: more
    wait."""

    compared: int
    without: int
    left: bool = False


def compare_known(
    key: BankKey,
    *,
    actor: Account | str | None,
    blobs: FolderBlobs,
    clock: Callable[[], datetime],
    most: int | None = None,
    progress: Progress = unwatched,
) -> CaughtUp:
    """All scans of this site, type and machine that were not compared yet, or `most` of them, the newest first. Nothing
    where too few empty containers are known. Raises StoreError."""
    if key.rows.count() < LEAST_BANK:
        return CaughtUp(0, 0)
    # Looked up beforehand, so that what is compared meanwhile by another worker does not shift the rest.
    waiting = list(islice(worth_comparing(key), None if most is None else most + 1))
    todo, left = waiting[:most], most is not None and len(waiting) > most
    compared = 0
    for number, scan in enumerate(todo, 1):
        compared += compare_structure(scan, blobs=blobs, now=clock()) is not None
        progress(number, len(todo))
    if todo:
        details: dict[str, Detail] = {
            "container_type": key.container_type,
            "scans": compared,
            "without_container": len(todo) - compared,
        }
        audit.tell(actor, "empties.compared", f"empties:{key.container_type}", "", clock(), details)
    return CaughtUp(compared, len(todo) - compared, left)
