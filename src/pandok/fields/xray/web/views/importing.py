"""A scan from the browser: its files and its declaration."""

from __future__ import annotations

import random

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common import house
from pandok.common.decoding import parsing_pool
from pandok.common.parties.belonging import site_of
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.xray.acts.importing import import_scan
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.acts.site_shares import shares_of_site
from pandok.fields.xray.roles import Action
from pandok.fields.xray.web.import_form import ImportForm
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import refused_status, render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.IMPORT_SCANS)
def bring(request: AccountRequest) -> HttpResponse:
    home = settings().home
    if request.method != "POST":
        return _page(request, ImportForm(home=home))
    form = ImportForm(request.POST, request.FILES, home=home)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        imported = import_scan(
            files=form.named_bytes(),
            declaration=form.declaration(),
            profile=profile(home, form.cleaned_data["spectrum"], form.cleaned_data["air_counts"]),
            site=site_of(request.user),
            actor=request.user,
            now=timezone.now(),
            shares=shares_of_site(),
            chance=random.SystemRandom().random,
            blobs=house.blobs(),
            pool=parsing_pool(),
        )
    except PandokError as error:
        return _page(request, form, error=error, status=refused_status(error))
    return redirect("xray_inspection", inspection_id=imported.inspection.pk)


def _page(
    request: AccountRequest, form: ImportForm, *, error: PandokError | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "pandok/xray/import.html", {"form": form, "error": error}, status=status)
