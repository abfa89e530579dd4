"""Registered designs: looked up by id or number, with their views. The register is public."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.common.declared import opened_by
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.register.lists.queries import kept_fields
from pandok.fields.register.models import Design
from pandok.fields.register.right_standing import standing
from pandok.fields.register.row_checks import hague_number
from pandok.fields.register.word_marks import find_word_marks
from pandok.web.api.callers import may
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import DesignId

router = Router(tags=["designs"])
_SEES = may(*opened_by("find designs"))
MOST = 50


class ViewOut(BaseModel):
    """`sha256` names the picture: GET /api/v1/pictures/{sha256}."""

    name: str
    sha256: str
    media_type: str
    width_px: int
    height_px: int


class DesignRef(BaseModel):
    design_id: str
    registration_number: str
    article: str
    word_mark: str = Field(description="Text of a word mark; empty where it is none")
    holder: str
    locarno_class: str
    status: str
    recorded_with_customs: bool | None


class KeptFieldOut(BaseModel):
    """What a source says under a name that Pandok does not read."""

    name: str
    value: str
    source: str


class DesignOut(DesignRef):
    application_number: str
    international_number: str = Field(description="International registration (Hague), DM/123456")
    filed_on: date | None
    registered_on: date | None
    expires_on: date | None = Field(description="The last day on which the right stands")
    views: list[ViewOut]
    kept_fields: list[KeptFieldOut]


class DesignNumber(BaseModel):
    number: str = Field(min_length=1, max_length=100, description="Registration, application or design number")


@router.get("", auth=_SEES, response=answers(list[DesignRef]), summary="Find designs by a number")
def find_designs(request: HttpRequest, asked: Query[DesignNumber]) -> list[DesignRef]:  # noqa: ARG001
    number = asked.number.strip()
    same = Q(design_id=number) | Q(registration_number=number) | Q(application_number=number)
    international = hague_number(number)
    if international:
        same |= Q(international_number=international)
    return [design_ref(one) for one in Design.objects.filter(same).select_related("holder").order_by("pk")[:MOST]]


class MarkText(BaseModel):
    text: str = Field(min_length=1, max_length=200, description="As read on goods or heard; Hangul, Latin or both")


class FoundMarkOut(BaseModel):
    """`score` 0 to 1 ranks and judges nothing; `sound` and `letters` are likenesses of calling and of outward form."""

    design: DesignRef
    score: float
    sound: float
    letters: float
    why: str


@router.get("/word-marks", auth=_SEES, response=answers(list[FoundMarkOut]), summary="Word marks by sound and letters")
def get_word_marks(request: HttpRequest, asked: Query[MarkText]) -> list[FoundMarkOut]:  # noqa: ARG001
    return [
        FoundMarkOut(
            design=design_ref(one.design),
            score=one.score,
            sound=round(one.sound, 4),
            letters=round(one.letters, 4),
            why=one.why.in_language(get_language() or "ko"),
        )
        for one in find_word_marks([asked.text])
    ]


@router.get("/{design_id}", auth=_SEES, response=answers(DesignOut), summary="One design with its views")
def get_design(request: HttpRequest, design_id: DesignId) -> DesignOut:  # noqa: ARG001
    design = Design.objects.select_related("holder").filter(design_id=design_id).first()
    if design is None:
        raise not_found()
    views = design.views.filter(withdrawn_at=None).order_by("order", "view_key")
    return DesignOut(
        **design_ref(design).model_dump(),
        application_number=design.application_number,
        international_number=design.international_number,
        filed_on=design.filed_on,
        registered_on=design.registered_on,
        expires_on=design.expires_on,
        views=[
            ViewOut(
                name=view.name,
                sha256=view.sha256,
                media_type=view.media_type,
                width_px=view.width,
                height_px=view.height,
            )
            for view in views
        ],
        kept_fields=[KeptFieldOut(name=one.name, value=one.value, source=one.source) for one in kept_fields(design)],
    )


def design_ref(design: Design) -> DesignRef:
    """With the right as it stands at this moment."""
    today = standing(design, timezone.now().astimezone(OFFICE_ZONE).date())
    return DesignRef(
        design_id=design.design_id,
        registration_number=design.registration_number,
        article=design.article,
        word_mark=design.word_mark,
        holder=design.holder.name if design.holder else "",
        locarno_class=design.locarno_class,
        status=today.status.value,
        recorded_with_customs=today.recorded,
    )
