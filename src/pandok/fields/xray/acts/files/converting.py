"""A folder of any makers' files to one form. What is done already is not done again; nothing unread-again is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pandok.core.errors import InputError, ScanError
from pandok.core.text import Text
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.files.durable import write_durably
from pandok.engines.scans.there import read_scan
from pandok.fields.xray.acts.files.gathering import RECORD, Together
from pandok.fields.xray.acts.files.looking import Progress, scans_of, unwatched
from pandok.fields.xray.acts.files.standard_files import standard_files
from pandok.readers.xray.channel_file import key_of
from pandok.readers.xray.formats.masking import masked
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.formats.writing import WriteForm, WrittenFile, as_counts, form_for, written
from pandok.readers.xray.quality.object_report import ObjectPlaces
from pandok.readers.xray.scan import Scan
from pandok.readers.xray.standardise import MachineProfile


@dataclass(frozen=True)
class Wanted:
    """`mask_key`: names and numbers are masked with it; None leaves them."""

    form: WriteForm
    compressed: bool = False
    mask_key: bytes | None = None
    standard: MachineProfile | None = None
    """Onto the standard scale with this knowledge of the machine, with a report of quality; `form` is then TIFF."""
    test_object: ObjectPlaces | None = None
    """Standard scale: where the parts of a test object are in these scans."""

    def told(self) -> dict[str, Any]:
        key = "" if self.mask_key is None else hashlib.sha256(b"pandok xray mask" + self.mask_key).hexdigest()[:16]
        said: dict[str, Any] = {"form": self.form.value, "compressed": self.compressed, "masked": key}
        if self.standard is None:
            return said
        palettes = [one.key for one in self.standard.palettes]
        said |= {"standard": [self.standard.response.key, self.standard.air_counts, *palettes]}
        if self.standard.pitch_mm is not None:
            said["pitch_mm"] = self.standard.pitch_mm
        if self.standard.channels:
            said["channels"] = key_of(self.standard.channels)
        return said if self.test_object is None else said | {"test_object": self.test_object.model_dump(mode="json")}


@dataclass(frozen=True)
class Converted:
    together: Together
    files: tuple[str, ...] = ()
    again: bool = False
    """It stood there from an earlier call."""
    refused: InputError | None = None


def convert(
    sources: Sequence[Path],
    target: Path,
    wanted: Wanted,
    *,
    pool: DecodingPool,
    now: datetime,
    program: str,
    progress: Progress = unwatched,
) -> Iterator[Converted]:
    """Each scan of the sources, written below `target` and into its record `converted.jsonl`.

    Raises ScanError: scan.target_in_use for a folder with other files, scan.unreadable for a source that is not there.
    """
    done = _record(target)
    found = [one for one in scans_of(sources, pool) if target not in (path.parent for path in one.paths)]
    progress(0, len(found))
    for number, together in enumerate(found, 1):
        yield _convert(together, target, wanted, done, pool=pool, now=now, program=program)
        progress(number, len(found))


def _convert(
    together: Together,
    target: Path,
    wanted: Wanted,
    done: dict[str, list[dict[str, str]]],
    *,
    pool: DecodingPool,
    now: datetime,
    program: str,
) -> Converted:
    try:
        sources = together.read()
        key = _key(together, sources, wanted)
        if key in done and all(_stands(target, one) for one in done[key]):
            return Converted(together, tuple(one["name"] for one in done[key]), again=True)
        files = _files(read_scan(pool, sources), together.name, wanted, now=now, program=program)
    except InputError as error:
        return Converted(together, refused=error)
    for one in files:
        write_durably(target / one.name, one.data, overwrite=True)
    said = [{"name": one.name, "sha256": hashlib.sha256(one.data).hexdigest()} for one in files]
    line = {"key": key, "sources": [one.name for one in sources], "at": now.isoformat(), **wanted.told(), "files": said}
    with (target / RECORD).open("a", encoding="utf-8") as record:
        record.write(json.dumps(line, ensure_ascii=False) + "\n")
    return Converted(together, tuple(one.name for one in files))


def _files(scan: Scan, name: str, wanted: Wanted, *, now: datetime, program: str) -> tuple[WrittenFile, ...]:
    if wanted.mask_key is not None:
        scan = masked(scan, wanted.mask_key)
    if wanted.standard is not None:
        known = wanted.standard
        return standard_files(scan, known, name=name, now=now, program=program, test_object=wanted.test_object)
    form = form_for(scan, wanted.form)
    if form == WriteForm.DICOS:  # it has no place for transmission in float32
        scan = as_counts(scan, now=now, program=program)
    return written(scan, form, name=name, now=now, program=program, compressed=wanted.compressed)


def _key(together: Together, sources: Sequence[NamedBytes], wanted: Wanted) -> str:
    said = [together.name, wanted.told(), [(one.name, hashlib.sha256(one.data).hexdigest()) for one in sources]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _record(target: Path) -> dict[str, list[dict[str, str]]]:
    """What stands in the folder by its record; the last line may have been cut off."""
    record = target / RECORD
    if not record.is_file():
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise ScanError(
                Text(
                    ko=f"폴더에 다른 파일이 있습니다: {target.name}", en=f"The folder holds other files: {target.name}"
                ),
                Text(ko="비어 있거나 새로운 폴더를 고르십시오.", en="Choose an empty or a new folder."),
                code="scan.target_in_use",
            )
        write_durably(record, b"")
        return {}
    done = {}
    text = record.read_text(encoding="utf-8", errors="replace")
    if text and not text.endswith("\n"):
        with record.open("a", encoding="utf-8") as file:
            file.write("\n")
    for line in text.splitlines():
        try:
            said = json.loads(line)
            done[str(said["key"])] = [{"name": str(one["name"]), "sha256": str(one["sha256"])} for one in said["files"]]
        except (ValueError, KeyError, TypeError):
            continue
    return done


def _stands(target: Path, one: dict[str, str]) -> bool:
    path = target / one["name"]
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == one["sha256"]
