"""A reader's way through an assisted trial: the next reading, its opening, its answer; help after the answer alone.

A reader sees goods, the designs beside them and, where it is its turn, what the model says. Never what is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry
from pandok.core.canonical import digest
from pandok.core.lab.assisted_trial import Arm, Rounds
from pandok.core.text import Text
from pandok.fields.lab.acts.assisted.refusals import refused
from pandok.fields.lab.acts.trials.sealing import opened_answer
from pandok.fields.lab.acts.trials.trial_moves import locked, move
from pandok.fields.lab.models import AssistedAnswer, AssistedOpening, AssistedReading, ShadowTrial
from pandok.fields.lab.states.trial_states import Mover, TrialState

OPENED, ANSWERED = "assisted.opened", "assisted.answered"
_DONE = Text(ko="계획한 판독을 모두 마쳤습니다.", en="All planned readings are done.")


@dataclass(frozen=True)
class Next:
    """`reading` None: all done. `not_before`: the second round has not begun yet."""

    reading: AssistedReading | None
    done: int
    planned: int
    not_before: datetime | None = None

    @property
    def opened(self) -> bool:
        return self.reading is not None and hasattr(self.reading, "opening")

    @property
    def with_help(self) -> bool:
        return self.reading is not None and self.reading.arm == Arm.AIDED.value


def trials_to_read(account: Account) -> QuerySet[ShadowTrial]:
    """Running trials with readings of this person, done or not."""
    mine = AssistedReading.objects.filter(reader=account).values("trial")
    return ShadowTrial.objects.filter(state=TrialState.RUNNING.value, id__in=mine)


def open_readings(account: Account) -> QuerySet[AssistedReading]:
    """Of running trials, without an answer yet."""
    running = ShadowTrial.objects.filter(state=TrialState.RUNNING.value)
    return AssistedReading.objects.filter(reader=account, answer__isnull=True, trial__in=running)


def next_reading(trial: ShadowTrial, account: Account, now: datetime) -> Next:
    mine = AssistedReading.objects.filter(trial=trial, reader=account)
    done = mine.filter(answer__isnull=False).count()
    waiting = mine.filter(answer__isnull=True).select_related("case__help", "case__reading", "opening")
    reading = waiting.order_by("round", "place").first()
    begins = None
    if reading is not None and reading.round == 2:
        last = AssistedAnswer.objects.filter(reading__in=mine.filter(round=1)).order_by("-at").first()
        first_day = last.at + timedelta(days=trial.assisted.washout_days) if last else now
        begins = first_day if first_day > now else None
    return Next(reading, done, mine.count(), begins)


def open_reading(*, reading: AssistedReading, actor: Account, now: datetime) -> AssistedOpening:
    """Show the goods, and where the reading has it, the help; the time counts from here. Twice is once."""
    with transaction.atomic():
        trial = _mine(reading, actor, now)
        found = AssistedOpening.objects.filter(reading=reading).first()
        return found or _open(reading, trial, actor, now)


def answer(*, reading: AssistedReading, design_id: str | None, actor: Account, now: datetime) -> AssistedAnswer:
    """Lock the answer: a design that is shown, or "" for none of them. One after the other, help is shown with it.

    The last answer of all ends the trial. Raises RequestError for whoever is not the reader, for a reading that is not
    the next, and for an answer that was not offered.
    """
    try:
        with transaction.atomic():
            if AssistedAnswer.objects.filter(reading=reading).exists():
                raise refused("answered")
            trial = _mine(reading, actor, now)
            opening = AssistedOpening.objects.filter(reading=reading).first()
            if opening is None:
                raise refused("not_yours")
            if design_id is None or (design_id and design_id not in reading.case.help.line_up):
                raise refused("not_shown")
            entry = _note(ANSWERED, reading, actor, now, {"answer": answer_digest(reading, design_id)})
            made = AssistedAnswer.objects.create(
                reading=reading,
                design_id=design_id,
                seconds=max(0, round((now - opening.at).total_seconds())),
                at=now,
                audit_sequence=entry.sequence,
            )
            following = next_reading(trial, actor, now).reading
            if trial.assisted.rounds is Rounds.SEQUENTIAL and following is not None and following.case == reading.case:
                _open(following, trial, actor, now)
            if not AssistedReading.objects.filter(trial=trial, answer__isnull=True).exists():
                reason = f"{_DONE.ko} {_DONE.en}"
                move(trial=trial, to=TrialState.COMPLETED, by=Mover.SYSTEM, actor=None, reason=reason, now=now)
            return made
    except IntegrityError as error:
        raise refused("answered") from error


def help_of(reading: AssistedReading) -> dict[str, Any] | None:
    """What the model says, for a reading with help that was opened; else None."""
    if reading.arm != Arm.AIDED.value or not hasattr(reading, "opening"):
        return None
    output: dict[str, Any] = opened_answer(reading.case.help.sealed)[0]
    return output


def answer_digest(reading: AssistedReading, design_id: str) -> str:
    return digest({"reading": str(reading.pk), "design_id": design_id})


def _mine(reading: AssistedReading, actor: Account, now: datetime) -> ShadowTrial:
    """The locked trial, where this reading is the person's next."""
    trial = locked(reading.trial)
    if trial.state != TrialState.RUNNING.value or reading.reader_id != actor.pk:
        raise refused("not_yours")
    turn = next_reading(trial, actor, now)
    if turn.reading is None or turn.reading.pk != reading.pk:
        raise refused("not_yours")
    if turn.not_before is not None:
        raise refused("washout", begins=turn.not_before.isoformat())
    return trial


def _open(reading: AssistedReading, trial: ShadowTrial, actor: Account, now: datetime) -> AssistedOpening:
    entry = _note(OPENED, reading, actor, now, {"arm": reading.arm, "trial": str(trial.id)})
    return AssistedOpening.objects.create(reading=reading, at=now, audit_sequence=entry.sequence)


def _note(action: str, reading: AssistedReading, actor: Account, now: datetime, details: dict[str, Any]) -> AuditEntry:
    return audit.tell(actor, action, f"trial:{reading.trial_id}", "", now, {"reading": str(reading.pk), **details})
