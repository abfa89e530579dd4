"""Repairs that an alert asks for: ordered in one step by a person, or by itself where the site says so, and withdrawn
when the fault is gone before a crew was at it. One fault never has two."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.street.acts.one_case import SOON
from pandok.fields.street.acts.ordering_works import WorkSaid, open_works_of, order_work
from pandok.fields.street.acts.work_moves import WORKS, locked_work
from pandok.fields.street.models import Alert, WorkOrder, WorkOrderEvent
from pandok.fields.street.readers_in_words import reader_words
from pandok.fields.street.refusals import refusal
from pandok.fields.street.states import OPEN, AlertState
from pandok.fields.street.work_states import ENDS_WITH_FAULT, NOT_BEGUN, REPAIRED, WorkMover, WorkState, kind_for
from pandok.fields.street.work_states import OPEN as OPEN_WORKS
from pandok.settings import settings

_GONE = Text(ko="작업 전에 고장이 사라졌습니다.", en="The fault was gone before anybody was at it.")
_REJECTED = Text(ko="오경보로 결정되었습니다.", en="The alert was rejected.")
_OTHER = Text(ko="합쳐진 경보에 작업 지시가 있습니다.", en="The alert that it was merged into has a work order.")


def suggested_repair(alert: Alert) -> Text | None:
    """What has to be done, to be read before it is ordered; None where the alert asks for no repair."""
    if alert.reader not in REPAIRED:
        return None
    words = reader_words(alert.reader)
    return Text(ko=f"{words.ko}: {alert.reason_ko}", en=f"{words.en}: {alert.reason_en}")


def order_repair(alert_id: str, *, what: str, crew: str, actor: Account | None, now: datetime) -> WorkOrder:
    """`what` "": as suggested, in Korean. Raises RequestError for an alert that asks for no repair, and for a fault
    that has an open order."""
    alert = Alert.objects.filter(pk=alert_id).first()
    if alert is None:
        raise refusal("no_alert")
    suggested = suggested_repair(alert)
    if suggested is None:
        raise refusal("no_repair")
    ends = alert.reader in ENDS_WITH_FAULT
    said = WorkSaid(
        kind_for(alert.reader).value, what.strip() or suggested.ko, alert.pk, crew=crew, ends_with_fault=ends
    )
    return order_work(said, actor=actor, now=now)


def order_due_repairs(readers: Collection[str], now: datetime) -> list[WorkOrder]:
    """By itself, for faults of these readers that stand and that people decided nothing else about. A fault waits for
    SOON: a whole feeder that fails is one order, not one a pole."""
    found = []
    for pk in list(_without_order(_faults(readers, now)).order_by("raised_at", "pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                work = order_repair(pk, what="", crew="", actor=None, now=now)
                if not _faults(readers, now).filter(pk=pk).exists():
                    transaction.set_rollback(True)  # decided on since it was listed; its alert is locked now
                    continue
        except RequestError:
            continue  # somebody ordered it meanwhile
        found.append(work)
    return found


def _faults(readers: Collection[str], now: datetime) -> QuerySet[Alert]:
    withdrawn = WorkOrderEvent.objects.filter(
        work=OuterRef("pk"), to_state=WorkState.WITHDRAWN.value, actor__isnull=False
    )
    of_people = WorkOrder.objects.filter(alert=OuterRef("pk")).filter(Q(state=WorkState.DONE.value) | Exists(withdrawn))
    return Alert.objects.filter(
        ~Exists(of_people), reader__in=REPAIRED.intersection(readers), state__in=[one.value for one in OPEN],
        quiet=False, case_level__gt=0, raised_at__lte=now - SOON,
    )  # fmt: skip


def _without_order(faults: QuerySet[Alert]) -> QuerySet[Alert]:
    """Most have one: they are left out at once. Behind the locks it is asked again."""
    here = Q(alert__pole=OuterRef("pole")) | Q(alert__pole=None)
    same = WorkOrder.objects.filter(here, alert__reader=OuterRef("reader"), alert__feeder=OuterRef("feeder"))
    return faults.filter(~Exists(same.filter(state__in=[one.value for one in OPEN_WORKS])))


def withdraw_ended_repairs(now: datetime) -> list[WorkOrder]:
    """Those that nobody has begun and that nothing asks for any more. A fault that comes back within SOON is the same
    one, so that an order waits as long."""
    waiting = WorkOrder.objects.filter(ends_with_fault=True, state__in=[one.value for one in NOT_BEGUN])
    withdrawn = []
    for number in list(waiting.order_by("number").values_list("number", flat=True)):
        with transaction.atomic():
            work = locked_work(number)
            why = _why_ended(work, now) if work.stands in NOT_BEGUN else None
            if why is None:
                continue
            WORKS.move(
                work, WorkState.WITHDRAWN, by=WorkMover.RULE, actor=None, reason=why.ko, now=now,
                columns={"crew": work.crew},
            )  # fmt: skip
            withdrawn.append(work)
    return withdrawn


def _why_ended(work: WorkOrder, now: datetime) -> Text | None:
    alert = work.alert
    assert alert is not None
    while alert.merged_into is not None:
        alert = alert.merged_into
    if alert.stands is AlertState.REJECTED:
        return _REJECTED
    if alert.pk != work.alert_id and open_works_of(alert).exclude(pk=work.pk).exists():
        return _OTHER
    last = alert.events.last()
    gone = alert.case_level == 0 and (last is None or last.at <= now - SOON)
    return _GONE if gone else None


@every(30)
def tend_repairs(work: Work) -> None:
    order_due_repairs(settings().repair_readers, work.now)
    withdraw_ended_repairs(work.now)
