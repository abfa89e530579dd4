"""A report on the quality of a data set is kept: what was found, of which files, against which plan. Never changed."""

from __future__ import annotations

from datetime import datetime

from pandok.common.models import Account
from pandok.core.canonical import digest
from pandok.core.programme.data_judged import judged, meets
from pandok.core.programme.data_plan import DataPlan
from pandok.core.programme.data_quality import DataQuality
from pandok.fields.programme.acts.data_sets.data_set_moves import CYCLE, locked_data_set
from pandok.fields.programme.data_states import DataSource
from pandok.fields.programme.models import DataSet, DataSetVersion, QualityReport

REPORTED = "data-set.reported"


def plan_of(version: DataSetVersion) -> DataPlan:
    return DataPlan.model_validate(version.plan)


def quality_of_report(report: QualityReport) -> DataQuality:
    return DataQuality.model_validate(report.quality)


def keep_report(
    version: DataSetVersion,
    quality: DataQuality,
    *,
    source: DataSource,
    table: str,
    actor: Account | None,
    now: datetime,
) -> QualityReport:
    """In the caller's transaction. Raises ValueError where it was held against another plan."""
    met = meets(judged(plan_of(version), quality))
    made: QualityReport = QualityReport.objects.create(
        version=version,
        source=source.value,
        table=table,
        quality=quality.model_dump(mode="json"),
        sha256=digest(quality),
        table_sha256=quality.table_sha256,
        files_sha256=quality.files_sha256,
        meets=met,
        made_by=actor,
        made_at=now,
    )
    CYCLE.happened(
        locked_data_set(version.data_set_id), actor=actor, reason="", now=now, action=REPORTED,
        columns={"what": "reported"},
        details={"data_version": version.version, "sha256": made.sha256, "meets_plan": met},
    )  # fmt: skip
    return made


def plan_met(number: str) -> bool:
    """Whether the newest report on the version of a data set that counts meets its plan."""
    found = DataSet.objects.filter(number=number).first()
    reports = QualityReport.objects.filter(version__data_set=found, version__version=found.version) if found else None
    newest = reports.first() if reports is not None else None
    return newest is not None and newest.meets
