"""Files that were sent to be looked through wait on disk until their report is made, and are erased with it.

They were checked before (names, sizes, links, bombs), and are packed anew: no byte of the zip that was sent is kept.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pandok.engines.files.disk_faults import disk_fault
from pandok.engines.files.durable import erase, written_durably
from pandok.fields.lab.acts.vault.uploads import Incoming
from pandok.fields.programme.models import QualityRun
from pandok.settings import settings


def held_at(run_id: UUID) -> Path:
    return settings().home / "data-dam" / f"{run_id}.zip"


def hold(run_id: UUID, files: Incoming) -> None:
    """Raises StoreError where the disk is full or fails; nothing is there then."""
    try:
        with written_durably(held_at(run_id)) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
            for one in files:
                packed.writestr(one.name, one.data)
    except OSError as error:
        raise disk_fault(error) from error


def let_go(run_id: UUID) -> None:
    erase(held_at(run_id))


def left_behind(now: datetime) -> list[Path]:
    """Files of a run that is over, or that was never kept, older than an hour."""
    folder = held_at(UUID(int=0)).parent
    open_runs = {str(one) for one in QualityRun.objects.filter(finished_at=None).values_list("pk", flat=True)}
    return [
        path
        for path in folder.glob("*")
        if path.stem not in open_runs and now.timestamp() - path.stat().st_mtime > 3600
    ]
