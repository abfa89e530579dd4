"""Realism: one image after the other, composed ones and scans mixed; nothing on the page tells which is which."""

from __future__ import annotations

import random
import secrets
from datetime import datetime
from typing import Any

import numpy as np
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.bank.plans import MOST_SEED
from pandok.fields.academy.acts.reviewing.realism import next_to_judge, say_realism
from pandok.fields.academy.kinds import Realism
from pandok.fields.academy.lists.realism import realism_figures
from pandok.fields.academy.models import Picture
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.lesson_forms import RealismForm
from pandok.fields.academy.web.views.images import image, keep_look
from pandok.fields.xray.models import Scan
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import refused_status, render

_KEY = "academy_realism"
"""In the session: which image stands on the screen. It is in no address, so that none tells what it is."""


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.REVIEW_LESSONS)
def realism(request: AccountRequest) -> HttpResponse:
    now = timezone.now()
    kept = request.session.get(_KEY)
    shown = _shown(kept)
    if request.method != "POST":
        if shown is None:
            shown = next_to_judge(request.user, np.random.default_rng(random.SystemRandom().randrange(MOST_SEED)))
            kept = _keep(request, shown, now)
        return _page(request, shown, kept, RealismForm(), None)
    form = RealismForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, kept, form, None, status=422)
    if shown is None or kept is None or form.cleaned_data["nonce"] != kept["nonce"]:
        # Sent twice, or from an older page: the image that stands now.
        return redirect("academy_realism")
    try:
        say_realism(
            shown=shown,
            reviewer=request.user,
            said=Realism(form.cleaned_data["said"]),
            reason=form.cleaned_data["why"],
            seconds=max(0.0, (now - datetime.fromisoformat(kept["at"])).total_seconds()),
            now=now,
        )
    except PandokError as error:
        if error.error_code != "lesson.reviewed":
            return _page(request, shown, kept, form, error, status=refused_status(error))
    request.session.pop(_KEY, None)
    return redirect("academy_realism")


@require_safe
@allows(Action.REVIEW_LESSONS)
def realism_image(request: AccountRequest, number: int) -> HttpResponse:
    """A view of the image that stands on this screen."""
    shown = _shown(request.session.get(_KEY))
    views = list(shown.views.order_by("position")) if shown is not None else []
    if number >= len(views):
        raise Http404
    if isinstance(shown, Scan):
        keep_look(request, views[number].preview_sha256, f"inspection:{shown.inspection_id}", timezone.now())
    return image(house.blobs().get(views[number].preview_sha256))


@require_safe
@allows(Action.SEE_REALISM)
def figures(request: AccountRequest) -> HttpResponse:
    """The share that was flagged, for everybody who trains or answers for it."""
    return render(request, "pandok/academy/realism_figures.html", {"figures": realism_figures()})


def _shown(kept: Any) -> Picture | Scan | None:
    if not isinstance(kept, dict):
        return None
    model: Any = Scan if kept.get("scan") else Picture
    found: Picture | Scan | None = model.objects.filter(pk=kept.get("key")).first()
    return found


def _keep(request: AccountRequest, shown: Picture | Scan | None, now: datetime) -> dict[str, Any] | None:
    if shown is None:
        return None
    kept = {
        "scan": isinstance(shown, Scan),
        "key": str(shown.pk),
        "at": now.isoformat(),
        "nonce": secrets.token_hex(8),
    }
    request.session[_KEY] = kept
    return kept


def _page(
    request: AccountRequest,
    shown: Picture | Scan | None,
    kept: dict[str, Any] | None,
    form: RealismForm,
    error: PandokError | None,
    *,
    status: int = 200,
) -> HttpResponse:
    views = list(shown.views.order_by("position")) if shown is not None else []
    context = {
        "views": list(enumerate(views)),
        "nonce": kept["nonce"] if kept else "",
        "form": form,
        "error": error,
        "nothing": shown is None,
    }
    return render(request, "pandok/academy/realism.html", context, status=status)
