"""Who the caller is, and what the call may do."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from pandok.common.api.parties import PartyRef, party_ref
from pandok.common.declared import actions
from pandok.common.parties.belonging import parties_of, site_of
from pandok.common.people.scopes import scope_of, scopes_of
from pandok.web.api.callers import actor_of, may
from pandok.web.api.refusals import answers

router = Router(tags=["me"])


class Me(BaseModel):
    """`scopes`: what this call may do, which is what roles and token both allow."""

    account: str
    name: str
    department: str
    phone: str
    roles: list[str]
    scopes: list[str]
    site: str | None
    parties: list[PartyRef]


@router.get("", auth=may(*actions()), response=answers(Me), summary="Who I am")
def get_me(request: HttpRequest) -> Me:
    account = actor_of(request)
    site = site_of(account)
    return Me(
        account=account.get_username(),
        name=account.shown_name,
        department=account.department,
        phone=account.phone,
        roles=sorted(role.value for role in account.roles),
        scopes=[scope_of(action) for action in scopes_of(account.roles) if account.may(action)],
        site=site.code if site else None,
        parties=[party_ref(party) for party in parties_of(account).order_by("name")],
    )
