"""Read every stored file again: is it there, and is it what was stored? Goes on where it was interrupted.

A file of the blobs that holds other bytes than its name says is set aside (quarantine), so that sending the same bytes
again heals it. Sealed files stay where they are: their seal tells by itself, and a backup may bring them back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from pandok.common.audit import writing as audit
from pandok.core.errors import StoreError
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.files.durable import write_durably
from pandok.engines.index.manifest import generation_name, read_current
from pandok.fields.counterfeit.models import CaseDocument, ErasedFile, Notice
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import ProofRecord, VaultObject
from pandok.fields.register.models import View

STATE = "scrub.json"
SAVED_EVERY = 200
BLOBS, NAMED, VAULT, INDEX = "blobs", "named", "vault", "index"
PARTS = (BLOBS, NAMED, VAULT, INDEX)
Progress = Callable[[str, int, int], None]


class FileFault(BaseModel):
    """`what`: damaged, missing or unreadable. `part`: blobs, named (a row names it), vault or index."""

    part: str
    file: str
    what: str


class ScrubState(BaseModel):
    """How far a scrub has come; `after` is the last name that was looked at in `part`."""

    started_at: datetime
    part: str = BLOBS
    after: str = ""
    checked: int = 0
    faults: list[FileFault] = []


def scrub(
    *,
    home: Path,
    vault: Vault,
    actor: str,
    clock: Callable[[], datetime],
    restart: bool = False,
    progress: Progress = lambda _part, _done, _total: None,
) -> ScrubState:
    """Look at everything once. An interrupted scrub goes on where it stopped, unless `restart`. Leaves an audit event.

    Raises StoreError where the folder itself cannot be read or written."""
    place = home / STATE
    state = (None if restart else _saved(place)) or ScrubState(started_at=clock())
    blobs = FolderBlobs(home / "blobs")
    looks: dict[str, Callable[[str], Iterator[tuple[str, str]]]] = {
        BLOBS: lambda after: _blobs(blobs, after),
        NAMED: lambda after: _named(blobs, after),
        VAULT: lambda after: _vault(vault, after),
        INDEX: lambda after: _index(home / "index", after),
    }
    for part in PARTS[PARTS.index(state.part) :]:
        if part != state.part:
            state.part, state.after = part, ""
        for number, (name, what) in enumerate(looks[part](state.after), 1):
            state.after, state.checked = name, state.checked + 1
            if what:
                state.faults.append(FileFault(part=part, file=name, what=what))
            if what or number % SAVED_EVERY == 0:
                write_durably(place, state.model_dump_json().encode(), overwrite=True)
                progress(part, number, 0)
        progress(part, 1, 1)
    audit.tell(actor, "scrub.done", "store:files", "", clock(), {"checked": state.checked, "faults": len(state.faults)})
    place.unlink(missing_ok=True)
    return state


def _saved(place: Path) -> ScrubState | None:
    try:
        found = ScrubState.model_validate_json(place.read_bytes())
    except (FileNotFoundError, ValidationError, ValueError):
        return None
    return found if found.part in PARTS else None


def _blobs(blobs: FolderBlobs, after: str) -> Iterator[tuple[str, str]]:
    for sha256 in blobs.names(after):
        try:
            whole = blobs.is_whole(sha256)
        except OSError:
            yield sha256, "unreadable"
            continue
        if not whole:
            blobs.set_aside(sha256, "damaged")
        yield sha256, "" if whole else "damaged"


def _named(blobs: FolderBlobs, after: str) -> Iterator[tuple[str, str]]:
    """Files that a row names, in order, and that nobody has erased."""
    columns: Iterable[Iterable[str]] = (
        View.everything.values_list("sha256", flat=True),
        SignalPhotograph.objects.values_list("sha256", flat=True),
        SignalPhotograph.objects.values_list("original_sha256", flat=True),
        CaseDocument.objects.values_list("sha256", flat=True),
        Notice.objects.values_list("pdf_sha256", flat=True),
        ProofRecord.objects.values_list("pack_sha256", flat=True),
    )
    names = {name for column in columns for name in column if name > after}
    names -= set(ErasedFile.objects.values_list("sha256", flat=True))
    for sha256 in sorted(names):
        yield sha256, "" if sha256 in blobs else "missing"


def _vault(vault: Vault, after: str) -> Iterator[tuple[str, str]]:
    """By the hash of the sealed bytes; no key is needed (`pandok lab vault verify` opens the seals as well)."""
    rows = VaultObject.objects.filter(deleted_at=None, sealed_path__gt=after).order_by("sealed_path")
    for path, sealed in rows.values_list("sealed_path", "sealed_sha256").iterator(chunk_size=500):
        try:
            yield path, "" if vault.files.sha256(path) == sealed else "damaged"
        except FileNotFoundError:
            yield path, "missing"
        except OSError:
            yield path, "unreadable"


def _index(folder: Path, after: str) -> Iterator[tuple[str, str]]:
    """Whether every index names a generation that is there; its own checks follow when it is opened."""
    for place in sorted(one for one in folder.glob("*") if one.is_dir() and one.name > after):
        try:
            generation = read_current(place)
        except StoreError:
            yield place.name, "damaged"
            continue
        there = generation == 0 or (place / generation_name(generation)).exists()
        yield place.name, "" if there else "missing"
