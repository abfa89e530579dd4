"""Projects as a whole: a page for everybody about each, one list for who answers for the programme, and the answer
after the end. No person stands on the public ones."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.programme.acts.afterwards.answering import answer_use
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.lists.afterwards import public_projects, whole
from pandok.fields.programme.lists.agreements import agreements_visible_to
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.evidence_forms import UseForm
from pandok.fields.programme.web.shown.after_end import project_row, project_shown
from pandok.fields.programme.web.views.evidence import agreement_shown, evidence_page
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

A_PAGE = 20


@login_not_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    page = Paginator(public_projects(), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [project_row(one) for one in page]}
    return render(request, "pandok/programme/projects.html", context)


@login_not_required
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(public_projects(), number=number)
    return render(request, "pandok/programme/project.html", project_shown(found))


@require_safe
@allows(Action.SEE_ALL_AGREEMENTS)
def portfolio(request: AccountRequest) -> HttpResponse:
    found = whole(agreements_visible_to(request.user)).order_by("-made_at", "-id")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [project_row(agreement) for agreement in page]}
    return render(request, "pandok/programme/portfolio.html", context)


@require_POST
@allows(Action.ANSWER_AFTERWARDS)
def answer(request: AccountRequest, agreement_id: UUID, again_id: int) -> HttpResponse:
    found = agreement_shown(request, agreement_id)
    form = meant(UseForm(request.POST))
    try:
        if not found.remeasurements.filter(pk=again_id).exists():
            raise refusal("no_term")
        answer_use(again_id, use=form.cleaned_data["use"], reason=form.why(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return evidence_page(request, found, error=error)
    return redirect("programme_evidence", agreement_id=agreement_id)
