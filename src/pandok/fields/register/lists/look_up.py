"""Designs found by what is printed or said of them: numbers with or without their signs, article, holder, class."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower, Replace

from pandok.core.rights import LegalStatus
from pandok.fields.register.models import Design
from pandok.fields.register.right_standing import status_is

MOST_TERMS = 8
LONGEST_TERM = 60
_SIGNS = "-./ "
_NUMBERS = ("design_id", "registration_number", "application_number", "international_number", "recordal_number")


def plain_number(text: str) -> str:
    """A number as it is compared: without the signs that are printed in it.

    >>> plain_number("30-2020-0012345"), plain_number("DM/123 456")
    ('3020200012345', 'dm123456')
    """
    return re.sub(r"[^\w]|_", "", unicodedata.normalize("NFKC", text).casefold())


def look_up(
    words: str = "", *, on: date, locarno_class: str = "", status: LegalStatus | None = None
) -> QuerySet[Design]:
    """Designs in which every word stands: as part of a number, of the article, or of the holder's name.

    `locarno_class` is a class ("09") or a subclass ("09-01"), first or further; `status` is that of the day `on`.
    """
    found = Design.objects.select_related("holder").order_by("design_id")
    plain = {f"plain_{name}": _plain(name) for name in _NUMBERS}
    for term in unicodedata.normalize("NFKC", words.replace("\x00", " ")).split()[:MOST_TERMS]:
        term = term[:LONGEST_TERM]
        number = plain_number(term)
        wanted = Q(article__icontains=term) | Q(holder__name__icontains=term) | Q(word_mark__icontains=term)
        if len(number) > 1:
            for name in plain:
                wanted |= Q(**{f"{name}__contains": number})
        found = found.alias(**plain).filter(wanted)
    if locarno_class:
        starts = locarno_class if "-" in locarno_class else f"{locarno_class}-"
        found = found.filter(
            Q(locarno_class__startswith=starts)
            | Q(further_classes__startswith=starts)
            | Q(further_classes__contains=f" {starts}")
        )
    return found.filter(status_is(status, on)) if status else found


def _plain(name: str) -> Combinable:
    plain: Combinable = Lower(F(name))
    for sign in _SIGNS:
        plain = Replace(plain, Value(sign), Value(""))
    return plain
