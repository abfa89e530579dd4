"""Container structure: empty containers by type, what comparing with them finds, and asking for it to be measured."""

from __future__ import annotations

import random
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.decoding import parsing_pool
from pandok.common.parties.belonging import site_of
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.acts.structure.empties import import_empty, withdraw_empty
from pandok.fields.xray.acts.structure.jobs import MOST_SEED, ask_for_figure
from pandok.fields.xray.lists.structure import empties_visible_to, known_types
from pandok.fields.xray.roles import Action
from pandok.fields.xray.web.shown.structure import type_row
from pandok.fields.xray.web.structure_forms import EmptyForm, MeasureForm, WithdrawForm
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import refused_status, render

NEWEST_SHOWN = 50


@require_safe
@allows(Action.SEE_SCAN_FIGURES)
def containers(request: AccountRequest) -> HttpResponse:
    return _page(request)


@require_POST
@allows(Action.IMPORT_SCANS)
def bring_empty(request: AccountRequest) -> HttpResponse:
    home = settings().home
    form = EmptyForm(request.POST, request.FILES, home=home)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        import_empty(
            files=form.named_bytes(),
            container_type=form.cleaned_data["container_type"],
            profile=profile(home, form.cleaned_data["spectrum"], form.cleaned_data["air_counts"]),
            site=site_of(request.user),
            actor=request.user,
            now=timezone.now(),
            blobs=house.blobs(),
            pool=parsing_pool(),
        )
    except PandokError as error:
        return _page(request, form=form, error=error, status=refused_status(error))
    return redirect("xray_containers")


@require_POST
@allows(Action.IMPORT_SCANS)
def measure(request: AccountRequest) -> HttpResponse:
    """A worker measures it: seconds to minutes."""
    key = meant(MeasureForm(request.POST)).key(site_of(request.user))
    try:
        seed = random.SystemRandom().randrange(MOST_SEED)
        ask_for_figure(key, actor=request.user, seed=seed, now=timezone.now())
    except PandokError as error:
        return _page(request, error=error, status=422)
    return _page(request, asked=True)


@require_POST
@allows(Action.IMPORT_SCANS)
def withdraw(request: AccountRequest, empty_id: UUID) -> HttpResponse:
    empty = get_object_or_404(empties_visible_to(request.user), pk=empty_id)
    reason = meant(WithdrawForm(request.POST)).cleaned_data["reason"]
    try:
        withdraw_empty(empty_id=empty.pk, actor=request.user, reason=reason, now=timezone.now())
    except PandokError as error:
        return _page(request, error=error, refused=empty.pk, reason=reason, status=422)
    return redirect("xray_containers")


def _page(
    request: AccountRequest,
    *,
    form: EmptyForm | None = None,
    error: PandokError | None = None,
    asked: bool = False,
    refused: UUID | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    newest = empties_visible_to(request.user).select_related("imported_by")
    context = {
        "types": [type_row(one) for one in known_types(request.user)],
        "empties": newest.order_by("-imported_at")[:NEWEST_SHOWN],
        "form": form or EmptyForm(home=settings().home),
        "withdraw_form": WithdrawForm(auto_id=False),
        "refused": refused,
        "reason": reason,
        "may_import": request.user.may(Action.IMPORT_SCANS),
        "own_site": site_of(request.user),
        "error": error,
        "asked": asked,
    }
    return render(request, "pandok/xray/containers.html", context, status=status)
