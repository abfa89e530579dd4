"""One problem: what it says, where it stands, who has it too, and what this person may do."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.programme.acts.problems.proposing import may_reword, reword_problem
from pandok.fields.programme.bodies import body_of
from pandok.fields.programme.lists.agreements import agreements_visible_to
from pandok.fields.programme.lists.problem_facts import facts_of, history_of
from pandok.fields.programme.lists.problems import problem_for, sees_inside
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.roles import Action
from pandok.fields.programme.states import CAN_BE_SHARED, ProblemState
from pandok.fields.programme.topics import KoreanRegion
from pandok.fields.programme.web.problem_forms import RewordForm, ShareForm
from pandok.fields.programme.web.shown.firm_facts import firms_shown
from pandok.fields.programme.web.shown.problem_steps import steps_for
from pandok.fields.programme.web.views.problem_pages import problem_row
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render


def shown_problem(request: AccountRequest, problem_id: UUID) -> FieldProblem:
    try:
        return problem_for(request.user, problem_id)
    except RequestError as error:
        raise Http404 from error


@require_safe
@allows(Action.SEE_PROBLEMS)
def problem(request: AccountRequest, problem_id: UUID) -> HttpResponse:
    return problem_page(request, shown_problem(request, problem_id))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.PROPOSE_PROBLEMS)
def reword(request: AccountRequest, problem_id: UUID) -> HttpResponse:
    found = shown_problem(request, problem_id)
    if not may_reword(request.user, found):
        raise Http404
    form, error = RewordForm(initial=RewordForm.of(found.said).initial), None
    if request.method == "POST":
        form = meant(RewordForm(request.POST))
        try:
            reason = form.cleaned_data["reason"]
            reword_problem(problem_id, form.said(), reason=reason, actor=request.user, now=timezone.now())
        except PandokError as refused:
            error = refused
        else:
            return redirect("programme_problem", problem_id=problem_id)
    context = {"form": form, "error": error, "problem": found}
    return render(request, "pandok/programme/reword.html", context, status=refused_status(error) if error else 200)


def problem_page(
    request: AccountRequest,
    found: FieldProblem,
    *,
    sent: tuple[str, forms.Form] = ("", ReasonForm()),
    error: PandokError | None = None,
) -> HttpResponse:
    """`sent`: what was refused, as it was entered."""
    inside, own = sees_inside(request.user, found), body_of(request.user)
    shares = list(found.shares.filter(until=None).select_related("said_by"))
    may_share = (
        request.user.may(Action.PROPOSE_PROBLEMS)
        and found.body != own.key
        and ProblemState(found.state) in CAN_BE_SHARED
    )
    shared = any(one.body == own.key for one in shares)
    context = problem_row(found) | {
        "facts": facts_of(found),
        "inside": inside,
        "history": history_of(found) if inside else [],
        "shares": [(one, KoreanRegion(one.region).words) for one in shares] if inside else [],
        "may_share": may_share and not shared,
        "shared": shared,
        "share_form": sent[1] if sent[0] == "share" else ShareForm(),
        "unshare_form": sent[1] if sent[0] == "unshare" else ReasonForm(auto_id="unshare_%s"),
        "firms": firms_shown(found) if inside and found.state == ProblemState.ACCEPTED.value else None,
        "may_begin": request.user.may(Action.KEEP_AGREEMENTS) and found.state == ProblemState.ACCEPTED.value,
        "agreements": list(found.agreements.filter(pk__in=agreements_visible_to(request.user).values("pk")))
        if request.user.may(Action.SEE_AGREEMENTS)
        else [],
        "may_reword": may_reword(request.user, found),
        "steps": steps_for(request.user, found, sent),
        "error": error,
    }
    return render(request, "pandok/programme/problem.html", context, status=refused_status(error) if error else 200)
