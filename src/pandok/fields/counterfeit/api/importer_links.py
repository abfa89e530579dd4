"""One-time links to an importer without an account: made and withdrawn by the officer of the case.

The answer holds the link once. It is kept nowhere, so these calls take no `Idempotency-Key`: its stored answer would
hold the link in clear. A call made again makes a new link, and the earlier one no longer holds.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from pydantic import BaseModel, Field

from pandok.fields.counterfeit.acts.notices.late_importers import (
    Reach,
    importer_notice,
    new_link,
    reach_importer,
    withdraw_link,
)
from pandok.fields.counterfeit.acts.notices.links import newest_link
from pandok.fields.counterfeit.acts.notices.office import open_office
from pandok.fields.counterfeit.api.cases import visible_case
from pandok.fields.counterfeit.api.in_turn import case_in_turn
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import Turn
from pandok.settings import settings
from pandok.web.api.callers import may
from pandok.web.api.refusals import answers
from pandok.web.api.request_values import Asked

router = Router(tags=["case actions"])
_WORKS = may(Action.WORK_CASES)
Check = Literal["declaration", "bl", "business"]


class IdentityCheckIn(Asked):
    """`check`: the parcel number or the B/L number of the case, or `business`: the digits in `answer`."""

    check: Check
    answer: str = Field(default="", max_length=100)


class ReachIn(IdentityCheckIn):
    name: str = Field(min_length=1, max_length=300)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)


class LinkOut(BaseModel):
    """`link` is told once."""

    link: str
    expires_at: datetime


class WithdrawnOut(BaseModel):
    """How many links no longer hold."""

    withdrawn: int


@router.post(
    "/{uuid:case_id}/importer-link", auth=_WORKS, response=answers(LinkOut, 201), summary="Reach an unknown importer"
)
def reach_an_importer(request: HttpRequest, case_id: UUID, asked: ReachIn) -> Status[LinkOut]:
    """Names the importer, gives it its notice and returns the link to it."""
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    now = timezone.now()
    token = reach_importer(
        case=case,
        reach=Reach(asked.name, asked.email, asked.phone),
        check_kind=asked.check,
        check_answer=asked.answer,
        actor=actor,
        now=now,
        office=open_office(settings(), settings().home),
        nonce=str(uuid.uuid4()),
    )
    return Status(201, _out(visible_case(actor, case_id), token))


@router.post(
    "/{uuid:case_id}/importer-link/again", auth=_WORKS, response=answers(LinkOut, 201), summary="Make another link"
)
def link_an_importer_again(request: HttpRequest, case_id: UUID, asked: IdentityCheckIn) -> Status[LinkOut]:
    """The earlier link no longer holds."""
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    token = new_link(case=case, check_kind=asked.check, check_answer=asked.answer, actor=actor, now=timezone.now())
    return Status(201, _out(case, token))


@router.post(
    "/{uuid:case_id}/importer-link/withdraw", auth=_WORKS, response=answers(WithdrawnOut), summary="Withdraw the link"
)
def withdraw_an_importer_link(request: HttpRequest, case_id: UUID) -> WithdrawnOut:
    """Who has opened it already sees nothing more either."""
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    return WithdrawnOut(withdrawn=withdraw_link(case=case, actor=actor, now=timezone.now()))


def _out(case: Case, token: str) -> LinkOut:
    link = newest_link(importer_notice(case))
    assert link is not None
    return LinkOut(link=f"{settings().address.rstrip('/')}/n/{token}/", expires_at=link.expires_at)
