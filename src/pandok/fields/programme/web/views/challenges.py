"""Open challenges: listed, written by the office, led on step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.programme.acts.challenges import leading
from pandok.fields.programme.challenge_states import CHALLENGES, TAKES_TEAMS, ChallengeMover, ChallengeState
from pandok.fields.programme.lists.challenges import challenge_for, challenges_visible_to, own_team
from pandok.fields.programme.models import Challenge
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.challenge_forms import ChallengeForm, JoinForm, TeamForm
from pandok.fields.programme.web.shown.challenge_facts import challenge_events, challenge_row, challenge_shown
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

A_PAGE = 30
STEPS: dict[str, tuple[ChallengeState, Callable[..., Any]]] = {
    "announce": (ChallengeState.ANNOUNCED, leading.announce_challenge),
    "open": (ChallengeState.OPEN, leading.open_challenge),
    "close": (ChallengeState.CLOSED, leading.close_challenge),
    "publish": (ChallengeState.PUBLISHED, leading.publish_challenge),
    "withdraw": (ChallengeState.WITHDRAWN, leading.withdraw_challenge),
}


@require_safe
@allows(Action.SEE_CHALLENGES)
def challenges(request: AccountRequest) -> HttpResponse:
    found = challenges_visible_to(request.user).order_by("-made_at", "-id")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [challenge_row(one) for one in page],
        "may_write": request.user.may(Action.KEEP_CHALLENGES),
    }
    return render(request, "pandok/programme/challenges.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_CHALLENGES)
def new(request: AccountRequest) -> HttpResponse:
    form, error = ChallengeForm(), None
    if request.method == "POST":
        form = meant(ChallengeForm(request.POST))
        try:
            made = leading.write_challenge(form.said(), actor=request.user, now=timezone.now())
        except PandokError as refused:
            error = refused
        else:
            return redirect("programme_challenge", challenge_id=made.pk)
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/challenge_new.html", {"form": form, "error": error}, status=status)


@require_safe
@allows(Action.SEE_CHALLENGES)
def challenge(request: AccountRequest, challenge_id: UUID) -> HttpResponse:
    return challenge_page(request, shown_challenge(request, challenge_id))


@require_POST
@allows(Action.KEEP_CHALLENGES)
def alter(request: AccountRequest, challenge_id: UUID) -> HttpResponse:
    shown_challenge(request, challenge_id)
    form = meant(ChallengeForm(request.POST, auto_id="alter_%s"))
    try:
        leading.alter_challenge(challenge_id, form.said(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return challenge_page(request, shown_challenge(request, challenge_id), sent=("alter", form), error=error)
    return redirect("programme_challenge", challenge_id=challenge_id)


@require_POST
@allows(Action.KEEP_CHALLENGES)
def step(request: AccountRequest, challenge_id: UUID) -> HttpResponse:
    """The button says what."""
    found, name = shown_challenge(request, challenge_id), request.POST.get("act", "")
    if name not in STEPS:
        return redirect("programme_challenge", challenge_id=challenge_id)
    form = meant(ReasonForm(request.POST, auto_id=f"{name}_%s"))
    try:
        STEPS[name][1](found.pk, reason=form.why(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return challenge_page(request, shown_challenge(request, challenge_id), sent=(name, form), error=error)
    return redirect("programme_challenge", challenge_id=challenge_id)


def shown_challenge(request: AccountRequest, challenge_id: UUID) -> Challenge:
    try:
        return challenge_for(request.user, challenge_id)
    except RequestError as error:
        raise Http404 from error


def challenge_page(
    request: AccountRequest,
    found: Challenge,
    *,
    sent: tuple[str, Any] = ("", None),
    error: PandokError | None = None,
) -> HttpResponse:
    """`sent`: what was refused, as it was entered."""
    state, keeps = ChallengeState(found.state), request.user.may(Action.KEEP_CHALLENGES)
    context = challenge_shown(found, timezone.now())
    ways = CHALLENGES.ways_from(state, frozenset({ChallengeMover.OFFICE})) if keeps else ()
    team = own_team(request.user, found) if request.user.may(Action.TAKE_PART) else None
    takes = request.user.may(Action.TAKE_PART) and state in TAKES_TEAMS and not context["fixed"] and team is None

    def again(name: str, fresh: Any) -> Any:
        return sent[1] if sent[0] == name else fresh

    context |= {
        "events": challenge_events(found) if request.user.may(Action.SEE_ALL_CHALLENGES) else [],
        "alter_form": again("alter", ChallengeForm.of(found))
        if keeps and state in (ChallengeState.DRAFT, ChallengeState.ANNOUNCED)
        else None,
        "steps": [
            (name, again(name, ReasonForm(auto_id=f"{name}_%s")), sent[0] == name)
            for name, (to, _) in STEPS.items()
            if to in ways
        ],
        "team": team,
        "team_form": again("register", TeamForm(auto_id="register_%s")) if takes else None,
        "join_form": again("join", JoinForm(auto_id="join_%s")) if takes else None,
        "error": error,
        "sent": sent[0],
    }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/challenge.html", context, status=status)
