"""Totals of a call in their order, with how far that order would move with other reviewers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pandok.core.canonical import digest
from pandok.fields.programme.models import ApplicationReview, Call
from pandok.fields.programme.review_states import ReviewState

if TYPE_CHECKING:
    from pandok.proof.panel_ranking import PanelRank

ROUNDS = 2000


def ranking_of(call: Call) -> list[PanelRank]:
    """By the number of the application, the best first; the same scores give the same intervals on every day: the draws
    begin from the number of the call."""
    import numpy as np  # the statistics take longer to load than a page takes

    from pandok.proof.panel_ranking import rank_panel

    scores: dict[str, dict[str, float]] = {}
    locked = ApplicationReview.objects.filter(application__call=call, state=ReviewState.LOCKED.value)
    for number, reviewer, total in locked.values_list("application__number", "reviewer__username", "total"):
        scores.setdefault(number, {})[reviewer] = float(total or 0)
    seed = int(digest(call.number)[:15], 16)
    return rank_panel(scores, places=call.places, rounds=ROUNDS, rng=np.random.default_rng(seed))


def as_kept(ranking: list[PanelRank]) -> list[dict[str, Any]]:
    """As it is kept with a selection: plain values."""
    return [asdict(one) | {"between": list(one.between) if one.between else None} for one in ranking]
