"""Sets that people are measured or tested with: what waits in each for a second person's look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from pandok.common.models import Account
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.models import Picture, PictureLook, PictureView
from pandok.fields.academy.refusals import refusal

LOOKED_THROUGH = tuple(one for one in PictureSet if one.looked_through)
A_PAGE = 10
"""Pictures that are looked at together."""


@dataclass(frozen=True)
class SetLooks:
    """`threats`, `harmless`: that people are measured with. `waits`: for another person than their maker, of these
    `own` were made by who asks. `rejected`: stay out."""

    set: PictureSet
    threats: int
    harmless: int
    waits: int
    own: int
    rejected: int

    @property
    def for_you(self) -> int:
        return self.waits - self.own


def set_named(name: str) -> PictureSet:
    """Raises RequestError academy.not_there."""
    for one in LOOKED_THROUGH:
        if one.value == name:
            return one
    raise refusal("not_there")


def object_of_set(set_: PictureSet) -> str:
    """The context in which its pictures are looked at."""
    return f"picture_set:{set_.value}"


def waiting_pictures(set_: PictureSet | None = None) -> QuerySet[Picture]:
    """In use, and looked at by nobody yet."""
    sets = [one.value for one in LOOKED_THROUGH] if set_ is None else [set_.value]
    return pictures_in_use().filter(set__in=sets, look=None)


def waiting_for(account: Account, set_: PictureSet | None = None) -> QuerySet[Picture]:
    """Those that this person did not make, nor their article."""
    return waiting_pictures(set_).exclude(_made_by(account))


def next_to_look_at(account: Account, set_: PictureSet) -> Sequence[Picture]:
    """The next pictures, those of one bag together."""
    rows = waiting_for(account, set_).select_related("article").prefetch_related("views")
    return list(rows.order_by("bag", "-threat", "id")[:A_PAGE])


def view_of_set(account: Account, set_: PictureSet, view_id: int) -> PictureView:
    """Of a picture that waits for somebody like this person. Raises RequestError academy.not_there."""
    found: PictureView | None = PictureView.objects.filter(pk=view_id, picture__in=waiting_for(account, set_)).first()
    if found is None:
        raise refusal("not_there")
    return found


def looks_of_sets(account: Account) -> list[SetLooks]:
    usable = (
        pictures_in_use()
        .filter(set__in=[one.value for one in LOOKED_THROUGH], look__accepted=True)
        .order_by()
        .values("set")
        .annotate(threats=Count("pk", filter=Q(threat=True)), harmless=Count("pk", filter=Q(threat=False)))
    )
    counts = {row["set"]: (row["threats"], row["harmless"]) for row in usable}
    waits, own = _counted(waiting_pictures()), _counted(waiting_pictures().filter(_made_by(account)))
    rejected = PictureLook.objects.filter(accepted=False).order_by().values("picture__set").annotate(count=Count("pk"))
    out = {row["picture__set"]: row["count"] for row in rejected}
    return [
        SetLooks(
            one,
            *counts.get(one.value, (0, 0)),
            waits=waits.get(one.value, 0),
            own=own.get(one.value, 0),
            rejected=out.get(one.value, 0),
        )
        for one in LOOKED_THROUGH
    ]


def _made_by(account: Account) -> Q:
    return Q(made_by=account) | Q(article__made_by=account)


def _counted(pictures: QuerySet[Picture]) -> dict[str, int]:
    return {row["set"]: row["count"] for row in pictures.order_by().values("set").annotate(count=Count("pk"))}
