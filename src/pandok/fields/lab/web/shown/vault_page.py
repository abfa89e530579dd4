"""What the page of a deposit shows: facts, lineage as a drawing, personal data by kind, grants and uses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pandok.core.lab.personal_data import PersonalDataReport, PersonalKind, Sureness, Treatment
from pandok.core.text import Text
from pandok.fields.lab.acts.vault.held_back import held_in
from pandok.fields.lab.acts.vault.lineage import edges_of
from pandok.fields.lab.acts.vault.masking.documents import PLACE_WORDS
from pandok.fields.lab.models import Deposit, Grant, ObjectKind, Use, VaultDeletion, VaultObject

USES_SHOWN = 50
OBJECTS_SHOWN = 100
KINDS: dict[str, Text] = {
    ObjectKind.RAW: Text(ko="원자료", en="Raw"),
    ObjectKind.MASKED: Text(ko="가림본", en="Masked"),
    ObjectKind.LABELLED: Text(ko="라벨", en="Labelled"),
    ObjectKind.SPLIT: Text(ko="분할", en="Split"),
    ObjectKind.INPUTS: Text(ko="봉인 입력", en="Sealed inputs"),
    ObjectKind.LABELS: Text(ko="봉인 정답", en="Sealed answers"),
    ObjectKind.REPORT: Text(ko="보고서", en="Report"),
    ObjectKind.SCORES: Text(ko="봉인 채점", en="Sealed scores"),
    "model": Text(ko="모델", en="Model"),
}
_ORDER = (*ObjectKind.values, "model")
_BOX, _GAP, _HIGH = 150, 90, 64


@dataclass(frozen=True)
class LineageDrawing:
    """Boxes by kind from left to right, arrows between them; the same as sentences below."""

    width: int
    height: int
    boxes: list[dict[str, Any]]
    arrows: list[dict[str, Any]]
    sentences: list[str]


@dataclass(frozen=True)
class FoundRow:
    kind: str
    count: int
    objects: int
    why: str
    treatment: str


@dataclass(frozen=True)
class PersonalDataShown:
    looked: int
    waiting: int
    not_looked: int
    rows: list[FoundRow]
    remarks: list[str]


def deposit_context(deposit: Deposit, now: datetime) -> dict[str, Any]:
    contents = deposit.contents.filter(deleted_at=None)
    counts = Counter(contents.values_list("kind", flat=True))
    uses = Use.objects.filter(object__deposit=deposit).select_related("actor", "project", "object").order_by("-pk")
    return {
        "deposit": deposit,
        "state": state_of(deposit, now),
        "kinds": [(_said(KINDS[kind]), counts[kind]) for kind in _ORDER if counts[kind]],
        "objects": [(one, _said(KINDS[one.kind])) for one in contents.order_by("name", "version")[:OBJECTS_SHOWN]],
        "object_count": sum(counts.values()),
        "lineage": lineage_of(deposit),
        "personal": personal_data_of(deposit),
        "held": [(one, held_finds(one)) for one in held_in(deposit).order_by("name")[:OBJECTS_SHOWN]],
        "grants": [(one, _grant_state(one, now)) for one in deposit.grants.select_related("project", "granted_by")],
        "uses": uses[:USES_SHOWN],
        "use_count": uses.count(),
        "deletions": VaultDeletion.objects.filter(deposit=deposit),
    }


def held_finds(one: VaultObject) -> list[str]:
    """What was found in a document that waits for a person; nothing where it waits to be looked through."""
    if not one.report:
        return []
    report = PersonalDataReport.model_validate(one.report)
    finds = []
    for found in report.found:
        places = [_said(PLACE_WORDS[one]) if one in PLACE_WORDS else one for one in found.columns]
        finds.append(f"{_said(found.kind.words)} {found.count} ({', '.join(places)})")
    return [*finds, *(_said(remark) for remark in report.remarks)]


def state_of(deposit: Deposit, now: datetime) -> tuple[str, str]:
    """Badge and words."""
    if deposit.deleted:
        return "plain", _("Deleted")
    if now >= deposit.expires_at:
        return "unsure", _("Expired, closed")
    return "good", _("Open to grants")


def lineage_of(deposit: Deposit) -> LineageDrawing | None:
    edges = edges_of(deposit)
    if not edges:
        return None
    kinds = sorted({kind for edge in edges for kind in edge[:2]}, key=_ORDER.index)
    left = {kind: place * (_BOX + _GAP) for place, kind in enumerate(kinds)}
    boxes = [{"x": left[kind], "middle": left[kind] + _BOX // 2, "words": _said(KINDS[kind])} for kind in kinds]
    arrows, sentences = [], []
    for place, (source, made, step, tool, count) in enumerate(edges):
        start, end = left[source] + _BOX // 2, left[made] + _BOX // 2
        depth = _HIGH + 24 + 26 * place
        arrows.append({"path": f"M{start},{_HIGH} V{depth} H{end} V{_HIGH + 6}", "end": end, "high": _HIGH})
        sentences.append(
            ngettext(
                "%(source)s → %(made)s: %(step)s by %(tool)s, %(count)d time",
                "%(source)s → %(made)s: %(step)s by %(tool)s, %(count)d times",
                count,
            )
            % {
                "source": _said(KINDS[source]),
                "made": _said(KINDS[made]),
                "step": step,
                "tool": tool or "–",
                "count": count,
            }
        )
    width = left[kinds[-1]] + _BOX
    return LineageDrawing(width, _HIGH + 8 + 26 * len(edges), boxes, arrows, sentences)


def personal_data_of(deposit: Deposit) -> PersonalDataShown:
    reports = [
        PersonalDataReport.model_validate(one)
        for one in deposit.contents.filter(kind=ObjectKind.RAW).exclude(report={}).values_list("report", flat=True)
    ]
    counts: Counter[tuple[PersonalKind, Sureness, Treatment]] = Counter()
    objects: Counter[tuple[PersonalKind, Sureness, Treatment]] = Counter()
    for report in reports:
        for one in report.found:
            counts[(one.kind, one.sureness, one.treatment)] += one.count
        objects.update({(one.kind, one.sureness, one.treatment) for one in report.found})
    rows = [
        FoundRow(_said(key[0].words), count, objects[key], _said(key[1].words), _said(key[2].words))
        for key, count in counts.most_common()
    ]
    remarks = list(dict.fromkeys(_said(remark) for report in reports for remark in report.remarks))
    waiting = deposit.contents.filter(kind=ObjectKind.RAW, deleted_at=None, report={}).count()
    looked = sum(1 for report in reports if report.looked_for)
    return PersonalDataShown(looked, waiting, len(reports) - looked, rows, remarks)


def _grant_state(grant: Grant, now: datetime) -> tuple[str, str, bool]:
    """Badge, words, and whether it can still be revoked."""
    if grant.revoked_at is not None:
        return "bad", _("Grant revoked"), False
    if now >= grant.ends_at:
        return "plain", _("Ended"), False
    if now < grant.starts_at:
        return "unsure", _("Not begun"), True
    return "good", _("Stands"), True


def _said(text: Text) -> str:
    return text.in_language(get_language() or "ko")
