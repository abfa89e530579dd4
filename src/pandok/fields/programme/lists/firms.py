"""Firms, and what this site itself has recorded of each: trials, certificates, challenges, hand-overs.

A firm had part in a trial by its own application to a call, or where the agreement names it and no other company of
this site is called the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from pandok.common.models import Account, Party
from pandok.common.parties.belonging import parties_of
from pandok.fields.programme.card_states import CardState
from pandok.fields.programme.challenge_states import ChallengeState, TeamState
from pandok.fields.programme.firm_keys import firm_keys
from pandok.fields.programme.lists.afterwards import public_projects
from pandok.fields.programme.lists.challenge_board import BoardLine, boards_of
from pandok.fields.programme.models import (
    Agreement,
    CallApplication,
    Challenge,
    ChallengeMember,
    FirmCard,
    HandOverMade,
    SpreadAnswer,
)

MOST_TRIALS = 500
"""The newest that are looked at."""


@dataclass(frozen=True)
class Trial:
    """`applied`: known by the firm's own application; else by its name in the agreement."""

    party: int
    agreement: Agreement
    applied: bool


@dataclass(frozen=True)
class Contest:
    """`line`: the last of its team on the boards that has a verdict, or the last."""

    challenge: Challenge
    team: str
    line: BoardLine | None


def firm_of(account: Account) -> Party | None:
    """The company that an account acts for."""
    return parties_of(account).filter(kind=Party.COMPANY).order_by("pk").first()


def public_cards() -> QuerySet[FirmCard]:
    """For everybody, by name."""
    shown = FirmCard.objects.filter(state=CardState.PUBLIC.value, party__active=True)
    return shown.select_related("party").order_by("party__name", "number")


def trials_of(parties: Collection[int]) -> list[Trial]:
    """Signed ones, the newest first. One of a firm stands once."""
    if not parties:
        return []
    names = _names(parties)
    applied: dict[object, set[int]] = {}
    for agreement, party in CallApplication.objects.filter(party__in=parties, agreement__isnull=False).values_list(
        "agreement", "party"
    ):
        applied.setdefault(agreement, set()).add(party)
    found = []
    for one in public_projects()[:MOST_TRIALS]:
        by_application = applied.get(one.pk, set())
        named = {names[key] for key in _keys_of(one) if key in names} - by_application
        found += [Trial(party, one, applied=True) for party in sorted(by_application)]
        found += [Trial(party, one, applied=False) for party in sorted(named)]
    return found


def contests_of(party: Party, now: datetime) -> list[Contest]:
    """Challenges with published results that somebody of the firm took part in."""
    places = ChallengeMember.objects.filter(
        organisation=f"party:{party.pk}",
        left_at=None,
        team__state=TeamState.STANDING.value,
        challenge__state=ChallengeState.PUBLISHED.value,
    )
    teams = {one.team_id: one.team for one in places.select_related("team__challenge__pack")}
    found = []
    for team in sorted(teams.values(), key=lambda one: one.made_at, reverse=True):
        lines = [line for board in boards_of(team.challenge, now) for line in board.lines if line.team == team.name]
        told = [line for line in lines if line.verdict is not None] or lines
        found.append(Contest(team.challenge, team.name, told[-1] if told else None))
    return found


def answers_about(agreements: Iterable[Agreement]) -> list[tuple[HandOverMade, SpreadAnswer]]:
    """What other sites said of what was handed over from these trials, refusals too."""
    made = HandOverMade.objects.filter(agreement__in=[one.pk for one in agreements])
    answers = SpreadAnswer.objects.filter(made__in=made).select_related("made").order_by("kept_at", "site", "pk")
    return [(one.made, one) for one in answers if one.made is not None]


def _names(parties: Collection[int]) -> dict[str, int]:
    """By the key of its name, of those whose name no other company bears."""
    known = [(pk, _name_key(name)) for pk, name in Party.objects.filter(kind=Party.COMPANY).values_list("pk", "name")]
    borne = Counter(key for _, key in known)
    return {key: pk for pk, key in known if key and borne[key] == 1 and pk in parties}


def _keys_of(agreement: Agreement) -> set[str]:
    return {_name_key(one) for one in (agreement.lead, *agreement.members.splitlines())} - {""}


def _name_key(name: str) -> str:
    return next((one for one in firm_keys(name) if one.startswith("name:")), "")
