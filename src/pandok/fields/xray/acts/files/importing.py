"""A folder of any makers' files onto the desk, one scan after the other, each with its row of the declarations."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from pandok.common.models import Account, Site
from pandok.core.errors import InputError, PandokError
from pandok.core.text import Text
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.beginning import Shares
from pandok.fields.xray.acts.files.gathering import Together
from pandok.fields.xray.acts.files.looking import Progress, scans_of, unwatched
from pandok.fields.xray.acts.importing import Imported, import_scan
from pandok.fields.xray.declaration import Declaration
from pandok.readers.xray.standardise import MachineProfile

MOST_ROWS = 1_000_000


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
    """What was imported before is passed by, so that a call that was cut off is simply called again.

    `declarations` by the name of the scan (`gathering.Together.name`). Raises ScanError for a source that is not there.
    """
    found = scans_of(sources, pool)
    progress(0, len(found))
    for number, together in enumerate(found, 1):
        try:
            imported = import_scan(
                files=together.read(),
                declaration=declarations.get(together.name, Declaration()),
                profile=profile,
                site=site,
                actor=actor,
                now=clock(),
                shares=shares,
                chance=chance,
                blobs=blobs,
                pool=pool,
            )
            yield Brought(together, imported)
        except InputError as error:
            yield Brought(together, refused=error)
        progress(number, len(found))


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
            ko="name 열과 goods, hs_code, origin, quantity, mass_g, value_krw, consignment 열만 쓰십시오.",
            en="Use the column name and those of goods, hs_code, origin, quantity, mass_g, value_krw, consignment.",
        ),
        code="xray.declarations_wrong",
        row=row,
    )
