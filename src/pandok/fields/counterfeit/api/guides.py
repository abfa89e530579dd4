"""Identification guides: a holder's system keeps its own, an agency's system shows them beside a candidate."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.common.models import Account, Party
from pandok.fields.counterfeit.acts import guides
from pandok.fields.counterfeit.models import IdentificationGuide
from pandok.fields.counterfeit.roles import Action
from pandok.fields.designs.roles import Action as ReadingAction
from pandok.fields.register.models import Design
from pandok.web.api.binary import binary, safe_file
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, DesignId, Key, Sha256
from pandok.web.api.uploads import uploaded

router = Router(tags=["guides"])
of_design = Router(tags=["guides"])
_WRITES = may(Action.ANSWER_AS_HOLDER)
_READS = may(ReadingAction.SEE_OWN_READINGS)
NO_PICTURES: list[UploadedFile] = File([])  # type: ignore[type-arg]  # Ninja's own form


class GuideOut(BaseModel):
    """`design_id` null: for all rights of the holder. Pictures: GET /guides/{id}/pictures/{sha256}."""

    id: UUID
    party_id: int
    party: str
    design_id: str | None
    title: str
    text: str
    pictures: list[str]
    written_at: datetime


class GuideIn(BaseModel):
    title: str = Field(min_length=1, max_length=guides.LONGEST_TITLE)
    text: str = Field(min_length=1, max_length=guides.LONGEST_TEXT)
    design_id: str = Field(default="", max_length=100, description="Empty: for all rights of the holder")


class NewGuideIn(GuideIn):
    party_id: Key


class ChangedGuideIn(GuideIn):
    keep_pictures: list[Sha256] = Field(default=[], max_length=guides.MOST_PICTURES)


class WithdrawalIn(Asked):
    reason: str = Field(default="", max_length=2000)


@router.get("", auth=_WRITES, response=answers(list[GuideOut]), summary="My guides")
def list_guides(request: HttpRequest) -> list[GuideOut]:
    return [_out(one) for one in guides.own_guides(actor_of(request)).order_by("-written_at", "pk")]


@router.post("", auth=_WRITES, response=answers(GuideOut, 201), summary="Write a guide")
@once(status=201)
def write_guide(request: HttpRequest, asked: Form[NewGuideIn], pictures: list[UploadedFile] = NO_PICTURES) -> GuideOut:
    """Up to eight pictures, as photographs are sent. Officers see the guide from then on."""
    actor = actor_of(request)
    party = guides.holders_of(actor).filter(pk=asked.party_id).first()
    if party is None:
        raise not_found()
    return _write(actor, party, asked, pictures)


@router.post("/{uuid:guide_id}", auth=_WRITES, response=answers(GuideOut, 201), summary="Rewrite a guide")
@once(status=201)
def change_guide(
    request: HttpRequest, guide_id: UUID, asked: Form[ChangedGuideIn], pictures: list[UploadedFile] = NO_PICTURES
) -> GuideOut:
    """A new guide in its place; the old one is withdrawn and keeps its row. Name the pictures that stay."""
    actor = actor_of(request)
    old = _own(actor, guide_id)
    return _write(actor, old.party, asked, pictures, old, asked.keep_pictures)


@router.post("/{uuid:guide_id}/withdraw", auth=_WRITES, response=answers(GuideOut), summary="Take a guide back")
@once
def withdraw_guide(request: HttpRequest, guide_id: UUID, asked: WithdrawalIn) -> GuideOut:
    actor = actor_of(request)
    guide = _own(actor, guide_id)
    guides.withdraw_guide(guide=guide, actor=actor, reason=asked.reason, now=timezone.now())
    return _out(guide)


@router.get(
    "/{uuid:guide_id}/pictures/{sha256}",
    auth=may(Action.ANSWER_AS_HOLDER, ReadingAction.SEE_OWN_READINGS),
    **binary("The picture as JPEG", "image/jpeg"),
    summary="A picture of a guide",
)
def get_guide_picture(request: HttpRequest, guide_id: UUID, sha256: Sha256) -> HttpResponse:
    account, blobs = actor_of(request), house.blobs()
    guide = IdentificationGuide.objects.filter(id=guide_id).first()
    if guide is None or not guides.may_see_guide(account, guide) or sha256 not in guide.pictures or sha256 not in blobs:
        raise not_found()
    return safe_file(blobs.get(sha256), media_type="image/jpeg", filename=f"{sha256[:12]}.jpg")


@of_design.get(
    "/{design_id}/guides", auth=_READS, response=answers(list[GuideOut]), summary="How to recognise the holder's goods"
)
def list_design_guides(request: HttpRequest, design_id: DesignId) -> list[GuideOut]:  # noqa: ARG001
    """The guides for one design, then those of its holder for all rights."""
    design = Design.objects.filter(design_id=design_id).first()
    if design is None:
        raise not_found()
    return [_out(one) for one in guides.guides_for(design)]


def _write(
    actor: Account,
    party: Party,
    asked: GuideIn,
    pictures: list[UploadedFile],
    replaces: IdentificationGuide | None = None,
    keep_pictures: list[str] | None = None,
) -> GuideOut:
    sent = [uploaded(file) for file in pictures[: guides.MOST_PICTURES + 1]]
    guide = guides.write_guide(
        party=party,
        design_id=asked.design_id.strip(),
        title=asked.title,
        text=asked.text,
        pictures=[(name, data) for data, name in sent],
        actor=actor,
        now=timezone.now(),
        blobs=house.blobs(),
        replaces=replaces,
        keep_pictures=keep_pictures or [],
    )
    return _out(guide)


def _own(account: Account, guide_id: UUID) -> IdentificationGuide:
    guide = guides.own_guides(account).filter(id=guide_id).first()
    if guide is None:
        raise not_found()
    return guide


def _out(guide: IdentificationGuide) -> GuideOut:
    return GuideOut(
        id=guide.id,
        party_id=guide.party_id,
        party=guide.party.name,
        design_id=guide.design.design_id if guide.design else None,
        title=guide.title,
        text=guide.text,
        pictures=guide.pictures,
        written_at=guide.written_at,
    )
