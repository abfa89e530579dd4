"""A stretch of training becomes a row of the person's ledger."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from pandok.fields.academy.ledger_chain import Row, answers_hash, row_hash, told
from pandok.fields.academy.models import Sitting, TrainingMinutes
from pandok.proof.ability.returning import counted_seconds


def keep_minutes(sitting: Sitting) -> TrainingMinutes | None:
    """What was answered since the sitting's last row. None: nothing was. In the caller's transaction, which holds the
    sitting: a person has one open sitting, so that nobody else adds to their chain."""
    before = sitting.minutes.aggregate(pictures=Sum("pictures"))["pictures"] or 0
    answers = list(sitting.answers.filter(number__gt=before).order_by("number"))
    if not answers:
        return None
    last = TrainingMinutes.objects.filter(trainee=sitting.trainee).order_by("-sequence").first()
    moments = _in_order([at for one in answers for at in (one.shown_at, one.said_at, one.answered_at)])
    row = Row(
        trainee=str(sitting.trainee_id),
        sequence=(last.sequence if last else 0) + 1,
        sitting=str(sitting.pk),
        began_at=moments[0],
        ended_at=moments[-1],
        seconds=round(counted_seconds(moments)),
        pictures=len(answers),
        first_number=before + 1,
        answers_sha256=answers_hash(map(told, answers)),
        previous=last.hash if last else "",
    )
    return TrainingMinutes.objects.create(
        trainee=sitting.trainee,
        sequence=row.sequence,
        sitting=sitting,
        began_at=row.began_at,
        ended_at=row.ended_at,
        seconds=row.seconds,
        pictures=row.pictures,
        first_number=row.first_number,
        answers_sha256=row.answers_sha256,
        previous=row.previous,
        hash=row_hash(row),
    )


def _in_order(moments: list[datetime]) -> list[datetime]:
    """A clock that was set back makes no time, and none that runs backwards."""
    found: list[datetime] = []
    for at in moments:
        found.append(max(at, found[-1]) if found else at)
    return found
