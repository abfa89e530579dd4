"""What the first address says of the programme: how much stands on each of its public pages, and since when."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, QuerySet

from pandok.common.declared import PublicCount
from pandok.fields.programme.lists.calls import public_calls
from pandok.fields.programme.lists.challenges import public_challenges
from pandok.fields.programme.lists.community import public_notices, public_questions
from pandok.fields.programme.lists.data_sets import public_data_sets
from pandok.fields.programme.lists.problems import public_problems
from pandok.fields.programme.models import Agreement, HandOverMade


def problems() -> PublicCount:
    return _counted(public_problems(), "proposed_at")


def calls() -> PublicCount:
    return _counted(public_calls(), "published_at")


def challenges() -> PublicCount:
    return _counted(public_challenges(), "announced_at")


def community() -> PublicCount:
    """Notices and questions together."""
    found = [_counted(public_notices(), "published_at"), _counted(public_questions(), "made_at")]
    return PublicCount(sum(one.number for one in found), min((one.since for one in found if one.since), default=None))


def projects() -> PublicCount:
    return _counted(Agreement.objects.filter(version__gt=0), "made_at")


def data_sets() -> PublicCount:
    return _counted(public_data_sets(), "made_at")


def hand_overs() -> PublicCount:
    return _counted(HandOverMade.objects.all(), "made_at")


def _counted(shown: QuerySet[Any], begun: str) -> PublicCount:
    found = shown.order_by().aggregate(number=Count("pk"), since=Min(begun))
    return PublicCount(found["number"], found["since"])
