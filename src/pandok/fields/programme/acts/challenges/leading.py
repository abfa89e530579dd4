"""A challenge is written, announced, opened, closed and published by the office, or withdrawn in view of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.fields.lab.models import ProblemPack
from pandok.fields.programme.acts.challenges.challenge_moves import CYCLE, content_of, locked_challenge
from pandok.fields.programme.challenge_refusals import refusal
from pandok.fields.programme.challenge_rules import may_close, may_open
from pandok.fields.programme.challenge_states import ChallengeMover, ChallengeState
from pandok.fields.programme.challenge_text import ChallengeSaid, ChallengeWords, checked_challenge
from pandok.fields.programme.known_time import must_know_the_time
from pandok.fields.programme.models import Challenge, ChallengePhase

ALTERED = "open-challenge.altered"
BY_THE_CLOCK = (ChallengeState.OPEN, ChallengeState.CLOSED, ChallengeState.PUBLISHED)
"""Who was in time is said with these for good."""


def write_challenge(said: ChallengeSaid, *, actor: Account, now: datetime) -> Challenge:
    """Raises RequestError: challenge.words, .problem, .phases."""
    words = checked_challenge(said)
    with transaction.atomic():
        made: Challenge = Challenge.objects.create(
            number=next_of_year("CH", width=6, given=Challenge.objects.all(), now=now),
            state=ChallengeState.DRAFT.value,
            state_since=now,
            pack=_locked_problem(words),
            made_by=actor,
            made_at=now,
            **words.columns,
        )
        _put_phases(made, words)
        CYCLE.begin(made, actor=actor, reason="", now=now)
    return made


def alter_challenge(challenge_id: UUID, said: ChallengeSaid, *, actor: Account, now: datetime) -> Challenge:
    """Until it opens. Raises as `write_challenge`, and challenge.not_there, .no_such_way, .over."""
    words = checked_challenge(said)
    with transaction.atomic():
        challenge = locked_challenge(challenge_id, ChallengeState.DRAFT, ChallengeState.ANNOUNCED)
        challenge.pack = _locked_problem(words)
        for name, value in words.columns.items():
            setattr(challenge, name, value)
        challenge.save()
        challenge.phases.all().delete()
        _put_phases(challenge, words)
        if challenge.state == ChallengeState.ANNOUNCED.value and may_close(list(challenge.phases.all()), now):
            raise refusal("over")
        CYCLE.happened(challenge, actor=actor, reason="", now=now, action=ALTERED, columns={"what": "altered"})
    return challenge


def announce_challenge(challenge_id: UUID, *, reason: str, actor: Account, now: datetime) -> Challenge:
    """From here on everybody sees it. Raises RequestError: request.reason, challenge.not_there, .no_such_way, .over."""

    def look(challenge: Challenge) -> Mapping[str, Any]:
        if may_close(list(challenge.phases.all()), now):
            raise refusal("over")
        return {"announced_at": now}

    return _lead(challenge_id, ChallengeState.ANNOUNCED, look, reason, actor, now)


def open_challenge(challenge_id: UUID, *, reason: str, actor: Account, now: datetime) -> Challenge:
    """Text, phases and problem are locked by their hash. Raises RequestError: request.reason, challenge.not_there,
    .no_such_way, .not_now, evidence.clock."""

    def look(challenge: Challenge) -> Mapping[str, Any]:
        if not may_open(list(challenge.phases.all()), now):
            raise refusal("not_now")
        return {"sha256": content_of(challenge)}

    return _lead(challenge_id, ChallengeState.OPEN, look, reason, actor, now)


def close_challenge(challenge_id: UUID, *, reason: str, actor: Account, now: datetime) -> Challenge:
    """Raises RequestError: request.reason, challenge.not_there, .no_such_way, .still_runs, evidence.clock."""

    def look(challenge: Challenge) -> Mapping[str, Any]:
        if not may_close(list(challenge.phases.all()), now):
            raise refusal("still_runs")
        return {}

    return _lead(challenge_id, ChallengeState.CLOSED, look, reason, actor, now)


def publish_challenge(challenge_id: UUID, *, reason: str, actor: Account, now: datetime) -> Challenge:
    """The lab's verdicts stand beside the ranks from here on. Raises RequestError: request.reason,
    challenge.not_there, .no_such_way, evidence.clock."""
    return _lead(challenge_id, ChallengeState.PUBLISHED, _nothing, reason, actor, now)


def withdraw_challenge(challenge_id: UUID, *, reason: str, actor: Account, now: datetime) -> Challenge:
    """The reason is public where the challenge was. Raises RequestError: request.reason, challenge.not_there,
    .no_such_way."""
    return _lead(challenge_id, ChallengeState.WITHDRAWN, _nothing, reason, actor, now)


def _nothing(_challenge: Challenge) -> Mapping[str, Any]:
    return {}


def _lead(challenge_id: UUID, to: ChallengeState, look: Any, reason: str, actor: Account, now: datetime) -> Challenge:
    reason = checked_reason(reason)
    with transaction.atomic():
        challenge = locked_challenge(challenge_id)
        CYCLE.must_go(challenge, to, ChallengeMover.OFFICE)
        if to in BY_THE_CLOCK:
            must_know_the_time(now)
        changes = look(challenge)
        CYCLE.move(
            challenge, to, by=ChallengeMover.OFFICE, actor=actor, reason=reason, now=now, changes=changes,
            details={"sha256": changes["sha256"]} if "sha256" in changes else {},
        )  # fmt: skip
    return challenge


def _locked_problem(words: ChallengeWords) -> ProblemPack:
    found: ProblemPack | None = ProblemPack.objects.filter(pk=words.pack, registrations__isnull=False).first()
    if found is None:
        raise refusal("problem")
    return found


def _put_phases(challenge: Challenge, words: ChallengeWords) -> None:
    ChallengePhase.objects.bulk_create(
        ChallengePhase(challenge=challenge, order=place, **vars(one)) for place, one in enumerate(words.phases, 1)
    )
