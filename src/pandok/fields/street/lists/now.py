"""What is wrong now, worst first; and what of the devices is not heard from."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from pandok.common.declared import Waiting
from pandok.common.models import Account
from pandok.fields.street.models import Alert
from pandok.fields.street.refusals import refusal
from pandok.fields.street.roles import Action
from pandok.fields.street.states import OPEN, AlertState

MOST_COUNTED = 1000


def open_alerts() -> QuerySet[Alert]:
    """What somebody has to do something about: what stands before what is cleared, the highest level first, what waits
    to be confirmed before what is in hand, then the oldest. What is quiet stands last."""
    waits = Case(When(state=AlertState.RAISED.value, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = Alert.objects.filter(state__in=[one.value for one in OPEN]).select_related("pole__test_bed")
    return found.order_by("quiet", "-level", waits, "onset_at", "pk")


def finished_alerts() -> QuerySet[Alert]:
    """The newest first."""
    found = Alert.objects.exclude(state__in=[one.value for one in OPEN]).select_related("pole__test_bed")
    return found.order_by("-state_since", "pk")


def alert_of(account: Account, alert_id: str) -> Alert:
    """Raises RequestError where there is none, or it is not theirs to see."""
    found = Alert.objects.filter(pk=alert_id).select_related("pole__test_bed", "merged_into").first()
    if found is None or not account.may(Action.SEE_STREET):
        raise refusal("no_alert")
    return found


def lately(alert: Alert) -> tuple[int, int]:
    """Of the last 50 alerts of this reader that were decided on: how many, and how many of them were false."""
    causes = list(
        Alert.objects.filter(reader=alert.reader, state__in=[AlertState.REJECTED.value, AlertState.CLOSED.value])
        .order_by("-state_since")
        .values_list("state", flat=True)[:50]
    )
    return len(causes), sum(one == AlertState.REJECTED.value for one in causes)


def waiting(account: Account, now: datetime) -> dict[str, Waiting]:  # noqa: ARG001
    """What waits under the links, for the menu."""
    if not account.may(Action.DECIDE_ALERTS):
        return {}
    raised = Alert.objects.filter(state=AlertState.RAISED.value, quiet=False)
    serious = raised.filter(level__gte=3)
    return {
        "street_now": Waiting(
            raised.values("pk")[: MOST_COUNTED + 1].count(), serious.values("pk")[: MOST_COUNTED + 1].count()
        )
    }
