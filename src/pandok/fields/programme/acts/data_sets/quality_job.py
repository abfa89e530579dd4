"""The work behind a report: files are read in a process with bounds, the report is kept, what was held is erased."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from django.db import transaction

from pandok.common.decoding import parsing_pool
from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.registry import every, handles
from pandok.common.jobs.work import Work
from pandok.common.models.locking import locked
from pandok.common.store_faults import store_fault
from pandok.core.errors import PandokError, RequestError, StoreError
from pandok.core.programme.data_quality import DataQuality
from pandok.core.retries import Retries
from pandok.core.text import Text
from pandok.engines.data_quality.in_child import of_bytes, of_zip
from pandok.engines.files.durable import erase
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.programme.acts.data_sets.held_uploads import held_at, left_behind, let_go
from pandok.fields.programme.acts.data_sets.quality_runs import JOB, RunAsked
from pandok.fields.programme.acts.data_sets.reports import keep_report
from pandok.fields.programme.data_refusals import refusal
from pandok.fields.programme.data_states import DataSource
from pandok.fields.programme.models import QualityRun

PROCESSOR_S = 3600.0
MOST_OBJECTS, MOST_BYTES = 2_000, 300_000_000
_GAVE_UP = Text(ko="검사가 여러 번 중단되었습니다.", en="It was broken off several times.")
_AGAIN = Text(ko="다시 검사를 요청하십시오.", en="Have it looked through again.")


def _gave_up(payload: RunAsked, work: Work, _error: str) -> None:
    run = QualityRun.objects.filter(pk=payload.run, finished_at=None).first()
    if run is not None:
        _end(run, StoreError(_GAVE_UP, _AGAIN, code="store.data_quality"), work.now)


@handles(JOB, RunAsked, retries=Retries(most_attempts=3), in_transaction=False, gave_up=_gave_up, lane=Lane.LONG)
def look_through(payload: RunAsked, work: Work) -> None:
    """Done again after a crash it begins anew; a report is kept once."""
    run = QualityRun.objects.select_related("version__data_set", "asked_by").filter(pk=payload.run).first()
    if run is None or run.finished_at is not None:
        return
    try:
        quality = _from_vault(run) if run.source == DataSource.VAULT.value else _from_upload(run)
    except StoreError:
        raise  # ours: it is tried again
    except PandokError as error:
        _end(run, error, work.now)
        return
    with transaction.atomic():
        again = locked(QualityRun, run.pk)
        if again.finished_at is None:
            again.report = keep_report(
                run.version, quality, source=DataSource(run.source), table=run.table, actor=run.asked_by, now=work.now
            )
            again.finished_at = work.now
            again.save()
    let_go(run.pk)


@every(3600)
def sweep(work: Work) -> None:
    """What a crash left of files that were sent."""
    for path in left_behind(work.now):
        erase(path)


def _end(run: QualityRun, error: PandokError, now: datetime) -> None:
    run.failed = {"what": error.what.model_dump(), "next_step": error.next_step.model_dump()}
    run.finished_at = now
    run.save(update_fields=["failed", "finished_at"])
    let_go(run.pk)


def _from_upload(run: QualityRun) -> DataQuality:
    options = {"path": str(held_at(run.pk)), "table": run.table, "plan": run.version.plan}
    found = None
    try:
        for piece in parsing_pool().ask_in_pieces(
            of_zip,
            what="data set",
            refusal=RequestError,
            too_costly=lambda: refusal("too_costly"),
            options=options,
            processor_s=PROCESSOR_S,
        ):
            if "quality" in piece:
                found = piece["quality"]
            else:
                QualityRun.objects.filter(pk=run.pk).update(done=piece["done"], total=piece["of"])
    except OSError as error:
        raise store_fault(error) or refusal("no_upload") from error
    return DataQuality.model_validate(found)


def _from_vault(run: QualityRun) -> DataQuality:
    """Plain bytes are in memory alone; each object that is opened stands in the lab's records as a use."""
    deposit = run.version.data_set.deposit
    if deposit is None:
        raise refusal("no_deposit")
    newest = {one.name: one for one in deposit.contents.filter(deleted_at=None).order_by("name", "version")}
    if len(newest) > MOST_OBJECTS or sum(one.size_bytes for one in newest.values()) > MOST_BYTES:
        raise refusal("too_much")
    vault, packed = site_vault(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for done, (name, one) in enumerate(newest.items(), 1):
            purpose = f"quality of {run.version.data_set.number}"
            archive.writestr(name, vault.open_for_care(one, actor=run.asked_by, purpose=purpose))
            if done % 20 == 0:
                QualityRun.objects.filter(pk=run.pk).update(done=done, total=len(newest))
    found, _ = parsing_pool().ask(
        of_bytes,
        packed.getvalue(),
        what="data set",
        refusal=RequestError,
        too_costly=lambda: refusal("too_costly"),
        options={"table": run.table, "plan": run.version.plan},
        seconds=PROCESSOR_S,
        alone=True,
    )
    return DataQuality.model_validate(found["quality"])
