"""Pictures by their sha256: own photographs, photographs of readings one may see, registered views shown in them.

Looking at a photograph is kept in the audit chain (pandok.common.audit.viewing); looking at a registered view is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pandok.common import house
from pandok.common.audit.viewing import record_viewing
from pandok.common.models import Account
from pandok.common.web.requests import AccountRequest
from pandok.fields.counterfeit.acts.guides import designs_visible_to
from pandok.fields.counterfeit.acts.picture_access import is_registered_view, may_see_picture
from pandok.fields.counterfeit.acts.retention.certificate import erased_by
from pandok.fields.counterfeit.lists.viewing_context import confirmed_in, confirmed_number, context_of
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.pending import pending_photographs
from pandok.fields.counterfeit.web.shown.erased import erased_picture
from pandok.fields.designs.acts.readings import readings_visible_to
from pandok.fields.designs.models import ReadingRecord, SignalPhotograph
from pandok.fields.designs.web.shown.closer_look import Looked, panes
from pandok.fields.designs.web.shown.drawing import Picture
from pandok.fields.designs.web.shown.reading_page import regions_drawn
from pandok.fields.designs.web.shown.value_words import view_name, view_words
from pandok.fields.register.models import Design
from pandok.web.browser_picture import browser_picture
from pandok.web.came_from import came_from
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


@require_safe
@allows(Action.SEE_REGISTER)
def picture(request: AccountRequest, sha256: str) -> HttpResponse:
    blobs = house.blobs()
    pending = {photograph.sha256 for photograph in pending_photographs(request)}
    if not (sha256 in pending or may_see_picture(request.user, sha256)):
        raise Http404
    if "look" in request.GET:
        return _look(request, sha256)
    if sha256 not in blobs:
        return _erased(sha256)
    data, media_type = browser_picture(blobs.get(sha256), small="small" in request.GET)
    seen_in = context_of(request.user, sha256)
    if seen_in is not None and request.method == "GET":
        record_viewing(account=request.user, sha256=sha256, obj=seen_in, now=timezone.now())
    response = HttpResponse(data, content_type=media_type)
    # A registered view is public and its name is its content. A photograph is asked for at every look, so that every
    # look is recorded and a shared phone keeps none.
    public = seen_in is None and sha256 not in pending and is_registered_view(sha256)
    response.headers["Cache-Control"] = "private, max-age=3600, immutable" if public else "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Content-Disposition"] = f'inline; filename="{sha256[:12]}.{media_type.rpartition("/")[2]}"'
    return response


def look_at(
    request: HttpRequest,
    chosen: Looked,
    *,
    first: Sequence[Looked] = (),
    second: Sequence[Looked] = (),
    kept: dict[str, str] | None = None,
) -> HttpResponse:
    """A page to look closely at `chosen`, one of `first`, with one of `second` beside it where there are such.

    `?beside=<sha256>` chooses among `second`; `kept` is what else the address says. The way back leads to where the
    picture was tapped.
    """
    wanted = request.GET.get("beside", "")
    beside = next((one for one in second if one.sha256 == wanted), second[0] if second else None)
    back = _way_back(request)
    shown = panes(first or [chosen], chosen, second, beside, (kept or {}) | {"from": back})
    context = {"panes": shown, "back": back, "has_boxes": any(one.boxes for one in shown)}
    return render(request, "pandok/look.html", context)


def _way_back(request: HttpRequest) -> str:
    """Where the picture was tapped, on this site; kept in the address while other pictures are chosen."""
    kept = request.GET.get("from", "")
    if re.match(r"/(?!/)", kept) and url_has_allowed_host_and_scheme(kept, allowed_hosts=None):
        return kept
    came = came_from(request)
    return came if came and urlsplit(came).path != request.path else "/"


def _look(request: AccountRequest, sha256: str) -> HttpResponse:
    """A photograph with those of the same goods to choose from, and the views of `?design=` beside it."""
    design = designs_visible_to(request.user).filter(design_id=request.GET.get("design", "")).first()
    views = _confirmed(request, design.design_id) + _views(design) if design else []
    kept = {"design": design.design_id} if design else {}
    view = next((one for one in views if one.sha256 == sha256), None)
    if view is not None:
        return look_at(request, view, first=views, kept=kept)
    if is_registered_view(sha256):
        return look_at(request, _looked(sha256, _("Registered view")))
    if (number := confirmed_number(sha256)) and confirmed_in(request.user, sha256):
        return look_at(request, _looked(sha256, _confirmed_words(number)))
    beside = request.GET.get("beside", "")
    if (
        not views and is_registered_view(beside) and may_see_picture(request.user, beside)
    ):  # of a design that the register no longer has
        views = [_looked(beside, _("Registered view"))]
    goods = _photographs(request.user, sha256)
    chosen = next((one for one in goods if one.sha256 == sha256), None) or _looked(sha256, _("Photograph of the goods"))
    record = _reading(request)
    regions = {one.sha256: one for one in regions_drawn(record, request.GET.get("design", ""))} if record else {}
    if record and regions:
        kept["reading"] = str(record.id)
        goods, views = _with_regions(goods, regions), _with_regions(views, regions)
        chosen = next((one for one in goods if one.sha256 == sha256), chosen)
    return look_at(request, chosen, first=goods, second=views, kept=kept)


def _reading(request: AccountRequest) -> ReadingRecord | None:
    """The reading whose regions are asked for, as far as the person may see it."""
    try:
        asked = UUID(request.GET.get("reading", ""))
    except ValueError:
        return None
    return readings_visible_to(request.user).filter(id=asked).first()


def _with_regions(pictures: list[Looked], regions: dict[str, Picture]) -> list[Looked]:
    return [replace(one, boxes=regions.get(one.sha256)) for one in pictures]


def _looked(sha256: str, words: str) -> Looked:
    return Looked(sha256, reverse("picture", args=[sha256]), words)


def _views(design: Design) -> list[Looked]:
    language = get_language() or "ko"
    title = design.word_mark or design.article or design.design_id
    return [
        _looked(one.sha256, f"{title} · {number}. {view_name(one.name).in_language(language)}")
        for number, one in enumerate(design.views.filter(withdrawn_at=None).order_by("order", "view_key"), start=1)
    ]


def _confirmed(request: AccountRequest, design_id: str) -> list[Looked]:
    """The confirmed photograph that the reading's evidence for this design rests on, where it does."""
    record = _reading(request)
    candidates = record.reading.candidates if record else ()
    return [
        _looked(one.evidence.view_sha256, _confirmed_words(one.evidence.view))
        for one in candidates
        if one.design.design_id == design_id and one.evidence.confirmed
    ]


def _confirmed_words(number: str) -> str:
    said = view_words(number, confirmed=True).in_language(get_language() or "ko")
    return said[:1].upper() + said[1:]


def _photographs(account: Account, sha256: str) -> list[Looked]:
    """Those taken together with it, as far as the person may see them."""
    signals = SignalPhotograph.objects.filter(sha256=sha256).values("signal_id")
    together = SignalPhotograph.objects.filter(signal_id__in=signals).order_by("signal_id", "position")
    seen = [one for one in dict.fromkeys(together.values_list("sha256", flat=True)) if may_see_picture(account, one)]
    return [_looked(one, _("Photograph %(number)s") % {"number": number}) for number, one in enumerate(seen, start=1)]


def _erased(sha256: str) -> HttpResponse:
    """In the place of a photograph whose term is over, not a hole; 404 where it was never kept."""
    deletion = erased_by(sha256)
    if deletion is None:
        raise Http404
    drawing = erased_picture(deletion.number, get_language() or "ko")
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Pandok-Erased"] = deletion.number
    return response
