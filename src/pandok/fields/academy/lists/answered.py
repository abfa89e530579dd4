"""What somebody answered so far, as values for choosing and estimating."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pandok.common.models import Account
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.academy.kinds import Said, SittingMode
from pandok.fields.academy.models import TrialAnswer
from pandok.proof.ability.returning import Shown

LOOKED_BACK = timedelta(days=120)
"""An article that was missed has come back for the last time long before."""


def office_day(at: datetime) -> date:
    return at.astimezone(OFFICE_ZONE).date()


def was_hit(said: str, located: bool, marked: bool) -> bool:
    """A threat was stopped, and not at another place: who marks one and means another missed it."""
    return said == Said.STOP and (located or not marked)


def training_history(trainee: Account, now: datetime) -> list[Shown]:
    """Threats shown in training, oldest first."""
    rows = TrialAnswer.objects.filter(
        trainee=trainee, threat=True, sitting__mode=SittingMode.TRAIN.value, shown_at__gte=now - LOOKED_BACK
    ).order_by("shown_at", "id")
    columns = ("article_id", "picture_id", "shown_at", "said", "located", "marks")
    return [
        Shown(str(article), str(picture), office_day(at).toordinal(), was_hit(said, located, bool(marks)))
        for article, picture, at, said, located, marks in rows.values_list(*columns)
    ]


def seen_since(trainee: Account, since: datetime | None) -> set[str]:
    """Pictures that were shown since then; ever, without it."""
    rows = TrialAnswer.objects.filter(trainee=trainee)
    if since is not None:
        rows = rows.filter(shown_at__gte=since)
    return {str(one) for one in rows.values_list("picture_id", flat=True)}
