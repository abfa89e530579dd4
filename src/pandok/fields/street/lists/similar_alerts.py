"""What happened before that was like this alert: the same place first, then the same street, then the test bed."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from pandok.fields.street.hazard_kinds import kind_of
from pandok.fields.street.models import Alert
from pandok.fields.street.states import AlertState

MOST = 5


def similar_alerts(alert: Alert) -> QuerySet[Alert]:
    """Decided alerts of the same kind of hazard, or of the same reader where it tells of health; the newest of the same
    pole, then of its feeder, then of its test bed."""
    kind = kind_of(alert.reader)
    readers = kind.readers if kind else {alert.reader}
    decided = [AlertState.CLOSED.value, AlertState.REJECTED.value]
    found = Alert.objects.filter(reader__in=readers, state__in=decided).exclude(pk=alert.pk)
    if alert.pole is None:
        same = Q(feeder=alert.feeder)
        near, bed = same, same
    else:
        same = Q(pole=alert.pole)
        near = Q(pole__feeder=alert.pole.feeder) if alert.pole.feeder else same
        bed = Q(pole__test_bed=alert.pole.test_bed_id)
    rank = Case(When(same, then=Value(0)), When(near, then=Value(1)), default=Value(2), output_field=IntegerField())
    return found.filter(same | near | bed).select_related("pole__test_bed").order_by(rank, "-onset_at", "pk")[:MOST]
