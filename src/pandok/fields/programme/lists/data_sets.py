"""Data sets: found, shown, and how they are used where they stand in the lab's vault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pandok.fields.lab.models import Grant, Use
from pandok.fields.programme.data_refusals import refusal
from pandok.fields.programme.data_states import DataSetState
from pandok.fields.programme.models import DataSet, DataSetVersion, QualityReport, QualityRun
from pandok.fields.programme.topics import KoreanRegion

MOST_WORDS = 5


@dataclass(frozen=True)
class Asked:
    words: str = ""
    state: str = ""
    region: str = ""


def data_sets_among(shown: QuerySet[DataSet], asked: Asked) -> QuerySet[DataSet]:
    """The newest first."""
    if asked.state in set(DataSetState):
        shown = shown.filter(state=asked.state)
    if asked.region in set(KoreanRegion):
        shown = shown.filter(region=asked.region)
    for word in asked.words.split()[:MOST_WORDS]:
        shown = shown.filter(
            Q(number=word) | Q(title__icontains=word) | Q(purpose__icontains=word) | Q(owner_body__icontains=word)
        )
    return shown.order_by("-made_at", "-id")


def public_data_sets() -> QuerySet[DataSet]:
    return DataSet.objects.filter(state=DataSetState.PUBLISHED.value)


def data_set_for(data_set_id: UUID) -> DataSet:
    """Raises RequestError: data_set.not_there."""
    found = DataSet.objects.select_related("agreement", "deposit", "made_by").filter(pk=data_set_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def version_of(data_set: DataSet) -> DataSetVersion:
    """The newest."""
    return data_set.versions.get(version=data_set.version)


def reports_of(data_set: DataSet) -> QuerySet[QualityReport]:
    """The newest first, of all versions."""
    return QualityReport.objects.filter(version__data_set=data_set).select_related("version", "made_by")


def report_now(data_set: DataSet) -> QualityReport | None:
    """The newest on the version that counts."""
    return reports_of(data_set).filter(version__version=data_set.version).first()


def runs_shown(data_set: DataSet) -> list[QualityRun]:
    """What is being looked through, and what failed since the newest report."""
    newest = report_now(data_set)
    found = QualityRun.objects.filter(version__data_set=data_set, report=None).select_related("asked_by")
    if newest is not None:
        found = found.filter(Q(finished_at=None) | Q(finished_at__gt=newest.made_at))
    return list(found[:5])


@dataclass(frozen=True)
class VaultUse:
    """Of a deposit: files, grants that stand, grants in all, openings, by how many projects, and the last one."""

    files: int
    grants_now: int
    grants: int
    uses: int
    projects: int
    last_at: datetime | None


def vault_use(data_set: DataSet, now: datetime) -> VaultUse | None:
    """Counted from the lab's records; None where it does not stand in the vault."""
    if data_set.deposit is None:
        return None
    grants = Grant.objects.filter(deposit=data_set.deposit)
    uses = Use.objects.filter(object__deposit=data_set.deposit).exclude(project=None)
    last = uses.order_by("-at").values_list("at", flat=True).first()
    return VaultUse(
        files=data_set.deposit.contents.filter(deleted_at=None).count(),
        grants_now=grants.filter(revoked_at=None, starts_at__lte=now, ends_at__gt=now).count(),
        grants=grants.count(),
        uses=uses.count(),
        projects=uses.values("project").distinct().count(),
        last_at=last,
    )
