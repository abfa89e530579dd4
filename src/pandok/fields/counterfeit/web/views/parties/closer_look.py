"""A closer look at what a notice shows: its photographs, with the registered views beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pandok.fields.counterfeit.acts.notices.content import NoticeContent
from pandok.fields.counterfeit.web.views.pictures import look_at
from pandok.fields.designs.web.shown.closer_look import Looked


def look_at_notice(
    request: HttpRequest, contents: Iterable[NoticeContent], sha256: str, address: Callable[[str], str]
) -> HttpResponse:
    """`contents` show the picture `sha256`; `address` is that of a picture's file for this reader."""
    goods: dict[str, None] = {}
    views: dict[str, None] = {}
    for content in contents:
        evidence = content.evidence
        goods |= dict.fromkeys([one.sha256 for one in content.photographs])
        views |= dict.fromkeys([one.sha256 for one in content.drawings])
        if evidence:
            goods |= {evidence.photograph.sha256: None}
            views |= {evidence.view.sha256: None}
    photographs = [
        Looked(one, address(one), _("Photograph %(number)s") % {"number": place})
        for place, one in enumerate(goods, start=1)
    ]
    drawings = [
        Looked(one, address(one), _("Registered view %(number)s") % {"number": place})
        for place, one in enumerate(views, start=1)
    ]
    chosen = next((one for one in photographs if one.sha256 == sha256), None)
    if chosen is not None:
        return look_at(request, chosen, first=photographs, second=drawings)
    return look_at(request, next(one for one in drawings if one.sha256 == sha256), first=drawings)
