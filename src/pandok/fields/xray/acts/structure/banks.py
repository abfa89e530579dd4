"""The empty containers that a scan is compared with: of its site, type and machine, computed ones beside computed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.models import EmptyContainer
from pandok.readers.xray.containers.comparing import StructureBank, bank_of
from pandok.readers.xray.containers.kinds import kind_of
from pandok.readers.xray.containers.recall import EmptyScan
from pandok.readers.xray.planes import transmission_of, unpacked


def scan_of(empty: EmptyContainer, blobs: FolderBlobs) -> EmptyScan:
    """Raises StoreError where its plane is gone."""
    return EmptyScan(
        transmission_of(unpacked(blobs.get(empty.planes_sha256), empty.rows, empty.columns, 1)[0]),
        empty.penetration_limit,
        empty.air_share,
    )


def bank_with(empties: Sequence[EmptyContainer], blobs: FolderBlobs) -> StructureBank:
    """Kept in the process for the next scan. Raises FewContainers, NoContainer, StoreError."""
    rows = tuple((one.planes_sha256, one.rows, one.columns) for one in empties)
    return _bank(rows, empties[0].container_type, blobs.folder)


def digest_of_bank(empties: Sequence[EmptyContainer]) -> str:
    return hashlib.sha256("".join(sorted(one.planes_sha256 for one in empties)).encode()).hexdigest()


@lru_cache(maxsize=4)
def _bank(rows: tuple[tuple[str, int, int], ...], container_type: str, folder: Path) -> StructureBank:
    blobs = FolderBlobs(folder)
    read = [transmission_of(unpacked(blobs.get(name), high, wide, 1)[0]) for name, high, wide in rows]
    return bank_of(read, kind_of(container_type))
