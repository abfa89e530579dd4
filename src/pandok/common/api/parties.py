"""Holders, importers and associations, for naming them in a case. Addresses are not given out here."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.common.declared import opened_by, party_kinds
from pandok.common.models import Party
from pandok.common.roles import Action
from pandok.web.api.callers import may
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Key, Limit, one_of

router = Router(tags=["parties"])
_WORKS = may(*opened_by("find parties"), Action.MANAGE_PARTIES)


class PartyRef(BaseModel):
    id: int
    kind: Annotated[str, one_of(*party_kinds())]
    name: str
    language: Annotated[str, one_of("ko", "en")]
    active: bool


class PartyQuery(BaseModel):
    kind: Annotated[str, one_of(*party_kinds(), "")] = ""
    name: str = Field(default="", max_length=100, description="Part of the name")
    limit: Limit = 50


@router.get("", auth=_WORKS, response=answers(list[PartyRef]), summary="Find parties")
def find_parties(request: HttpRequest, asked: Query[PartyQuery]) -> list[PartyRef]:  # noqa: ARG001
    found = Party.objects.filter(active=True)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.name.strip():
        found = found.filter(name__icontains=asked.name.strip())
    return [party_ref(party) for party in found.order_by("name", "pk")[: asked.limit]]


@router.get("/{party_id}", auth=_WORKS, response=answers(PartyRef), summary="One party")
def get_party(request: HttpRequest, party_id: Key) -> PartyRef:  # noqa: ARG001
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        raise not_found()
    return party_ref(party)


def party_ref(party: Party) -> PartyRef:
    return PartyRef(id=party.pk, kind=party.kind, name=party.name, language=party.language, active=party.active)
