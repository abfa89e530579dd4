"""One batch of prepared records into the database, in one transaction, with history, outbox and audit.

Storing the same batch twice changes nothing the second time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from django.db import models, transaction

from pandok.common.audit import writing as audit
from pandok.core.audit import AuditEvent
from pandok.core.rights import LegalStatus
from pandok.fields.register.acts.preparing import Prepared, PreparedView
from pandok.fields.register.models import (
    Citation,
    ClassChange,
    Design,
    FactChange,
    Holder,
    ImportedRecord,
    KeptField,
    RegisterChange,
    StatusChange,
    View,
    ViewOrigin,
)
from pandok.fields.register.records import DATE_FACTS

LONGEST_NAME, LONGEST_VALUE, MOST_UNREAD = 100, 500, 60
"""Of what is kept unread, a design."""
_PLAIN = (
    "article",
    "word_mark",
    "registration_number",
    "application_number",
    "international_number",
    "recordal_number",
    "recorded_with_customs",
    "further_classes",
)
_FIELDS = (
    *_PLAIN,
    *DATE_FACTS,
    "holder",
    "locarno_class",
    "locarno_edition",
    "korean_class",
    "korean_class_version",
    "status",
    "status_word",
    "status_since",
    "source",
)


_Row = TypeVar("_Row", bound=models.Model)


@dataclass
class _Changes:
    """Rows to be added for the designs of one batch."""

    event: AuditEvent
    source: str
    history: list[models.Model] = field(default_factory=list)
    outbox: list[tuple[str, View]] = field(default_factory=list)
    new_views: list[View] = field(default_factory=list)
    withdrawn: list[View] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, kind: type[models.Model], design: Design, effective_on: date | None, **values: str) -> None:
        common = {"design": design, "source": self.source, "recorded_at": self.event.at, "effective_on": effective_on}
        self.history.append(kind(**common, **values))


def store(batch: Sequence[Prepared], *, event: AuditEvent, source: str) -> Counter[str]:
    """Write a batch whose design ids are all different. Returns what it did, by name; nothing done is all zero.

    Where something changed, one audit entry tells how much, in the same transaction.
    """
    changes = _Changes(event, source)
    with transaction.atomic():
        holders = _holders(str(each.checked.values["holder"]) for each in batch if "holder" in each.checked.values)
        ids = [each.record.design_id for each in batch]
        known = {design.design_id: design for design in Design.objects.filter(design_id__in=ids)}
        fresh = {name: Design(design_id=name) for name in ids if name not in known}
        in_search = _views_in_search(known.values())
        changed: list[Design] = []
        stale: set[int] = set()
        for prepared in batch:
            name = prepared.record.design_id
            design = known.get(name) or fresh[name]
            filters = _filters(design)
            facts_changed = _apply(design, prepared, holders, changes)
            views_replaced = _apply_views(design, prepared.views, _of_the_register(in_search[design.pk]), changes)
            if name in fresh:
                continue
            if facts_changed:
                changed.append(design)
                if _filters(design) != filters:
                    gone = {view.pk for view in changes.withdrawn}
                    changes.outbox += [("filter", view) for view in in_search[design.pk] if view.pk not in gone]
            if facts_changed or views_replaced:
                stale.add(design.pk)
        Design.objects.bulk_create(fresh.values())
        Design.objects.bulk_update(changed, _FIELDS, batch_size=200)
        changes.counts["designs_added"] += len(fresh)
        changes.counts["designs_changed"] += len(changed)
        _write(changes)
        designs = known | fresh
        changes.counts["citations_added"] += _cite(batch, designs)
        changes.counts["fields_kept"] += _keep_unread(batch, designs, changes)
        _remember(batch, designs, stale)
        if changes.counts.total():
            details = {name: count for name, count in sorted(changes.counts.items()) if count}
            span = {"first": ids[0], "last": ids[-1], "source": source}
            audit.record(replace(event, details={**event.details, **details, **span}))
    return changes.counts


def _holders(names: Iterable[str]) -> dict[str, Holder]:
    wanted = set(names)
    known = {holder.name: holder for holder in Holder.objects.filter(name__in=wanted)}
    if wanted - known.keys():
        Holder.objects.bulk_create([Holder(name=name) for name in sorted(wanted - known.keys())], ignore_conflicts=True)
        known = {holder.name: holder for holder in Holder.objects.filter(name__in=wanted)}
    return known


def _of_the_register(views: Iterable[View]) -> list[View]:
    """Those that an import may replace: a confirmed photograph is no source's to change."""
    return [view for view in views if view.origin == ViewOrigin.REGISTER]


def _views_in_search(designs: Iterable[Design]) -> defaultdict[int, list[View]]:
    """Of each design, confirmed photographs too: class and status of the right hold for every view of it."""
    found: defaultdict[int, list[View]] = defaultdict(list)
    for view in View.everything.filter(design__in=[design.pk for design in designs], withdrawn_at=None):
        found[view.design_id].append(view)
    return found


def _filters(design: Design) -> tuple[str, bool, bool]:
    """What the index filters by. It knows no days: those are asked when the register is read."""
    return (design.locarno_class, design.status == LegalStatus.IN_FORCE.value, design.recorded_with_customs is True)


def _apply(design: Design, prepared: Prepared, holders: dict[str, Holder], changes: _Changes) -> bool:
    """Set what the record says; note what changes. True where anything did."""
    values, before = prepared.checked.values, len(changes.history)
    is_new = design.pk is None
    _apply_status(design, prepared, changes)
    for scheme, edition in (("locarno", "locarno_edition"), ("korean", "korean_class_version")):
        _apply_class(design, scheme, edition, values, prepared, changes)
    facts: dict[str, object] = {name: values[name] for name in (*_PLAIN, *DATE_FACTS) if name in values}
    if "holder" in values:
        facts["holder"] = holders[str(values["holder"])]
    for name, new in facts.items():
        old = getattr(design, name)
        if old != new:
            if not is_new:
                changes.note(FactChange, design, None, fact=name, old=_shown(old), new=_shown(new))
            setattr(design, name, new)
    if len(changes.history) > before:
        design.source = changes.source
    return len(changes.history) > before


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _apply_status(design: Design, prepared: Prepared, changes: _Changes) -> None:
    checked = prepared.checked
    status = checked.status if checked.status is not None or design.pk else LegalStatus.UNKNOWN
    if status is None:
        status = LegalStatus(design.status)
    old = design.status if design.pk else ""
    if status.value == old:
        if checked.status_since and checked.status_since != design.status_since:
            was = _shown(design.status_since)
            changes.note(FactChange, design, None, fact="status_since", old=was, new=_shown(checked.status_since))
            design.status_since = checked.status_since
        return
    word, since = checked.status_word or design.status_word, checked.status_since
    changes.note(StatusChange, design, since, old=old, new=status.value, old_word=design.status_word, new_word=word)
    design.status, design.status_word, design.status_since = status.value, word, since
    changes.counts["status_changes"] += bool(old)


def _apply_class(
    design: Design,
    scheme: str,
    edition_field: str,
    values: Mapping[str, str | bool | date | None],
    prepared: Prepared,
    changes: _Changes,
) -> None:
    field_name = f"{scheme}_class"
    old, old_edition = getattr(design, field_name), getattr(design, edition_field)
    new = str(values.get(field_name, old))
    edition = str(values.get(edition_field, old_edition if new == old else ""))
    if not new or (new, edition) == (old, old_edition):
        return
    since = values.get("registered_on") if not old else prepared.checked.status_since
    changes.note(
        ClassChange,
        design,
        since if isinstance(since, date) else None,
        scheme=scheme,
        old=old,
        old_edition=old_edition,
        new=new,
        new_edition=edition,
    )
    setattr(design, field_name, new)
    setattr(design, edition_field, edition)
    changes.counts["class_changes"] += bool(old)


def _apply_views(design: Design, views: Sequence[PreparedView], active: list[View], changes: _Changes) -> bool:
    """Add new views. One of the same name and path with another picture replaces the old. True where one did."""
    replaced = False
    for view in views:
        if any(each.name == view.name and each.sha256 == view.sha256 for each in active):
            continue
        for old in active:
            if (old.name, old.source_path) == (view.name, view.source_path):
                old.withdrawn_at = changes.event.at
                changes.withdrawn.append(old)
                changes.outbox.append(("withdrawn", old))
                replaced = True
        row = View(
            design=design,
            name=view.name,
            sha256=view.sha256,
            media_type=view.picture.media_type,
            width=view.picture.width,
            height=view.picture.height,
            order=view.order,
            source_path=view.source_path,
            added_at=changes.event.at,
        )
        changes.new_views.append(row)
        changes.outbox.append(("added", row))
    return replaced


def _write(changes: _Changes) -> None:
    for row in (*changes.new_views, *changes.history):
        row.design_id = row.design.pk  # type: ignore[attr-defined]  # new designs have their key only now
    View.objects.bulk_create(changes.new_views)
    View.objects.bulk_update(changes.withdrawn, ["withdrawn_at"])
    for kind in (StatusChange, ClassChange, FactChange):
        _add(kind, changes.history)
    at = changes.event.at
    RegisterChange.objects.bulk_create(RegisterChange(kind=kind, view=view, at=at) for kind, view in changes.outbox)
    changes.counts["views_added"] += len(changes.new_views)
    changes.counts["views_withdrawn"] += len(changes.withdrawn)


def _add(kind: type[_Row], history: Sequence[models.Model]) -> None:
    kind._default_manager.bulk_create([row for row in history if isinstance(row, kind)])


def _cite(batch: Sequence[Prepared], designs: dict[str, Design]) -> int:
    wanted = {
        (designs[each.record.design_id].pk, citation.country[:10], citation.number[:100]): citation
        for each in batch
        for citation in each.record.citations
        if citation.number
    }
    if not wanted:
        return 0
    rows = Citation.objects.filter(design__in={key[0] for key in wanted})
    known = set(rows.values_list("design_id", "country", "number"))
    new = [
        Citation(design_id=key[0], country=key[1], number=key[2], kind=each.kind[:10], published=each.published[:10])
        for key, each in wanted.items()
        if key not in known
    ]
    Citation.objects.bulk_create(new)
    return len(new)


def _keep_unread(batch: Sequence[Prepared], designs: dict[str, Design], changes: _Changes) -> int:
    """What sources say under other names, where it is new or differs from what was said last."""
    said = {
        (designs[each.record.design_id].pk, name[:LONGEST_NAME]): value[:LONGEST_VALUE]
        for each in batch
        for name, value in list(each.record.unread.items())[:MOST_UNREAD]
    }
    if not said:
        return 0
    rows = KeptField.objects.filter(design__in={key[0] for key in said}).order_by("pk")
    last = {(row[0], row[1]): row[2] for row in rows.values_list("design_id", "name", "value")}
    new = [
        KeptField(design_id=key[0], name=key[1], value=value, source=changes.source, recorded_at=changes.event.at)
        for key, value in said.items()
        if last.get(key) != value
    ]
    KeptField.objects.bulk_create(new)
    return len(new)


def _remember(batch: Sequence[Prepared], designs: dict[str, Design], stale: set[int]) -> None:
    """Fingerprints of whole records; those of a design that changed since are forgotten."""
    if stale:
        ImportedRecord.objects.filter(design__in=stale).delete()
    rows = [
        ImportedRecord(design=designs[each.record.design_id], part=each.part, fingerprint=each.fingerprint)
        for each in batch
        if each.fingerprint
    ]
    ImportedRecord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["design", "part"], update_fields=["fingerprint"]
    )
