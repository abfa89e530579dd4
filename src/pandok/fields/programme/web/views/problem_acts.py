"""What is done with a problem: examined, returned, taken up, merged, answered, shown; others say that they have it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.programme.acts.problems.sharing import end_share, share_problem
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.problem_forms import ShareForm
from pandok.fields.programme.web.shown.problem_steps import STEPS, steps_for
from pandok.fields.programme.web.views.problem import problem_page, shown_problem
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant


@require_POST
@allows(Action.SEE_PROBLEMS)
def act(request: AccountRequest, problem_id: UUID) -> HttpResponse:
    """The button says what; a step that this person may not take is answered as if there were none."""
    found, name = shown_problem(request, problem_id), request.POST.get("act", "")
    step = next((one for one in STEPS if one.name == name), None)
    if step is None:
        return redirect("programme_problem", problem_id=problem_id)
    form = meant(step.form(request.POST))
    if not any(one.step is step for one in steps_for(request.user, found)) and not step.may(request.user, found):
        raise Http404
    try:
        step.act(problem_id, actor=request.user, now=timezone.now(), **form.cleaned_data)
    except PandokError as error:
        found.refresh_from_db()
        return problem_page(request, found, sent=(name, form), error=error)
    return redirect("programme_problem", problem_id=problem_id)


@require_POST
@allows(Action.PROPOSE_PROBLEMS)
def share(request: AccountRequest, problem_id: UUID) -> HttpResponse:
    found, form = shown_problem(request, problem_id), meant(ShareForm(request.POST))
    try:
        share_problem(problem_id, actor=request.user, now=timezone.now(), **form.cleaned_data)
    except PandokError as error:
        return problem_page(request, found, sent=("share", form), error=error)
    return redirect("programme_problem", problem_id=problem_id)


@require_POST
@allows(Action.PROPOSE_PROBLEMS)
def unshare(request: AccountRequest, problem_id: UUID) -> HttpResponse:
    found, form = shown_problem(request, problem_id), meant(ReasonForm(request.POST, auto_id="unshare_%s"))
    try:
        end_share(problem_id, reason=form.why(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return problem_page(request, found, sent=("unshare", form), error=error)
    return redirect("programme_problem", problem_id=problem_id)
