"""Questions to the register, answered with values; callers see no database rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Max, Q

from pandok.core.reading import RegisteredDesign
from pandok.core.rights import LegalStatus, recordal_on, status_on
from pandok.core.text import Text
from pandok.fields.register.models import Design, Holder, ImportFinding, KeptField, RegisterChange, View, ViewOrigin
from pandok.fields.register.records import SourceFinding
from pandok.fields.register.right_standing import in_force_on, recorded_on

MAX_KEYS = 2000


@dataclass(frozen=True, slots=True)
class ViewFacts:
    """A view and the right that it belongs to, as it stood on the day of the question. `confirmed`: it is a photograph
    of the case that `view` names, for customs only."""

    view_key: int
    view: str
    sha256: str
    source_path: str
    design: RegisteredDesign
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What the vector index keeps beside a vector. `in_force` and `recorded` are what the sources said, whatever the
    day: a filter of the index lets through too much, never too little, and rights are asked for the day of a search."""

    view_key: int
    sha256: str
    locarno_class: str
    in_force: bool
    recorded: bool
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ViewChange:
    """One step of the outbox. `row` is the view as it is now; None where it is withdrawn."""

    change_id: int
    kind: Literal["added", "withdrawn", "filter"]
    view_key: int
    row: IndexRow | None


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    designs: int
    views: int
    holders: int
    in_force: int
    recorded: int
    last_change_id: int


_DESIGN = (
    "design__design_id",
    "design__holder__name",
    "design__article",
    "design__locarno_class",
    "design__status",
    "design__recorded_with_customs",
    "design__registration_number",
    "design__further_classes",
    "design__expires_on",
    "design__recordal_valid_until",
)
_INDEX = ("sha256", "design__locarno_class", "design__status", "design__recorded_with_customs", "origin")


def _design(row: tuple[Any, ...], on: date) -> RegisteredDesign:
    design_id, holder, article, locarno_class, said, recorded, registration, further, expires_on, valid_until = row
    status = status_on(LegalStatus(said), on, expires_on).value
    # A reading looks at a thousand rows of the register's own tables: they were checked when they were written.
    return RegisteredDesign.model_construct(
        design_id=str(design_id),
        holder=str(holder or ""),
        article=str(article),
        locarno_class=str(locarno_class),
        status="" if status == LegalStatus.UNKNOWN.value else str(status),
        recorded_with_customs=recordal_on(recorded, on, valid_until),
        registration_number=str(registration),
        further_classes=tuple(further.split()),
    )


def views_by_key(keys: Sequence[int], on: date) -> dict[int, ViewFacts]:
    """Views that are in search, confirmed photographs too, by their key, in one query, with their rights as they stand
    on a day. Keys that are unknown or withdrawn are left out.

    Raises ValueError for more than 2,000 keys.
    """
    if len(keys) > MAX_KEYS:
        raise ValueError(f"at most {MAX_KEYS} keys, not {len(keys)}")
    rows = View.everything.filter(view_key__in=[int(key) for key in keys], withdrawn_at=None).order_by()
    names = ("view_key", "name", "sha256", "source_path", "origin", *_DESIGN)
    return {row[0]: _view(row, on) for row in rows.values_list(*names)}


def _view(row: tuple[Any, ...], on: date) -> ViewFacts:
    key, name, sha256, path, origin = row[:5]
    return ViewFacts(key, name, sha256, path, design=_design(row[5:], on), confirmed=origin == ViewOrigin.CONFIRMED)


def _index_row(view_key: int, row: Sequence[object]) -> IndexRow:
    sha256, locarno_class, status, recorded, origin = row
    return IndexRow(
        view_key,
        str(sha256),
        str(locarno_class),
        in_force=status == LegalStatus.IN_FORCE.value,
        recorded=recorded is True,
        confirmed=origin == ViewOrigin.CONFIRMED,
    )


def index_row(view_key: int) -> IndexRow | None:
    """One view, registered or confirmed, as it is now; None where it is not in search."""
    row = View.everything.filter(view_key=view_key, withdrawn_at=None).values_list(*_INDEX).first()
    return None if row is None else _index_row(view_key, row)


def confirmed_keys(hashes: Collection[str]) -> dict[str, int]:
    """The keys of confirmed photographs that are in search, by the sha256 of their files."""
    if not hashes:
        return {}
    rows = View.everything.filter(sha256__in=list(hashes), origin=ViewOrigin.CONFIRMED, withdrawn_at=None)
    return dict(rows.values_list("sha256", "view_key"))


def views_after(view_key: int, limit: int) -> list[IndexRow]:
    """The next views in search with a key above `view_key`, in order of key: for building an index from nothing."""
    rows = View.everything.filter(view_key__gt=view_key, withdrawn_at=None).order_by("view_key")
    return [_index_row(row[0], row[1:]) for row in rows.values_list("view_key", *_INDEX)[:limit]]


def last_change_id() -> int:
    """The newest step of the outbox; 0 where there is none. Take it *before* building an index with `views_after`."""
    return RegisterChange.objects.aggregate(last=Max("change_id"))["last"] or 0


def changed_since(change_id: int, limit: int = 1000) -> list[ViewChange]:
    """The next steps of the outbox after `change_id`, in order. Applying a step twice does no harm."""
    rows = RegisterChange.objects.filter(change_id__gt=change_id).order_by("change_id")
    names = ("change_id", "kind", "view_id", "view__withdrawn_at", *(f"view__{name}" for name in _INDEX))
    return [
        ViewChange(row[0], row[1], row[2], None if row[3] else _index_row(row[2], row[4:]))
        for row in rows.values_list(*names)[:limit]
    ]


def findings(run_id: int) -> Iterator[SourceFinding]:
    """Everything that was wrong in one import, in the order in which it was found."""
    rows = ImportFinding.objects.filter(run=run_id).order_by("pk").iterator(chunk_size=1000)
    return (SourceFinding(row.code, row.file, row.line, row.design_id, Text(ko=row.ko, en=row.en)) for row in rows)


def kept_fields(design: Design) -> list[KeptField]:
    """What sources say of a design beyond the facts that are read, the newest under each name, by name."""
    newest = {one.name: one for one in KeptField.objects.filter(design=design).order_by("pk")}
    return [newest[name] for name in sorted(newest)]


def keys_of_further_classes(classes: Sequence[str], limit: int) -> list[int]:
    """Views in search whose design has one of the classes ("11" or "11-01") beside its first, which the index keeps."""
    wanted = Q()
    for one in classes:
        starts = one if "-" in one else f"{one}-"
        wanted |= Q(design__further_classes__startswith=starts) | Q(design__further_classes__contains=f" {starts}")
    if not classes:
        return []
    rows = View.everything.filter(wanted, withdrawn_at=None).order_by("view_key")
    return list(rows.values_list("view_key", flat=True)[:limit])


def counts(on: date) -> RegisterCounts:
    """How much is in the register, and how much of it stands on a day."""
    designs = Design.objects
    return RegisterCounts(
        designs=designs.count(),
        views=View.objects.filter(withdrawn_at=None).count(),
        holders=Holder.objects.count(),
        in_force=designs.filter(in_force_on(on)).count(),
        recorded=designs.filter(recorded_on(on)).count(),
        last_change_id=last_change_id(),
    )
