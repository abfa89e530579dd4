"""The pictures that are in use, as values for choosing among them; read anew when something changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.models import (
    Article,
    Picture,
    PictureCalibration,
    PictureLook,
    PictureRetirement,
    RealismReview,
)
from pandok.proof.ability.answers import HarmlessItem, ThreatItem
from pandok.proof.ability.returning import Picture as ThreatPicture

_KEPT = 16


@dataclass(frozen=True)
class HarmlessPicture:
    picture: str
    item: HarmlessItem


@dataclass(frozen=True)
class Bank:
    """`threats`: as pandok.proof.ability.returning chooses among them. `twin_of`: picture → its twin, both ways."""

    threats: tuple[ThreatPicture, ...]
    harmless: tuple[HarmlessPicture, ...]
    twin_of: dict[str, str]

    def with_twins(self, seen: set[str]) -> set[str]:
        """Feedback shows the twin beside: who saw one saw the other."""
        return seen | {self.twin_of[one] for one in seen if one in self.twin_of}


def in_use(set_: PictureSet, machine_class: str = "") -> QuerySet[Picture]:
    """Of articles that are in use, or of none, not retired, taken for composed by nobody, and where people are measured
    with it accepted by a second person."""
    found = pictures_in_use().filter(set=set_.value)
    if set_.looked_through:
        found = found.filter(look__accepted=True)
    return found.filter(machine_class=machine_class) if machine_class else found


def bank_of(set_: PictureSet, machine_class: str = "") -> Bank:
    """The order is that of making: the same for everybody, so that a seed chooses the same again."""
    return _bank(str(connection.settings_dict["NAME"]), set_, machine_class, _version())


def half_of(key: str) -> int:
    """0 or 1, the same for all pictures of one article (or of one bag without any): tests before and after a course."""
    return hashlib.sha256(key.encode()).digest()[0] % 2


@lru_cache(maxsize=_KEPT)
def _bank(_database: str, set_: PictureSet, machine_class: str, _version: tuple[Any, ...]) -> Bank:
    newest = PictureCalibration.objects.filter(picture=OuterRef("pk")).order_by("-at")
    rows = (
        in_use(set_, machine_class)
        .annotate(
            slope_now=Subquery(newest.values("slope")[:1]),
            b_now=Subquery(newest.values("difficulty")[:1]),
            sd_now=Subquery(newest.values("difficulty_sd")[:1]),
        )
        .order_by("made_at", "id")
    )
    threats, harmless, twins = [], [], {}
    for one in rows:
        key = str(one.pk)
        if one.twin_id:
            twins[key], twins[str(one.twin_id)] = str(one.twin_id), key
        if not one.threat:
            harmless.append(HarmlessPicture(key, HarmlessItem(one.innocence)))
            continue
        known = one.b_now is not None
        item = (
            ThreatItem(one.slope_now, one.b_now, one.sd_now)
            if known
            else ThreatItem(one.slope, one.difficulty, one.difficulty_sd)
        )
        threats.append(ThreatPicture(str(one.article_id), key, item))
    return Bank(tuple(threats), tuple(harmless), twins)


def _version() -> tuple[Any, ...]:
    """What a bank follows from. One question: it is asked before every picture, while others wait to write."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        told: tuple[Any, ...] = cursor.fetchone()
    return told


def _asked() -> str:
    told = [f"(SELECT id FROM {Picture._meta.db_table} ORDER BY made_at DESC, id DESC LIMIT 1)"]
    counted = (Picture, Article, RealismReview, PictureLook)
    told += [f"(SELECT COUNT(*) FROM {one._meta.db_table})" for one in counted]
    last = {"state_since": (Article, PictureRetirement), "at": (RealismReview, PictureLook, PictureCalibration)}
    told += [f"(SELECT MAX({column}) FROM {one._meta.db_table})" for column, many in last.items() for one in many]
    return f"SELECT {', '.join(told)}"


_ASKED = _asked()


def picture_with_views(picture_id: str | UUID) -> Picture:
    found: Picture = Picture.objects.select_related("article", "twin").prefetch_related("views").get(pk=picture_id)
    return found
