"""A picture is measured or tested with: somebody who did not make it has looked at it, and said yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.reasons import checked_reason
from pandok.core.audit import Detail
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lists.looks import not_looked_at
from pandok.fields.academy.lists.sets import object_of_set, waiting_pictures
from pandok.fields.academy.models import Picture, PictureLook
from pandok.fields.academy.refusals import refusal, unseen_of_set


def look_at_pictures(*, said: Mapping[UUID, tuple[bool, str]], actor: Account, now: datetime) -> list[PictureLook]:
    """`said`: of each picture whether people may be measured or tested with it, and why not. All of them, or none.

    Raises RequestError academy.nothing_said, academy.not_there, academy.own_picture, academy.set_unseen,
    academy.picture_looked_at, request.reason.
    """
    if not said:
        raise refusal("nothing_said")
    found = {one.pk: one for one in waiting_pictures().filter(pk__in=list(said)).select_related("article")}
    if PictureLook.objects.filter(picture__in=list(said)).exists():
        raise refusal("picture_looked_at")
    if len(found) < len(said):
        raise refusal("not_there")
    for one in found.values():
        must_be_another(actor, *_makers(one), refused=refusal("own_picture"))
    reasons = {key: why.strip() if accepted else checked_reason(why) for key, (accepted, why) in said.items()}
    if left := sum(_unseen(actor, one) for one in found.values() if said[one.pk][0]):
        raise unseen_of_set(left)
    try:
        with transaction.atomic():
            return [_kept(found[key], said[key][0], reasons[key], actor, now) for key in said]
    except IntegrityError as error:
        raise refusal("picture_looked_at") from error


def _kept(picture: Picture, accepted: bool, reason: str, actor: Account, now: datetime) -> PictureLook:
    kept = PictureLook.objects.create(picture=picture, at=now, by=actor, accepted=accepted, reason=reason)
    details: dict[str, Detail] = {"picture_set": picture.set}
    if accepted:
        audit.tell(actor, "set_picture.accepted", f"set_picture:{picture.pk}", reason, now, details)
    else:
        audit.tell(actor, "set_picture.rejected", f"set_picture:{picture.pk}", reason, now, details)
    return kept


def _makers(picture: Picture) -> tuple[int, ...]:
    """Of the picture and of its article, those who are people."""
    makers = (picture.made_by_id, picture.article.made_by_id if picture.article else None)
    return tuple(one for one in makers if one is not None)


def _unseen(actor: Account, picture: Picture) -> int:
    return not_looked_at(actor, [picture.pk], object_of_set(PictureSet(picture.set)))
