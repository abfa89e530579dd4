"""Whether the ledger of training minutes is sound, of one person or of all."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from pandok.common.models import Account
from pandok.fields.academy.ledger_chain import Broken, Row, answers_hash, broken, told
from pandok.fields.academy.models import TrainingMinutes


@dataclass(frozen=True)
class Ledger:
    """`broken`: the first row that does not hold; None where all of it does."""

    person: Account
    rows: int
    seconds: int
    pictures: int
    broken: Broken | None


def ledger_of(person: Account) -> Ledger:
    kept = list(TrainingMinutes.objects.filter(trainee=person).select_related("sitting").order_by("sequence"))
    rows, answers = [], []
    for one in kept:
        row = Row(
            trainee=str(one.trainee_id),
            sequence=one.sequence,
            sitting=str(one.sitting_id),
            began_at=one.began_at,
            ended_at=one.ended_at,
            seconds=one.seconds,
            pictures=one.pictures,
            first_number=one.first_number,
            answers_sha256=one.answers_sha256,
            previous=one.previous,
        )
        rows.append((row, one.hash))
        stretch = one.sitting.answers.filter(
            number__gte=one.first_number, number__lt=one.first_number + one.pictures
        ).order_by("number")
        answers.append(answers_hash(map(told, stretch)))
    return Ledger(
        person,
        len(kept),
        sum(one.seconds for one in kept),
        sum(one.pictures for one in kept),
        broken(rows, answers),
    )


def all_ledgers() -> list[Ledger]:
    """Of everybody who trained, by name."""
    people = Account.objects.filter(training_minutes__isnull=False).distinct().order_by("username")
    return [ledger_of(one) for one in people]


def counted_minutes(person: Account) -> int:
    total = TrainingMinutes.objects.filter(trainee=person).aggregate(all=Sum("seconds"))["all"] or 0
    return int(total) // 60
