"""Whose results a person may see: their own; a trainer, those of standing members of own groups. Nobody else's."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from pandok.common.models import Account
from pandok.fields.academy.kinds import SittingMode
from pandok.fields.academy.models import Picture, PictureView, Shown, Sitting
from pandok.fields.academy.refusals import refusal
from pandok.fields.academy.roles import Action
from pandok.fields.academy.states import OPEN


def members_of(trainer: Account) -> QuerySet[Account]:
    """Of the trainer's groups that are not closed, while the membership stands."""
    return Account.objects.filter(
        group_memberships__until=None,
        group_memberships__group__trainer=trainer,
        group_memberships__group__closed_at=None,
    ).distinct()


def person_of(account: Account, person_id: int) -> Account:
    """Raises RequestError academy.not_there: nobody learns whether there is such a person."""
    if person_id == account.pk:
        return account
    found = members_of(account).filter(pk=person_id).first() if account.may(Action.TEACH) else None
    if found is None:
        raise refusal("not_there")
    return found


def own_sitting(account: Account, sitting_id: UUID) -> Sitting:
    """Raises RequestError academy.not_there."""
    try:
        # `get` leaves out the order of sittings, which takes longer to write down than the row to find.
        return Sitting.objects.select_related("course").get(pk=sitting_id, trainee=account)
    except Sitting.DoesNotExist as error:
        raise refusal("not_there") from error


def sitting_of(account: Account, sitting_id: UUID) -> Sitting:
    """Their own, or that of a member. Raises RequestError academy.not_there."""
    found = Sitting.objects.filter(pk=sitting_id).select_related("course", "trainee").first()
    if found is None:
        raise refusal("not_there")
    person_of(account, found.trainee_id)
    return found


def view_on_screen(account: Account, view_id: int) -> PictureView:
    """A view of the picture that stands on this person's screen now, or, in training, of the one that they answered
    last, or of its twin. Raises RequestError academy.not_there for every other: what is shown in peace beforehand
    measures nothing."""
    sitting = Sitting.objects.filter(trainee=account, state__in=[one.value for one in OPEN]).first()
    if sitting is None:
        raise refusal("not_there")
    allowed = set(
        Shown.objects.filter(sitting=sitting, shown_at__isnull=False, said="").values_list("picture_id", flat=True)
    )
    if sitting.mode == SittingMode.TRAIN and not allowed:
        last = sitting.answers.order_by("-number").values_list("picture_id", flat=True).first()
        if last is not None:
            allowed |= {last} | {one.pk for one in twins_of(last)}
    found: PictureView | None = PictureView.objects.filter(pk=view_id, picture__in=allowed).first()
    if found is None:
        raise refusal("not_there")
    return found


def view_ahead(account: Account, view_id: int) -> PictureView:
    """A view of the picture that was chosen and not shown yet: it leaves sealed. Raises RequestError
    academy.not_there."""
    chosen = Shown.objects.filter(
        sitting__trainee=account, sitting__state__in=[one.value for one in OPEN], shown_at=None
    )
    found: PictureView | None = PictureView.objects.filter(pk=view_id, picture__in=chosen.values("picture_id")).first()
    if found is None:
        raise refusal("not_there")
    return found


def twins_of(picture_id: UUID) -> QuerySet[Picture]:
    """The same bag without the article, or with it."""
    return Picture.objects.filter(Q(twins=picture_id) | Q(twin=picture_id))
