"""What is wrong now, worst first; and what of the devices is not heard from."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When

from pandok.common.declared import Waiting
from pandok.common.models import Account
from pandok.fields.street.hazard_kinds import DANGERS
from pandok.fields.street.lists.works import WorkList, free_works, works
from pandok.fields.street.models import Alert
from pandok.fields.street.refusals import refusal
from pandok.fields.street.roles import Action
from pandok.fields.street.states import OPEN, AlertState

MOST_COUNTED = 1000
_DANGERS = sorted(DANGERS)


def open_alerts() -> QuerySet[Alert]:
    """What somebody has to do something about: what stands before what is cleared, the highest level first, what waits
    to be confirmed before what is in hand, then the oldest. What is quiet stands last, but for hazards: a silence does
    not move them out of sight."""
    waits = Case(When(state=AlertState.RAISED.value, then=Value(0)), default=Value(1), output_field=IntegerField())
    hushed = Case(
        When(quiet=True, then=Case(When(reader__in=_DANGERS, then=Value(0)), default=Value(1))),
        default=Value(0),
        output_field=IntegerField(),
    )
    found = _to_show().filter(state__in=[one.value for one in OPEN])
    return found.order_by(hushed, "-case_level", waits, "onset_at", "pk")


def _to_show() -> QuerySet[Alert]:
    """With the parts of each case that still stand, the worst first, as `standing_parts`."""
    parts = Alert.objects.filter(case_level__gt=0).order_by("-case_level", "onset_at", "pk")
    found = Alert.objects.select_related("pole__test_bed", "silence__by", "merged_into")
    return found.prefetch_related(Prefetch("merged", queryset=parts, to_attr="standing_parts"))


def finished_alerts() -> QuerySet[Alert]:
    """The newest first."""
    found = _to_show().exclude(state__in=[one.value for one in OPEN])
    return found.order_by("-state_since", "pk")


def alert_of(account: Account, alert_id: str) -> Alert:
    """Raises RequestError where there is none, or it is not theirs to see."""
    found = _to_show().filter(pk=alert_id).first()
    if found is None or not account.may(Action.SEE_STREET):
        raise refusal("no_alert")
    return found


def lately(alert: Alert, *, here: bool = False) -> tuple[int, int]:
    """Of the last 50 alerts of this reader that were decided on: how many, and how many of them were false. `here`: at
    this pole alone, where headlights or a spider's web may deceive it night after night."""
    decided = Alert.objects.filter(reader=alert.reader, state__in=[AlertState.REJECTED.value, AlertState.CLOSED.value])
    if here:
        decided = decided.filter(pole=alert.pole, feeder=alert.feeder)
    causes = list(decided.exclude(pk=alert.pk).order_by("-state_since").values_list("state", flat=True)[:50])
    return len(causes), sum(one == AlertState.REJECTED.value for one in causes)


def hushed_now() -> tuple[int, int]:
    """Open alerts that call nobody and whose condition stands: how many, and how many of them are hazards."""
    quiet = Alert.objects.filter(quiet=True, case_level__gt=0, state__in=[one.value for one in OPEN])
    return quiet.count(), quiet.filter(reader__in=_DANGERS).count()


def waiting(account: Account, now: datetime) -> dict[str, Waiting]:
    """What waits under the links, for the menu."""
    return _alerts_waiting(account) | _works_waiting(account, now)


def _alerts_waiting(account: Account) -> dict[str, Waiting]:
    if not account.may(Action.DECIDE_ALERTS):
        return {}
    raised = Alert.objects.filter(state=AlertState.RAISED.value, quiet=False)
    serious = raised.filter(case_level__gte=3)
    return {
        "street_now": Waiting(
            raised.values("pk")[: MOST_COUNTED + 1].count(), serious.values("pk")[: MOST_COUNTED + 1].count()
        )
    }


def _works_waiting(account: Account, now: datetime) -> dict[str, Waiting]:
    """A crew's own works; for who orders them, what no crew has."""
    if account.may(Action.DO_WORKS):
        found = works(WorkList.MINE, account, now)
    elif account.may(Action.ORDER_WORKS):
        found = free_works()
    else:
        return {}
    late = found.filter(due_at__lt=now)
    return {
        "street_works": Waiting(
            found.values("pk")[: MOST_COUNTED + 1].count(), late.values("pk")[: MOST_COUNTED + 1].count()
        )
    }
