"""A data set is to be looked through: its files as they were sent, or as they lie in the lab's vault."""

from __future__ import annotations

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction
from pydantic import BaseModel

from pandok.common.jobs.queue import enqueue
from pandok.common.models import Account
from pandok.fields.lab.acts.vault.uploads import Incoming, incoming
from pandok.fields.lab.roles import Action as LabAction
from pandok.fields.programme.acts.data_sets.data_set_moves import locked_data_set
from pandok.fields.programme.acts.data_sets.held_uploads import hold, let_go
from pandok.fields.programme.data_refusals import refusal
from pandok.fields.programme.data_states import DataSource
from pandok.fields.programme.models import DataSet, QualityRun

JOB = "data_set.quality"


class RunAsked(BaseModel):
    run: UUID


def look_through_upload(
    data_set_id: UUID,
    *,
    filename: str,
    data: bytes,
    most_bytes: int,
    table: str,
    actor: Account,
    now: datetime,
) -> QualityRun:
    """A CSV, or a zip with one. Raises RequestError: vault.zip_… and others of what is not to be trusted,
    data_set.no_table, .runs_already, .not_there; StoreError where the disk fails."""
    files = incoming(filename, data, most_bytes=most_bytes)
    name = _table_among(files, table)
    run_id = uuid.uuid4()
    hold(run_id, files)
    try:
        return _ask(run_id, data_set_id, DataSource.UPLOAD, name, actor, now)
    except BaseException:
        let_go(run_id)
        raise


def look_through_deposit(data_set_id: UUID, *, table: str, actor: Account, now: datetime) -> QualityRun:
    """Its files are opened in memory by the worker, each opening is a use in the lab's records. Raises RequestError:
    data_set.no_deposit, .no_steward, .no_table, .runs_already, .not_there."""
    found = DataSet.objects.select_related("deposit").filter(pk=data_set_id).first()
    if found is None:
        raise refusal("not_there")
    if found.deposit is None:
        raise refusal("no_deposit")
    if not actor.may(LabAction.DEPOSIT_DATA):
        raise refusal("no_steward")
    names = set(found.deposit.contents.filter(deleted_at=None).values_list("name", flat=True))
    name = table.strip() or _only(sorted(one for one in names if one.lower().endswith(".csv")))
    if name not in names:
        raise refusal("no_table")
    return _ask(uuid.uuid4(), data_set_id, DataSource.VAULT, name, actor, now)


def _table_among(files: Incoming, table: str) -> str:
    names = [one.name for one in files]
    name = table.strip() or _only([one for one in names if one.lower().endswith(".csv")])
    if name not in names:
        raise refusal("no_table")
    return name


def _only(names: list[str]) -> str:
    if len(names) != 1:
        raise refusal("no_table")
    return names[0]


def _ask(run_id: UUID, data_set_id: UUID, source: DataSource, table: str, actor: Account, now: datetime) -> QualityRun:
    with transaction.atomic():
        data_set = locked_data_set(data_set_id)
        if QualityRun.objects.filter(version__data_set=data_set, finished_at=None).exists():
            raise refusal("runs_already")
        made: QualityRun = QualityRun.objects.create(
            pk=run_id,
            version=data_set.versions.get(version=data_set.version),
            source=source.value,
            table=table,
            asked_by=actor,
            asked_at=now,
        )
        enqueue(JOB, {"run": str(made.pk)}, key=f"{JOB}:{made.pk}", now=now)
    return made
