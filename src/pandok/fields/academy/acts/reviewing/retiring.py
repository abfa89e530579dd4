"""A picture is taken out of use: proposed by one with a reason, confirmed by another. What is old goes first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.reasons import checked_reason
from pandok.fields.academy.acts.lesson_moves import RETIRED
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.models import Picture, PictureRetirement
from pandok.fields.academy.states import RetirementMover, RetirementState

MOST_AT_ONCE = 200


def propose_retirement(*, picture_id: UUID, reason: str, actor: Account, now: datetime) -> PictureRetirement:
    """Raises RequestError request.reason, lesson.not_there, lesson.retiring."""
    reason = checked_reason(reason)
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        raise refusal("not_there")
    return _proposed(picture, reason, actor, now)


def propose_oldest(*, count: int, reason: str, actor: Account, now: datetime) -> list[PictureRetirement]:
    """The oldest pictures of training. Raises RequestError request.reason."""
    reason = checked_reason(reason)
    waits = PictureRetirement.objects.filter(state=RetirementState.PROPOSED.value)
    oldest = pictures_in_use().filter(set=PictureSet.TRAINING.value, article__isnull=False)
    oldest = oldest.exclude(pk__in=waits.values("picture_id")).order_by("made_at", "id")
    with transaction.atomic():
        return [_proposed(one, reason, actor, now) for one in oldest[: min(count, MOST_AT_ONCE)]]


def confirm_retirement(*, retirement_id: UUID, actor: Account, now: datetime) -> PictureRetirement:
    """Raises RequestError lesson.same_person, lesson.no_such_way, lesson.not_there."""
    with transaction.atomic():
        found = _locked(retirement_id)
        must_be_another(actor, found.proposed_by_id, refused=refusal("same_person"))
        RETIRED.move(
            found,
            RetirementState.RETIRED,
            by=RetirementMover.SECOND,
            actor=actor,
            reason=found.reason,
            now=now,
            changes={"decided_by": actor},
        )
    return found


def withdraw_retirement(*, retirement_id: UUID, reason: str, actor: Account, now: datetime) -> PictureRetirement:
    """The picture stays in use. Raises RequestError request.reason, lesson.no_such_way, lesson.not_there."""
    reason = checked_reason(reason)
    with transaction.atomic():
        found = _locked(retirement_id)
        by = RetirementMover.PROPOSER if found.proposed_by_id == actor.pk else RetirementMover.SECOND
        changes = {"decided_by": actor}
        RETIRED.move(found, RetirementState.WITHDRAWN, by=by, actor=actor, reason=reason, now=now, changes=changes)
    return found


def _proposed(picture: Picture, reason: str, actor: Account, now: datetime) -> PictureRetirement:
    try:
        with transaction.atomic():
            made = PictureRetirement.objects.create(
                picture=picture, state_since=now, reason=reason, proposed_at=now, proposed_by=actor
            )
            RETIRED.begin(made, actor=actor, reason=reason, now=now)
    except IntegrityError as error:
        raise refusal("retiring") from error
    return made


def _locked(retirement_id: UUID) -> PictureRetirement:
    try:
        return RETIRED.locked(retirement_id, "picture")
    except PictureRetirement.DoesNotExist:
        raise refusal("not_there") from None
