"""The areas of the lab, in the order of its work; each is shown to who may enter it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from pandok.core.text import Text
from pandok.desk.roles import Action


@dataclass(frozen=True)
class Area:
    """`name` is the URL name of its first page; `sentence` says what is done there."""

    name: str
    words: Text
    sentence: Text
    action: Action


AREAS: tuple[Area, ...] = ()


@dataclass(frozen=True)
class ShownArea:
    address: str
    words: Text
    sentence: Text
    current: bool


def areas_for(request: HttpRequest) -> list[ShownArea]:
    here = request.path
    shown = [(reverse(area.name), area) for area in AREAS if request.user.may(area.action)]
    return [ShownArea(address, area.words, area.sentence, here.startswith(address)) for address, area in shown]
