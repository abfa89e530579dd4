"""Certificate tests that wait for a second person, for programs. Their pictures are looked at on the page alone, where
each look is kept: what was not looked at there cannot be accepted here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.common.reasons import MOST_REASON
from pandok.core.errors import RequestError
from pandok.fields.academy.acts.certificates.second_look import look_at_form
from pandok.fields.academy.lists.forms import form_to_look_at, waiting_forms
from pandok.fields.academy.models import CertificateForm
from pandok.fields.academy.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked

router = Router(tags=["academy"])
_REVIEWS = may(Action.REVIEW_LESSONS)


class CertificateTestOut(BaseModel):
    """`own`: you drew it, and another person looks at it."""

    id: UUID
    course: UUID
    number: int
    pictures: int
    drawn_at: datetime
    own: bool


class SecondLookIn(Asked):
    """`reason`: needed where `accepted` is false."""

    accepted: bool
    reason: str = Field(default="", max_length=MOST_REASON)


class SecondLookOut(BaseModel):
    test: UUID
    accepted: bool
    at: datetime


@router.get(
    "/certificate-tests",
    auth=_REVIEWS,
    response=answers(list[CertificateTestOut]),
    summary="Certificate tests that wait for a second look",
)
def list_certificate_tests(request: HttpRequest) -> list[CertificateTestOut]:
    actor = actor_of(request)
    return [_out(one, one.drawn_by_id == actor.pk) for one in waiting_forms()]


@router.post(
    "/certificate-tests/{uuid:form_id}/second-look",
    auth=_REVIEWS,
    response=answers(SecondLookOut),
    summary="Accept or reject a certificate test",
)
@once
def look_at_a_certificate_test(request: HttpRequest, form_id: UUID, asked: SecondLookIn) -> SecondLookOut:
    """By somebody who did not draw it, and who has looked at each of its pictures."""
    actor = actor_of(request)
    try:
        form = form_to_look_at(actor, form_id)
    except RequestError as error:
        raise not_found() from error
    kept = look_at_form(form_id=form.pk, accepted=asked.accepted, reason=asked.reason, actor=actor, now=timezone.now())
    return SecondLookOut(test=form.pk, accepted=kept.accepted, at=kept.at)


def _out(one: CertificateForm, own: bool) -> CertificateTestOut:
    return CertificateTestOut(
        id=one.pk,
        course=one.course_id,
        number=one.number,
        pictures=len(one.pictures),
        drawn_at=one.drawn_at,
        own=own,
    )
