"""A data set is entered into the catalogue, said anew, and gets versions, each with its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from pandok.common.models import Account
from pandok.common.reasons import MOST_REASON, checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.core.canonical import digest
from pandok.core.errors import RequestError
from pandok.core.programme.data_plan import DataPlan
from pandok.core.text import Text
from pandok.fields.lab.models import Deposit
from pandok.fields.programme.acts.data_sets.data_set_moves import CYCLE, locked_data_set
from pandok.fields.programme.data_refusals import refusal
from pandok.fields.programme.data_states import DataSetState
from pandok.fields.programme.models import Agreement, DataSet, DataSetVersion
from pandok.fields.programme.topics import KoreanRegion

ROOM = {"title": 200, "purpose": MOST_REASON, "licence": 200, "owner_body": 200, "source": 300}
MUST = ("title", "purpose", "licence", "owner_body")
MOST_PLAN_BYTES = 200_000
REWORDED, VERSIONED = "data-set.reworded", "data-set.versioned"


@dataclass(frozen=True)
class DataSetSaid:
    """`agreement`: its number. `deposit`: its key in the lab."""

    title: str
    purpose: str
    licence: str
    owner_body: str
    region: str = KoreanRegion.EVERYWHERE.value
    source: str = ""
    agreement: str = ""
    deposit: str = ""


def plan_from(written: str) -> DataPlan:
    """Raises RequestError: data_set.bad_plan, with where the first fault is."""
    if len(written.encode()) > MOST_PLAN_BYTES:
        raise _bad_plan(None)
    try:
        return DataPlan.model_validate_json(written)
    except (ValidationError, RecursionError) as error:
        raise _bad_plan(error) from error


def enter_data_set(said: DataSetSaid, plan: DataPlan, *, actor: Account, now: datetime) -> DataSet:
    """Private at first. Raises RequestError: data_set.words, field_problem.no_region, .no_agreement, .no_deposit."""
    with transaction.atomic():
        columns = _columns(said)
        made: DataSet = DataSet.objects.create(
            number=next_of_year("DS", width=6, given=DataSet.objects.all(), now=now),
            state=DataSetState.PRIVATE.value,
            state_since=now,
            made_by=actor,
            made_at=now,
            **columns,
        )
        _version(made, plan, "", actor, now)
        CYCLE.begin(made, actor=actor, reason="", now=now)
    return made


def reword_data_set(data_set_id: UUID, said: DataSetSaid, *, reason: str, actor: Account, now: datetime) -> DataSet:
    """Raises as `enter_data_set`, and request.reason, data_set.not_there."""
    reason = checked_reason(reason)
    with transaction.atomic():
        data_set = locked_data_set(data_set_id)
        for name, value in _columns(said).items():
            setattr(data_set, name, value)
        data_set.save()
        CYCLE.happened(data_set, actor=actor, reason=reason, now=now, action=REWORDED, columns={"what": "reworded"})
    return data_set


def new_version(data_set_id: UUID, plan: DataPlan, *, note: str, actor: Account, now: datetime) -> DataSetVersion:
    """Reports stay with the version that they are of. Raises RequestError: request.reason, data_set.not_there."""
    note = checked_reason(note)
    with transaction.atomic():
        data_set = locked_data_set(data_set_id)
        data_set.version += 1
        data_set.save(update_fields=["version"])
        made = _version(data_set, plan, note, actor, now)
        CYCLE.happened(
            data_set, actor=actor, reason=note, now=now, action=VERSIONED, columns={"what": "versioned"},
            details={"data_version": made.version, "sha256": made.plan_sha256},
        )  # fmt: skip
    return made


def _version(data_set: DataSet, plan: DataPlan, note: str, actor: Account, now: datetime) -> DataSetVersion:
    made: DataSetVersion = DataSetVersion.objects.create(
        data_set=data_set,
        version=data_set.version,
        note=note,
        plan=plan.model_dump(mode="json"),
        plan_sha256=digest(plan),
        made_by=actor,
        made_at=now,
    )
    return made


def _columns(said: DataSetSaid) -> dict[str, Any]:
    texts = {name: getattr(said, name).strip() for name in ROOM}
    if any(not texts[name] for name in MUST) or any(len(value) > ROOM[name] for name, value in texts.items()):
        raise refusal("words")
    if said.region not in set(KoreanRegion):
        raise refusal("words")
    agreement = deposit = None
    if said.agreement.strip():
        agreement = Agreement.objects.filter(number=said.agreement.strip()).first()
        if agreement is None:
            raise refusal("no_agreement")
    if said.deposit.strip():
        try:
            deposit = Deposit.objects.filter(pk=UUID(said.deposit.strip())).first()
        except ValueError:
            deposit = None
        if deposit is None:
            raise refusal("no_deposit")
    return texts | {"region": said.region, "agreement": agreement, "deposit": deposit}


def _bad_plan(error: ValidationError | RecursionError | None) -> RequestError:
    """With the first fault; a plan names columns, no persons."""
    found = error.errors(include_url=False)[0] if isinstance(error, ValidationError) else None
    told = (".".join(map(str, found["loc"])), str(found["msg"])) if found else ()
    fault = ": ".join(one[:200] for one in told if one)
    return RequestError(
        Text(ko=f"자료 계획을 읽을 수 없습니다. {fault}".strip(), en=f"The plan cannot be read. {fault}".strip()),
        Text(ko="도움말의 형식(JSON)에 맞추어 고치십시오.", en="Write it as JSON, as the guide shows."),
        code="data_set.bad_plan",
    )
