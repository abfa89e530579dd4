"""The register of problems: looked through, and added to; problems that may say the same are shown before."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.programme.acts.problems.proposing import propose_problem
from pandok.fields.programme.lists.likely_duplicates import likely_duplicates
from pandok.fields.programme.lists.problems import problems_visible_to
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.problem_text import checked_problem
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.problem_forms import ProblemForm
from pandok.fields.programme.web.views.problem_pages import listed, problem_row
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import refused_status, render


@require_safe
@allows(Action.SEE_PROBLEMS)
def problems(request: AccountRequest) -> HttpResponse:
    shown = problems_visible_to(request.user)
    context = listed(request, shown, request.user) | {
        "may_propose": request.user.may(Action.PROPOSE_PROBLEMS),
        "sees_all": request.user.may(Action.SEE_ALL_PROBLEMS),
    }
    return render(request, "pandok/programme/problems.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.PROPOSE_PROBLEMS)
def propose(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ProblemForm())
    form, now = meant(ProblemForm(request.POST)), timezone.now()
    try:
        said = checked_problem(form.said(), today=now.astimezone(OFFICE_ZONE).date())
        offered = [] if form.cleaned_data["looked"] else likely_duplicates(said, account=request.user)
        if offered:
            return _page(request, form, offered=offered)
        made = propose_problem(said, actor=request.user, now=now)
    except PandokError as error:
        return _page(request, form, error=error)
    return redirect("programme_problem", problem_id=made.pk)


def _page(
    request: AccountRequest,
    form: ProblemForm,
    *,
    offered: Sequence[FieldProblem] = (),
    error: PandokError | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "error": error,
        "offered": [problem_row(one) for one in offered],
        "looked": "yes" if offered or (form.is_bound and form.cleaned_data.get("looked")) else "",
    }
    return render(request, "pandok/programme/propose.html", context, status=refused_status(error) if error else 200)
