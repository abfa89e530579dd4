"""A folder of any makers' files onto the desk, one scan after the other, each with its row of the declarations."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from pandok.common.models import Account, Site
from pandok.core.errors import InputError, PandokError, RequestError
from pandok.core.text import Text
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.beginning import Shares
from pandok.fields.xray.acts.files.gathering import Together
from pandok.fields.xray.acts.files.looking import Progress, scans_of, unwatched
from pandok.fields.xray.acts.importing import Imported, attached, begin_with, known_scan, prepared_scan
from pandok.fields.xray.acts.keeping import StoredScan, digest_of
from pandok.fields.xray.acts.machine_report import ReportFile
from pandok.fields.xray.declaration import Declaration
from pandok.readers.xray.standardise import MachineProfile

MOST_ROWS = 1_000_000
AT_ONCE = 2
"""Scans that are worked on at the same time; their records follow in the order of the folder."""


@dataclass(frozen=True)
class Brought:
    """One scan of the folder: the inspection that it became, or why not."""

    together: Together
    imported: Imported | None = None
    refused: PandokError | None = None


def import_folder(
    sources: Sequence[Path],
    declarations: Mapping[str, Declaration],
    *,
    profile: MachineProfile,
    site: Site | None,
    actor: Account | None,
    clock: Callable[[], datetime],
    shares: Shares,
    chance: Callable[[], float],
    blobs: FolderBlobs,
    pool: DecodingPool,
    progress: Progress = unwatched,
) -> Iterator[Brought]:
    """What was imported before is passed by, so that a call that was cut off is simply called again. Threat reports of
    machines go to their scans once all scans are there.

    `declarations` by the name of the scan (`gathering.Together.name`). Raises ScanError for a source that is not there.
    """
    found = scans_of(sources, pool)
    progress(0, len(found))
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="scan") as workers:
        ahead: deque[tuple[Together, Future[StoredScan | ReportFile] | Imported | InputError]] = deque()
        reports: list[tuple[Together, ReportFile]] = []
        left = iter(found)
        number = 0
        try:
            while True:
                while len(ahead) <= AT_ONCE and (together := next(left, None)) is not None:
                    ahead.append((together, _begun(together, workers, profile, site, blobs, pool)))
                if not ahead:
                    break
                together, waits = ahead.popleft()
                prepared = _waited(waits)
                if isinstance(prepared, ReportFile):
                    reports.append((together, prepared))
                    continue
                yield _brought(
                    together,
                    prepared,
                    declaration=declarations.get(together.name, Declaration()),
                    site=site,
                    actor=actor,
                    clock=clock,
                    shares=shares,
                    chance=chance,
                )
                number += 1
                progress(number, len(found))
            for together, report in reports:
                yield _attached(together, report, site=site, actor=actor, now=clock(), blobs=blobs)
                number += 1
                progress(number, len(found))
        finally:
            workers.shutdown(wait=True, cancel_futures=True)


def _begun(
    together: Together,
    workers: ThreadPoolExecutor,
    profile: MachineProfile,
    site: Site | None,
    blobs: FolderBlobs,
    pool: DecodingPool,
) -> Future[StoredScan | ReportFile] | Imported | InputError:
    """Its work, which no record is needed for, in a thread; or what stood there already."""
    try:
        files = together.read()
    except InputError as error:
        return error
    sha256 = digest_of(files)
    if (known := known_scan(sha256, site)) is not None:
        return Imported(known, again=True)
    return workers.submit(prepared_scan, files, profile, blobs, pool, sha256)


def _waited(
    waits: Future[StoredScan | ReportFile] | Imported | InputError,
) -> StoredScan | ReportFile | Imported | InputError:
    if not isinstance(waits, Future):
        return waits
    try:
        return waits.result()
    except InputError as error:
        return error


def _attached(
    together: Together,
    report: ReportFile,
    *,
    site: Site | None,
    actor: Account | None,
    now: datetime,
    blobs: FolderBlobs,
) -> Brought:
    try:
        return Brought(together, attached(report, site=site, actor=actor, now=now, blobs=blobs))
    except RequestError as error:
        return Brought(together, refused=error)


def _brought(
    together: Together,
    stored: StoredScan | Imported | InputError,
    *,
    declaration: Declaration,
    site: Site | None,
    actor: Account | None,
    clock: Callable[[], datetime],
    shares: Shares,
    chance: Callable[[], float],
) -> Brought:
    if isinstance(stored, Imported):
        return Brought(together, stored)
    if isinstance(stored, InputError):
        return Brought(together, refused=stored)
    imported = begin_with(
        stored, declaration=declaration, site=site, actor=actor, now=clock(), shares=shares, chance=chance
    )
    return Brought(together, imported)


def declarations_of(text: str) -> dict[str, Declaration]:
    """A table with the column `name` and those of a declaration. Raises InputError with the row that does not fit."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if "name" not in (rows.fieldnames or ()):
        raise _wrong(1, "name")
    found: dict[str, Declaration] = {}
    for number, row in enumerate(rows, 2):
        name = (row.pop("name") or "").strip()
        said = {key: value for key, value in row.items() if value not in (None, "")}
        try:
            found[name] = Declaration.model_validate(said)
        except ValidationError as error:
            raise _wrong(number, ".".join(str(one) for one in error.errors()[0]["loc"])) from error
        if number > MOST_ROWS:
            raise _wrong(number, "")
    return found


def _wrong(row: int, column: str) -> InputError:
    return InputError(
        Text(
            ko=f"신고 내용 파일 {row}행의 '{column}' 값을 읽을 수 없습니다.",
            en=f"Row {row} of the declarations: the value of '{column}' cannot be read.",
        ),
        Text(
            ko="name 열과 goods, hs_code, origin, quantity, mass_g, value_krw, consignment, "
            "container_type 열만 쓰십시오.",
            en="Use the column name and those of goods, hs_code, origin, quantity, mass_g, value_krw, consignment, "
            "container_type.",
        ),
        code="xray.declarations_wrong",
        row=row,
    )
