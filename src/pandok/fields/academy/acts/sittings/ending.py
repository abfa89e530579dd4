"""A sitting pauses, goes on, ends; the clock ends those that were left. Each stretch becomes a row of the ledger."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.core.audit import Detail
from pandok.fields.academy.acts.certificates.issuing import issue_if_passed
from pandok.fields.academy.acts.ledger import keep_minutes
from pandok.fields.academy.acts.sittings.sitting_moves import SITTINGS, move, own_locked, touch
from pandok.fields.academy.kinds import SittingMode
from pandok.fields.academy.models import Shown, Sitting
from pandok.fields.academy.refusals import refusal
from pandok.fields.academy.states import OPEN, SittingMover, SittingState

LEFT_AFTER = timedelta(hours=12)
"""Untouched for so long, a sitting is over: ended where it was training, abandoned where it was a test."""


def pause(*, sitting_id: UUID, trainee: Account, now: datetime) -> Sitting:
    """Between two pictures. Pressed twice, it pauses once. Raises RequestError: academy.not_there,
    academy.picture_open, academy.no_such_way."""
    with transaction.atomic():
        sitting = own_locked(sitting_id, trainee, now)
        if sitting.stands is SittingState.PAUSED:
            return sitting
        if Shown.objects.filter(sitting=sitting, shown_at__isnull=False).exists():
            raise refusal("picture_open")
        touch(sitting, now)
        move(sitting, SittingState.PAUSED, by=SittingMover.TRAINEE, now=now, details=_kept(sitting))
    return sitting


def go_on(*, sitting_id: UUID, trainee: Account, now: datetime) -> Sitting:
    """The time of the pause counts for nothing. Raises RequestError: academy.not_there, academy.no_such_way."""
    with transaction.atomic():
        sitting = own_locked(sitting_id, trainee, now)
        if sitting.stands is SittingState.RUNNING:
            return sitting
        sitting.touched_at = now
        move(sitting, SittingState.RUNNING, by=SittingMover.TRAINEE, now=now)
    return sitting


def end(*, sitting_id: UUID, trainee: Account, now: datetime) -> Sitting:
    """By the trainee, between two pictures, with what was answered so far. Raises RequestError as `pause`."""
    with transaction.atomic():
        sitting = own_locked(sitting_id, trainee, now)
        if sitting.stands not in OPEN:
            return sitting
        if Shown.objects.filter(sitting=sitting, shown_at__isnull=False).exists():
            raise refusal("picture_open")
        if sitting.stands is SittingState.RUNNING:
            touch(sitting, now)
        end_now(sitting, now)
    return sitting


def end_now(sitting: Sitting, now: datetime) -> None:
    """A locked sitting, in the caller's transaction: its last stretch is kept; a certificate where it was passed."""
    Shown.objects.filter(sitting=sitting).delete()
    if sitting.mode == SittingMode.CERTIFY:
        issue_if_passed(sitting, now)  # first: its number is drawn before the first entry of the trail
    move(sitting, SittingState.ENDED, by=SittingMover.TRAINEE, now=now, details=_kept(sitting))


def end_those_left(*, now: datetime) -> int:
    """By the clock. Gives how many there were."""
    left = Sitting.objects.filter(state__in=[one.value for one in OPEN], touched_at__lt=now - LEFT_AFTER)
    ended = 0
    for key in list(left.values_list("pk", flat=True)):
        with transaction.atomic():
            sitting = SITTINGS.locked(key, "course", "trainee")
            if sitting.stands not in OPEN or sitting.touched_at >= now - LEFT_AFTER:
                continue
            Shown.objects.filter(sitting=sitting).delete()
            details = _kept(sitting)
            fixed = SittingMode(sitting.mode).fixed or sitting.stands is SittingState.PAUSED
            to = SittingState.ABANDONED if fixed else SittingState.ENDED
            move(sitting, to, by=SittingMover.CLOCK, now=now, details=details)
            ended += 1
    return ended


def _kept(sitting: Sitting) -> dict[str, Detail]:
    """The stretch since the last row, as the audit trail tells it: with the head of the person's chain."""
    row = keep_minutes(sitting)
    if row is None:
        return {"pictures": 0, "seconds": 0}
    return {"pictures": row.pictures, "seconds": row.seconds, "ledger_row": row.sequence, "ledger_hash": row.hash}
