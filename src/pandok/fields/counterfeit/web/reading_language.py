"""The language in which an importer reads its notice: one of the house, or a further one, chosen on the page itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import urlencode

from pandok.common.languages import further_languages, speaking
from pandok.core.text import Text
from pandok.web.page_language import language

ASKED = "lang"
KEY = "notice_language"
HOUSE = (("ko", "한국어"), ("en", "English"))


@dataclass(frozen=True)
class Offer:
    code: str
    name: str
    query: str
    current: bool


@dataclass(frozen=True)
class Reading:
    """What the page says of languages. `mark`: what stands on a text in a further one; None in those of the house."""

    offers: tuple[Offer, ...]
    mark: Text | None


def further_asked(request: HttpRequest) -> str:
    """The further language that the address asks for; "" for none."""
    asked = request.GET.get(ASKED, "")
    return asked if asked in further_languages() else ""


@contextmanager
def reading(request: HttpRequest, *, offered: bool = True) -> Iterator[Reading | None]:
    """The page in the language that was chosen here, which the session remembers; None where none is offered."""
    if not offered:
        yield None
        return
    known = [*(code for code, _ in HOUSE), *further_languages()]
    asked = request.GET.get(ASKED, "")
    if asked in known and request.session.session_key and request.session.get(KEY) != asked:
        request.session[KEY] = asked
    chosen = asked if asked in known else request.session.get(KEY, "")
    with speaking(chosen if chosen in known else language()):
        now = language()
        names = [*HOUSE, *((one.code, one.name) for one in further_languages().values())]
        kept = {name: str(value) for name, value in request.GET.items() if name != ASKED}
        offers = tuple(Offer(code, name, urlencode(kept | {ASKED: code}), code == now) for code, name in names)
        further = further_languages().get(now)
        yield Reading(offers, further.mark if further else None)
