"""What lessons are made of: finds that wait, lessons that were made, the bank and how it is filled."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.fields.academy.acts.bank.jobs import ask_to_fill, filling_now
from pandok.fields.academy.kinds import ArticleKind
from pandok.fields.academy.lists.bank_counts import counts_of_bank, filled_with
from pandok.fields.academy.lists.forms import waiting_forms
from pandok.fields.academy.lists.lessons import seizure_articles
from pandok.fields.academy.lists.seizures import finds_for
from pandok.fields.academy.lists.sets import waiting_for
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.lesson_forms import FillForm
from pandok.fields.xray.decisions import Found
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

NEWEST = 30
SEED = 1
"""Of the bank that a site makes for itself; `pandok academy fill` takes any."""


@require_safe
@allows(Action.MAKE_LESSONS)
def material(request: AccountRequest) -> HttpResponse:
    return _material_page(request, FillForm())


@require_POST
@allows(Action.MAKE_LESSONS)
def fill(request: AccountRequest) -> HttpResponse:
    """A worker makes them: a fraction of a second each."""
    form = FillForm(request.POST)
    if not form.is_valid():
        return _material_page(request, form, status=422)
    ask_to_fill(pictures=form.cleaned_data["pictures"], seed=SEED, actor=request.user, now=timezone.now())
    return redirect("academy_material")


def _material_page(request: AccountRequest, form: FillForm, *, status: int = 200) -> HttpResponse:
    now_made = seizure_articles(request.user).order_by("state", "-state_since")[: 2 * NEWEST]
    context = {
        "finds": [(one, Found(one.found).words) for one in finds_for(request.user)[:NEWEST]],
        "articles": [(one, one.stands.words, ArticleKind(one.kind).words) for one in now_made],
        "bank": counts_of_bank(),
        "forms_wait": waiting_forms().count(),
        "sets_wait": waiting_for(request.user).count(),
        "filling": filling_now(),
        "made": filled_with(SEED),
        "form": form,
    }
    return render(request, "pandok/academy/material.html", context, status=status)
