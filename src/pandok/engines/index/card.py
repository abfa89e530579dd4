"""The card of a generation folder: every file with its length and checksum."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.core.text import counted
from pandok.engines.index.errors import corrupt

CARD = "generation.json"


def read_card(folder: Path) -> dict[str, Any]:
    """What the card says. Raises StoreError for one that is absent, unreadable or altered."""
    path = folder / CARD
    try:
        card = json.loads(path.read_text("utf-8"))
        crc = card.pop("crc32")
        if crc != zlib.crc32(json.dumps(card, sort_keys=True).encode()):
            raise corrupt(path, "checksum")
        return dict(card)
    except FileNotFoundError:
        raise corrupt(path, "missing") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise corrupt(path, "not readable") from error


def seal_card(folder: Path, dimension: int, trained_rows: int) -> None:
    """Write `generation.json` over the files of `folder`, once they are all there and durable."""
    files = {
        path.name: {"bytes": path.stat().st_size, "crc32": file_crc(path)}
        for path in sorted(folder.iterdir())
        if path.suffix == ".bin" and path.name != "log.bin"
    }
    card = {"format": 1, "dimension": dimension, "trained_rows": trained_rows, "files": files}
    card["crc32"] = zlib.crc32(json.dumps(card, sort_keys=True).encode())
    with (folder / CARD).open("w", encoding="utf-8") as file:
        file.write(json.dumps(card, indent=1, sort_keys=True))
        file.flush()
        os.fsync(file.fileno())


def read_array(folder: Path, name: str, dtype: np.dtype[Any], card: dict[str, Any]) -> NDArray[Any]:
    """A small file as an array; checks its length and checksum. Raises StoreError."""
    path = folder / f"{name}.bin"
    data = mapped(path, card)
    if zlib.crc32(data.data) != card["files"][path.name]["crc32"]:
        raise corrupt(path, "checksum")
    return data.view(dtype)


def mapped(path: Path, card: dict[str, Any]) -> NDArray[np.uint8]:
    """A file as mapped bytes; checks its length. Raises StoreError."""
    try:
        expected, size = card["files"][path.name]["bytes"], path.stat().st_size
    except (KeyError, FileNotFoundError) as error:
        raise corrupt(path, "missing") from error
    if size != expected:
        raise corrupt(path, f"{counted(size, 'byte')}, {expected} expected")
    if size == 0:
        return np.empty(0, np.uint8)
    return np.memmap(path, np.uint8, "r")


def file_crc(path: Path) -> int:
    """CRC-32 of a file."""
    crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 24):
            crc = zlib.crc32(block, crc)
    return crc
