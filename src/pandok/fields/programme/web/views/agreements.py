"""Agreements: listed, begun from a problem, drafted, signed, amended; what changed after the lock stands there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.programme.acts.afterwards import ending
from pandok.fields.programme.acts.agreements import drafting, milestones, signing
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.lists.agreements import (
    agreement_for,
    agreements_among,
    agreements_visible_to,
    changes_since_lock,
)
from pandok.fields.programme.models import Agreement
from pandok.fields.programme.roles import Action
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.web import agreement_forms as forms
from pandok.fields.programme.web.shown.agreement_facts import (
    changes_shown,
    events_shown,
    lines_shown,
    sources_shown,
    terms_shown,
    versions_shown,
)
from pandok.fields.programme.web.views.problem import shown_problem
from pandok.web.middleware.deny_by_default import allows
from pandok.web.page_language import say
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

A_PAGE = 30
_BADGES = {AgreementState.RUNNING: "badge-good", AgreementState.OFFERED: "badge-unsure"}
Said = dict[str, Any]


@require_safe
@allows(Action.SEE_AGREEMENTS)
def agreements(request: AccountRequest) -> HttpResponse:
    form = forms.AgreementFilterForm(request.GET)
    form.full_clean()
    found = agreements_among(agreements_visible_to(request.user), **form.cleaned_data)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(one) for one in page],
        "asked": form.cleaned_data,
        "states": [(one.value, say(one.words)) for one in AgreementState],
        "query": urlencode({name: value for name, value in form.cleaned_data.items() if value}),
    }
    return render(request, "pandok/programme/agreements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_AGREEMENTS)
def begin(request: AccountRequest, problem_id: UUID) -> HttpResponse:
    problem = shown_problem(request, problem_id)
    form, error = forms.AgreementForm(initial={"title": problem.title, "operation_payer": problem.operator}), None
    if problem.state != ProblemState.ACCEPTED.value:
        raise Http404
    if request.method == "POST":
        form = meant(forms.AgreementForm(request.POST))
        try:
            made = drafting.make_agreement(problem_id, form.said(), actor=request.user, now=timezone.now())
        except PandokError as refused:
            error = refused
        else:
            return redirect("programme_agreement", agreement_id=made.pk)
    context = {"form": form, "error": error, "problem": problem}
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/agreement_new.html", context, status=status)


@require_safe
@allows(Action.SEE_AGREEMENTS)
def agreement(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    return _page(request, _shown(request, agreement_id))


@require_POST
@allows(Action.KEEP_AGREEMENTS)
def redraft(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    form = meant(forms.AgreementForm(request.POST, auto_id="draft_%s"))
    return _done(request, agreement_id, "draft", form, lambda key, **who: drafting.redraft(key, form.said(), **who))


@require_POST
@allows(Action.KEEP_AGREEMENTS)
def put_line(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    form = meant(forms.LineForm(request.POST, auto_id="line_%s"))
    return _done(request, agreement_id, "line", form, lambda key, **who: drafting.put_line(key, form.written(), **who))


@require_POST
@allows(Action.KEEP_AGREEMENTS)
def drop_line(request: AccountRequest, agreement_id: UUID, key: str) -> HttpResponse:
    return _done(request, agreement_id, "", ReasonForm(), lambda found, **who: drafting.drop_line(found, key, **who))


@require_POST
@allows(Action.KEEP_AGREEMENTS)
def amend(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    form = meant(forms.AmendForm(request.POST, auto_id="amend_%s"))
    reason = form.cleaned_data["reason"]
    return _done(
        request, agreement_id, "amend", form,
        lambda key, **who: signing.amend(key, form.written(), reason=reason, **who),
    )  # fmt: skip


@require_POST
@allows(Action.KEEP_AGREEMENTS)
def step(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    name = request.POST.get("act", "")
    act = {"offer": drafting.offer, "take_back": drafting.take_back, "cancel": drafting.cancel, "end": ending.end}.get(
        name
    )
    if act is None:
        return redirect("programme_agreement", agreement_id=agreement_id)
    form = meant(ReasonForm(request.POST, auto_id=f"{name}_%s"))
    return _done(request, agreement_id, name, form, lambda key, **who: act(key, reason=form.why(), **who))


@require_POST
@allows(Action.SIGN_AGREEMENTS)
def sign(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    form = meant(forms.VoteForm(request.POST, auto_id="sign_%s"))
    agrees = form.cleaned_data["agrees"] != "no"
    return _done(
        request, agreement_id, "sign", form,
        lambda key, **who: signing.sign(key, agrees=agrees, reason=form.why(), **who),
    )  # fmt: skip


@require_POST
@allows(Action.KEEP_AGREEMENTS)
def milestone(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    form = meant(forms.MilestoneForm(request.POST, auto_id="milestone_%s"))
    return _done(
        request, agreement_id, "milestone", form,
        lambda key, **who: milestones.set_milestone(key, **form.cleaned_data, **who),
    )  # fmt: skip


@require_POST
@allows(Action.KEEP_AGREEMENTS)
def reached(request: AccountRequest, agreement_id: UUID, milestone_id: int) -> HttpResponse:
    form = meant(forms.ReachedForm(request.POST, auto_id="reached_%s"))
    return _done(
        request, agreement_id, f"reached-{milestone_id}", form,
        lambda key, **who: milestones.reach_milestone(key, milestone_id, **form.cleaned_data, **who),
    )  # fmt: skip


def _shown(request: AccountRequest, agreement_id: UUID) -> Agreement:
    try:
        return agreement_for(request.user, agreement_id)
    except RequestError as error:
        raise Http404 from error


def _done(request: AccountRequest, agreement_id: UUID, name: str, form: Any, act: Callable[..., Any]) -> HttpResponse:
    found = _shown(request, agreement_id)
    try:
        act(agreement_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        found.refresh_from_db()
        return _page(request, found, sent=(name, form), error=error)
    return redirect("programme_agreement", agreement_id=agreement_id)


def _row(one: Agreement) -> Said:
    state = AgreementState(one.state)
    return {"agreement": one, "state": state.words, "badge": _BADGES.get(state, "badge-plain")}


def _page(
    request: AccountRequest,
    found: Agreement,
    *,
    sent: tuple[str, Any] = ("", None),
    error: PandokError | None = None,
) -> HttpResponse:
    """`sent`: what was refused, as it was entered."""
    keeps, state = request.user.may(Action.KEEP_AGREEMENTS), AgreementState(found.state)
    with_data = "data" in request.GET
    draft, running = state is AgreementState.DRAFT, state is AgreementState.RUNNING
    version = signing.offered_version(found)
    side = signing.side_of(request.user, found, version) if version else None
    signed = version is not None and version.signatures.filter(person=request.user).exists()

    def again(name: str, fresh: Any) -> Any:
        return sent[1] if sent[0] == name else fresh

    context = _row(found) | {
        "terms": terms_shown(found),
        "lines": lines_shown(found.lines),
        "lacking": [one.words for one in drafting.lacking_of(found)] if draft else [],
        "changes": changes_shown(changes_since_lock(found, timezone.now(), with_data=with_data)),
        "with_data": with_data,
        "versions": versions_shown(found),
        "milestones": found.milestones.select_related("done_by"),
        "remeasurements": found.remeasurements.all(),
        "events": events_shown(found),
        "draft_form": again("draft", forms.AgreementForm.of(found)) if keeps and draft else None,
        "line_form": again("line", forms.LineForm(auto_id="line_%s")) if keeps and draft else None,
        "offer_form": again("offer", ReasonForm(auto_id="offer_%s")) if keeps and draft else None,
        "back_form": again("take_back", ReasonForm(auto_id="take_back_%s"))
        if keeps and state is AgreementState.OFFERED
        else None,
        "cancel_form": again("cancel", ReasonForm(auto_id="cancel_%s")) if keeps and (draft or running) else None,
        "end_form": again("end", ReasonForm(auto_id="end_%s")) if keeps and running else None,
        "amend_form": again("amend", forms.AmendForm(auto_id="amend_%s"))
        if keeps and running and version is None
        else None,
        "sign_form": again("sign", forms.VoteForm(auto_id="sign_%s")) if side and not signed else None,
        "side": side.words if side else None,
        "votes": side is not None and side.value == "committee",
        "milestone_form": again("milestone", forms.MilestoneForm(auto_id="milestone_%s"))
        if keeps and (draft or running)
        else None,
        "may_reach": keeps and running,
        "sources": sources_shown(),
        "error": error,
        "sent": sent[0],
    }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/agreement.html", context, status=status)
