"""The review of a call for the programme: who reviews what and what forbids it, the ranking, the selection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.programme.acts.reviews import assigning
from pandok.fields.programme.acts.selections import selecting
from pandok.fields.programme.application_states import ApplicationState
from pandok.fields.programme.call_kinds import TEMPLATES, CallKind
from pandok.fields.programme.call_states import CallState
from pandok.fields.programme.lists.applications import handed_in
from pandok.fields.programme.lists.calls import phase_now
from pandok.fields.programme.lists.rankings import as_kept, ranking_of
from pandok.fields.programme.lists.reviews import matrix_of, voided_scores
from pandok.fields.programme.models import ApplicationReview, Call
from pandok.fields.programme.review_states import ReviewState, SelectionState
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web import review_forms as forms
from pandok.fields.programme.web.shown.ranking_rows import METHOD, rank_shown
from pandok.fields.programme.web.views.call_pages import call_row
from pandok.fields.programme.web.views.calls import shown_call
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render


@require_safe
@allows(Action.SEE_REVIEWS)
def review(request: AccountRequest, call_id: UUID) -> HttpResponse:
    return _page(request, shown_call(request, call_id))


@require_POST
@allows(Action.KEEP_CALLS)
def step(request: AccountRequest, call_id: UUID) -> HttpResponse:
    found, name = shown_call(request, call_id), request.POST.get("act", "")
    if name in ("begin", "time"):
        due = meant(forms.DueForm(request.POST, auto_id=f"{name}_%s"))
        act = assigning.begin_review if name == "begin" else assigning.give_more_time
        said = due.cleaned_data
        return _done(request, found, (name, due), lambda key, **who: act(key, **said, **who))
    if name == "assign":
        form = meant(forms.AssignForm(request.POST, auto_id="assign_%s"))
        return _done(
            request, found, (name, form), lambda key, **who: assigning.assign_reviewer(key, **form.cleaned_data, **who)
        )
    if name == "offer":
        numbers = list(handed_in(found).values_list("number", flat=True))
        rows = meant(forms.SelectionForm(numbers, request.POST, auto_id="offer_%s"))
        why = rows.cleaned_data["reason"]
        return _done(
            request, found, (name, rows),
            lambda key, **who: selecting.offer_selection(key, rows.said(), reason=why, **who),
        )  # fmt: skip
    if name == "take_back":
        back = meant(ReasonForm(request.POST, auto_id="take_back_%s"))
        return _done(
            request, found, (name, back),
            lambda key, **who: selecting.take_selection_back(key, reason=back.why(), **who),
        )  # fmt: skip
    if name == "draft":
        return _done(request, found, ("", None), lambda key, now, **_: selecting.draft_agreements(key, now=now))
    return redirect("programme_call_review", call_id=call_id)


@require_POST
@allows(Action.KEEP_CALLS)
def release(request: AccountRequest, call_id: UUID, review_id: UUID) -> HttpResponse:
    found = shown_call(request, call_id)
    form = meant(ReasonForm(request.POST, auto_id="release_%s"))
    return _done(
        request, found, ("", None),
        lambda _key, **who: assigning.release_reviewer(review_id, reason=form.why(), **who),
    )  # fmt: skip


@require_POST
@allows(Action.DECIDE_SELECTION)
def vote(request: AccountRequest, call_id: UUID) -> HttpResponse:
    found = shown_call(request, call_id)
    form = meant(forms.SelectionVoteForm(request.POST, auto_id="vote_%s"))
    agrees = form.cleaned_data["agrees"] == "yes"
    return _done(
        request, found, ("vote", form),
        lambda key, **who: selecting.vote_on_selection(key, agrees=agrees, reason=form.why(), **who),
    )  # fmt: skip


def _done(request: AccountRequest, found: Call, sent: tuple[str, Any], act: Callable[..., Any]) -> HttpResponse:
    try:
        act(found.pk, actor=request.user, now=timezone.now())
    except PandokError as error:
        found.refresh_from_db()
        return _page(request, found, sent=sent, error=error)
    return redirect("programme_call_review", call_id=found.pk)


def _page(
    request: AccountRequest, found: Call, *, sent: tuple[str, Any] = ("", None), error: PandokError | None = None
) -> HttpResponse:
    """`sent`: what was refused, as it was entered."""
    now, state, keeps = timezone.now(), CallState(found.state), request.user.may(Action.KEEP_CALLS)
    closed = state is not CallState.DRAFT and now > found.closes_at
    applications = list(handed_in(found)) if closed else []
    shows = closed and state is not CallState.PUBLISHED and assigning.totals_of_call_show(found, now)
    selections = list(found.selections.prefetch_related("votes__person").order_by("-offered_at"))
    offered = next((one for one in selections if one.state == SelectionState.OFFERED.value), None)
    reviews = keeps and state is CallState.UNDER_REVIEW

    def again(name: str, fresh: Any) -> Any:
        return sent[1] if sent[0] == name else fresh

    context = call_row(found, now) | {
        "phase": phase_now(found, now).words,
        "closed": closed,
        "count": handed_in(found).count(),
        "applications": applications,
        "matrix": matrix_of(found, now) if closed else [],
        "waiting": ApplicationReview.objects.filter(application__call=found, state=ReviewState.ASSIGNED.value).count(),
        "voided": voided_scores(found),
        "shows": shows,
        "ranking": [rank_shown(one) for one in as_kept(ranking_of(found))] if shows else [],
        "method": METHOD,
        "selections": [(one, SelectionState(one.state).words) for one in selections],
        "offered": offered,
        "begin_form": again("begin", forms.DueForm(auto_id="begin_%s"))
        if keeps and closed and state is CallState.PUBLISHED
        else None,
        "time_form": again("time", forms.DueForm(auto_id="time_%s")) if reviews else None,
        "assign_form": again("assign", forms.AssignForm(auto_id="assign_%s")) if reviews and not shows else None,
        "offer_form": again("offer", forms.SelectionForm([one.number for one in applications], auto_id="offer_%s"))
        if reviews and shows and offered is None
        else None,
        "back_form": again("take_back", ReasonForm(auto_id="take_back_%s")) if reviews and offered else None,
        "vote_form": again("vote", forms.SelectionVoteForm(auto_id="vote_%s"))
        if offered is not None and request.user.may(Action.DECIDE_SELECTION)
        else None,
        "may_release": reviews,
        "lacks_drafts": keeps
        and state is CallState.DECIDED
        and TEMPLATES[CallKind(found.kind)].drafts_agreement
        and any(one.state == ApplicationState.SELECTED.value and not one.agreement_id for one in applications),
        "error": error,
        "sent": sent[0],
    }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/review_of_call.html", context, status=status)
