"""How many pictures there are, by set: counts alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.lists.sets import LOOKED_THROUGH, waiting_pictures
from pandok.fields.academy.models import Picture


@dataclass(frozen=True)
class SetCount:
    set: PictureSet
    threats: int
    harmless: int
    waits: int = 0
    """For a second person's look; not counted among the others."""


def counts_of_bank() -> list[SetCount]:
    rows = (
        pictures_in_use()
        .filter(~Q(set__in=[one.value for one in LOOKED_THROUGH]) | Q(look__accepted=True))
        .order_by()
        .values("set")
        .annotate(threats=Count("pk", filter=Q(threat=True)), harmless=Count("pk", filter=Q(threat=False)))
    )
    found = {row["set"]: (row["threats"], row["harmless"]) for row in rows}
    waiting = waiting_pictures().order_by().values("set").annotate(count=Count("pk"))
    waits = {row["set"]: row["count"] for row in waiting}
    return [SetCount(one, *found.get(one.value, (0, 0)), waits.get(one.value, 0)) for one in PictureSet]


def filled_with(seed: int) -> int:
    """Pictures of the bank that this seed made, those out of use among them."""
    return Picture.objects.filter(bag__startswith=f"computed-{seed}-").exclude(seed=None).count()
