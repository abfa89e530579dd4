"""A firm's card in words: what it says of itself, and what this site recorded of it. No figure is typed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pandok.core.programme.hand_over import Became
from pandok.core.text import Text
from pandok.fields.programme.card_states import CardState
from pandok.fields.programme.challenge_states import ChallengeState
from pandok.fields.programme.lists.firm_matches import FirmMatch, ProblemMatch, firms_for, problems_for
from pandok.fields.programme.lists.firms import Contest, answers_about, contests_of, trials_of
from pandok.fields.programme.models import FieldProblem, FirmCard
from pandok.fields.programme.topics import KoreanRegion, Topic
from pandok.fields.programme.web.shown.after_end import project_row
from pandok.fields.programme.web.shown.evidence_facts import BADGES
from pandok.proof.verdict import Verdict

_BADGES = {CardState.PUBLIC: "badge-good", CardState.HIDDEN: "badge-bad"}
_BY_APPLICATION = Text(ko="이 기업이 공모에 신청한 실증", en="By its own application to a call")
_BY_NAME = Text(ko="협약에 이름이 적힌 실증", en="Named so in the agreement")


def card_row(card: FirmCard) -> dict[str, Any]:
    state = CardState(card.state)
    return {"card": card, "state": state.words, "badge": _BADGES.get(state, "badge-plain")}


def card_shown(card: FirmCard, now: datetime) -> dict[str, Any]:
    """The same for everybody and for the firm that looks at it beforehand."""
    trials = trials_of([card.party_id])
    projects = [
        project_row(one.agreement)
        | {
            "how": _BY_APPLICATION if one.applied else _BY_NAME,
            "topic": Topic(one.agreement.problem.topic).words,
        }
        for one in trials
    ]
    answers = answers_about([one.agreement for one in trials])
    return card_row(card) | {
        "own_words": _own_words(card),
        "projects": projects,
        "contests": [_contest(one) for one in contests_of(card.party, now)],
        "answers": [(made, Became(one.became).words, KoreanRegion(one.region).words, one) for made, one in answers],
        "problems": [_problem(one) for one in problems_for(trials)],
    }


def firms_shown(problem: FieldProblem) -> list[dict[str, Any]]:
    """Firms for a problem, each with why."""
    return [_firm(one) for one in firms_for(problem)]


def _own_words(card: FirmCard) -> Text | None:
    """Where one language is missing, the other stands for it."""
    if not (card.text_ko or card.text_en):
        return None
    return Text(ko=card.text_ko or card.text_en, en=card.text_en or card.text_ko)


def _contest(one: Contest) -> dict[str, Any]:
    challenge, line = one.challenge, one.line
    verdict = Verdict(line.verdict) if line and line.verdict else None
    return {
        "challenge": challenge,
        "title": Text(ko=challenge.title_ko, en=challenge.title_en),
        "state": ChallengeState(challenge.state).words,
        "team": one.team,
        "place": line.place if line else None,
        "verdict": verdict.words if verdict else None,
        "badge": BADGES[verdict] if verdict else "badge-plain",
    }


def _problem(one: ProblemMatch) -> dict[str, Any]:
    return {"problem": one.problem, "step": one.match.step.words, "reasons": one.match.reasons}


def _firm(one: FirmMatch) -> dict[str, Any]:
    return {
        "card": one.card, "agreement": one.agreement, "step": one.match.step.words, "reasons": one.match.reasons,
    }  # fmt: skip
