"""Challenges: who may see which, and what everybody may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.fields.lab.models import LockedRegistration
from pandok.fields.programme.challenge_refusals import refusal
from pandok.fields.programme.challenge_states import ChallengeState
from pandok.fields.programme.models import Challenge, ChallengeMember, ChallengeTeam
from pandok.fields.programme.roles import Action


def public_challenges() -> QuerySet[Challenge]:
    """For everybody: announced ones, those that were withdrawn afterwards too."""
    shown = Challenge.objects.exclude(announced_at=None)
    return shown.select_related("pack").prefetch_related("phases", "pack__registrations")


def challenges_visible_to(account: Account) -> QuerySet[Challenge]:
    """The newest first."""
    if not account.may(Action.SEE_ALL_CHALLENGES):
        return public_challenges()
    return Challenge.objects.select_related("pack", "made_by").prefetch_related("phases", "pack__registrations")


def challenge_for(account: Account, challenge_id: UUID) -> Challenge:
    """Raises RequestError: challenge.not_there."""
    found: Challenge | None = challenges_visible_to(account).filter(pk=challenge_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def own_team(account: Account, challenge: Challenge) -> ChallengeTeam | None:
    place = ChallengeMember.objects.filter(challenge=challenge, account=account, left_at=None)
    found = place.select_related("team").first()
    return found.team if found else None


def team_for(account: Account, team_id: UUID) -> ChallengeTeam:
    """Its members see a team from within, nobody else. Raises RequestError: challenge.no_team."""
    own = ChallengeTeam.objects.filter(pk=team_id, members__account=account, members__left_at=None)
    found = own.select_related("challenge__pack").first()
    if found is None:
        raise refusal("no_team")
    return found


def lab_problems() -> list[LockedRegistration]:
    """What a challenge can stand on: problems of the lab whose protocol is locked."""
    locked = LockedRegistration.objects.select_related("pack")
    return list(locked.order_by("pack__problem_id", "-pack__version"))


def withdrawn_because(challenge: Challenge) -> str:
    """The public reason of one that was withdrawn after it was announced; else empty."""
    if challenge.state != ChallengeState.WITHDRAWN.value or challenge.announced_at is None:
        return ""
    last = challenge.events.filter(to_state=ChallengeState.WITHDRAWN.value).order_by("-sequence").first()
    return last.reason if last else ""
