"""Teams of a challenge: registered, joined by a word, left. Only members see one from within."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.programme.acts.challenges import teaming
from pandok.fields.programme.challenge_rules import members_fixed
from pandok.fields.programme.challenge_states import TAKES_TEAMS, ChallengeState
from pandok.fields.programme.lists.challenges import team_for
from pandok.fields.programme.models import ChallengeTeam
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.challenge_forms import JoinForm, TeamForm
from pandok.fields.programme.web.shown.challenge_facts import challenge_row
from pandok.fields.programme.web.views.challenges import challenge_page, shown_challenge
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import refused_status, render


@require_POST
@allows(Action.TAKE_PART)
def register(request: AccountRequest, challenge_id: UUID) -> HttpResponse:
    found, form = shown_challenge(request, challenge_id), meant(TeamForm(request.POST, auto_id="register_%s"))
    try:
        made = teaming.register_team(
            challenge_id, name=form.cleaned_data["name"], actor=request.user, now=timezone.now()
        )
    except PandokError as error:
        return challenge_page(request, found, sent=("register", form), error=error)
    return redirect("programme_challenge_team", team_id=made.pk)


@require_POST
@allows(Action.TAKE_PART)
def join(request: AccountRequest, challenge_id: UUID) -> HttpResponse:
    found, form = shown_challenge(request, challenge_id), meant(JoinForm(request.POST, auto_id="join_%s"))
    try:
        joined = teaming.join_team(challenge_id, word=form.cleaned_data["word"], actor=request.user, now=timezone.now())
    except PandokError as error:
        return challenge_page(request, found, sent=("join", form), error=error)
    return redirect("programme_challenge_team", team_id=joined.pk)


@require_safe
@allows(Action.TAKE_PART)
def team(request: AccountRequest, team_id: UUID) -> HttpResponse:
    return _team_page(request, _shown_team(request, team_id))


@never_cache
@require_POST
@allows(Action.TAKE_PART)
def word(request: AccountRequest, team_id: UUID) -> HttpResponse:
    """The answer shows the word; nothing else ever does."""
    found = _shown_team(request, team_id)
    try:
        made = teaming.make_join_word(team_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _team_page(request, found, error=error)
    return _team_page(request, found, word=made)


@require_POST
@allows(Action.TAKE_PART)
def leave(request: AccountRequest, team_id: UUID) -> HttpResponse:
    found = _shown_team(request, team_id)
    try:
        teaming.leave_team(team_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _team_page(request, found, error=error)
    return redirect("programme_challenge", challenge_id=found.challenge_id)


def _shown_team(request: AccountRequest, team_id: UUID) -> ChallengeTeam:
    try:
        return team_for(request.user, team_id)
    except RequestError as error:
        raise Http404 from error


def _team_page(
    request: AccountRequest, found: ChallengeTeam, *, word: str = "", error: PandokError | None = None
) -> HttpResponse:
    challenge, now = found.challenge, timezone.now()
    phases = list(challenge.phases.all())
    changes = ChallengeState(challenge.state) in TAKES_TEAMS and not members_fixed(phases, now)
    context: dict[str, Any] = challenge_row(challenge) | {
        "team": found,
        "members": found.members.filter(left_at=None).select_related("account"),
        "changes": changes,
        "fixed_at": phases[-1].begins_at,
        "word": word,
        "error": error,
    }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/challenge_team.html", context, status=status)
