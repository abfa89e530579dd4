"""The main links, in the order in which they stand; each is shown to who may follow it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from pandok.core.text import Text
from pandok.desk.roles import Action


@dataclass(frozen=True)
class Link:
    """`name` is the URL name; `also` are URL names of pages that belong under it."""

    name: str
    words: Text
    action: Action
    also: tuple[str, ...] = ()


LINKS: tuple[Link, ...] = (
    Link("capture", Text(ko="촬영", en="Photograph"), Action.READ_PHOTOGRAPHS),
    Link("readings", Text(ko="판독 목록", en="Readings"), Action.SEE_OWN_READINGS, ("reading",)),
)


@dataclass(frozen=True)
class ShownLink:
    address: str
    words: str
    current: bool


def links_for(request: HttpRequest, language: str) -> list[ShownLink]:
    """The links that the person of this request may follow."""
    here = getattr(request.resolver_match, "url_name", None)
    return [
        ShownLink(reverse(link.name), link.words.in_language(language), here == link.name or here in link.also)
        for link in LINKS
        if request.user.may(link.action)
    ]
