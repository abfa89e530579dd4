"""Identification guides: a holder writes them, officers see them beside the candidates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common import house
from pandok.common.decoding import MOST_BYTES
from pandok.common.papers.content import too_large
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts import guides
from pandok.fields.counterfeit.models import IdentificationGuide
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.party_forms import GuideForm
from pandok.web.file_answer import picture_answer
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

GUIDES_A_PAGE = 30


@require_safe
@allows(Action.ANSWER_AS_HOLDER)
def list_guides(request: AccountRequest) -> HttpResponse:
    page = Paginator(guides.own_guides(request.user), GUIDES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pandok/parties/guides.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ANSWER_AS_HOLDER)
def new_guide(request: AccountRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ANSWER_AS_HOLDER)
def edit_guide(request: AccountRequest, guide_id: UUID) -> HttpResponse:
    return _edit(request, get_object_or_404(guides.own_guides(request.user), id=guide_id))


@require_POST
@allows(Action.ANSWER_AS_HOLDER)
def withdraw_guide(request: AccountRequest, guide_id: UUID) -> HttpResponse:
    guide = get_object_or_404(guides.own_guides(request.user), id=guide_id)
    guides.withdraw_guide(guide=guide, actor=request.user, reason="", now=timezone.now())
    messages.success(request, _("The guide was withdrawn."))
    return redirect("guides")


@require_safe
@allows(Action.SEE_CASES)
def guide_picture(request: AccountRequest, guide_id: UUID, sha256: str) -> HttpResponse:
    guide, blobs = get_object_or_404(IdentificationGuide, id=guide_id), house.blobs()
    if not guides.may_see_guide(request.user, guide) or sha256 not in guide.pictures or sha256 not in blobs:
        raise Http404
    return picture_answer(blobs.get(sha256), small="small" in request.GET)


def _edit(request: AccountRequest, guide: IdentificationGuide | None) -> HttpResponse:
    parties = list(guides.holders_of(request.user))
    if not parties:
        return render(request, "pandok/parties/guide_edit.html", {"form": None}, status=200)
    form = GuideForm(request.POST or None, parties=parties, initial=_initial(guide))
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, form.cleaned_data, guide)
        except PandokError as refused:
            error = refused
        else:
            messages.success(request, _("The guide was saved. Officers see it from now on."))
            return redirect("guides")
    context = {
        "form": form,
        "guide": guide,
        "error": error,
        "rights": form.listed_rights(parties),
        "most_pictures": guides.MOST_PICTURES,
        "kept": form["keep"].value() or [],
    }
    return render(request, "pandok/parties/guide_edit.html", context, status=422 if request.method == "POST" else 200)


def _write(request: AccountRequest, said: dict[str, Any], guide: IdentificationGuide | None) -> None:
    files = [file for file in request.FILES.getlist("pictures") if file.size]
    for file in files:
        if (size := file.size or 0) > MOST_BYTES:
            raise too_large(size)
    guides.write_guide(
        party=guides.holders_of(request.user).get(id=said["party"]),
        design_id=said["design_id"].strip(),
        title=said["title"],
        text=said["text"],
        pictures=[(file.name or "", file.read()) for file in files[: guides.MOST_PICTURES + 1]],
        actor=request.user,
        now=timezone.now(),
        blobs=house.blobs(),
        replaces=guide,
        keep_pictures=said["keep"],
    )


def _initial(guide: IdentificationGuide | None) -> dict[str, Any]:
    if guide is None:
        return {}
    return {
        "party": str(guide.party_id),
        "design_id": guide.design.design_id if guide.design else "",
        "title": guide.title,
        "text": guide.text,
        "keep": guide.pictures,
    }
