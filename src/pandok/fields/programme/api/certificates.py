"""Certificates of trials, for programs: drafted by one, issued by another, withdrawn by two."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from pandok.core.errors import RequestError
from pandok.fields.programme.acts.certificates.issuing import draft_certificate
from pandok.fields.programme.api.evidence import TrialCertificateOut, certificate_out
from pandok.fields.programme.certificate_states import CertificateKind
from pandok.fields.programme.lists.certificates import certificate_for
from pandok.fields.programme.lists.evidence import measurement_for
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.certificate_steps import ACTS, OF_MANAGERS
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found, refusal
from pandok.web.api.request_values import Asked, FullReason

router = Router(tags=["Evidence of trials"])
_SEES, _DRAFTS = may(Action.SEE_AGREEMENTS), may(Action.DRAFT_CERTIFICATES)


class NewCertificateIn(Asked):
    kind: CertificateKind


class CertificateStepIn(Asked):
    """`issue`, `confirm` and `turn_down`: by the programme manager, another person than who drafted or proposed."""

    what: Literal["issue", "drop", "withdraw", "confirm", "turn_down"]
    reason: FullReason


@router.get(
    "/certificates/{uuid:certificate_id}", auth=_SEES, response=answers(TrialCertificateOut), summary="One certificate"
)
def get_trial_certificate(request: HttpRequest, certificate_id: UUID) -> TrialCertificateOut:
    return _shown(request, certificate_id)


@router.post(
    "/measurements/{uuid:measurement_id}/certificates",
    auth=_DRAFTS,
    response=answers(TrialCertificateOut),
    summary="Draft a certificate of a final measurement",
)
@once
def draft_trial_certificate(request: HttpRequest, measurement_id: UUID, asked: NewCertificateIn) -> TrialCertificateOut:
    """The kind must fit the verdict, and the measurement must still come out as it was kept."""
    actor = actor_of(request)
    try:
        measurement_for(actor, measurement_id)
    except RequestError as error:
        raise not_found() from error
    return certificate_out(draft_certificate(measurement_id, asked.kind.value, actor=actor, now=timezone.now()))


@router.post(
    "/certificates/{uuid:certificate_id}/step",
    auth=_DRAFTS,
    response=answers(TrialCertificateOut),
    summary="Issue, drop or withdraw a certificate",
)
@once
def lead_trial_certificate(request: HttpRequest, certificate_id: UUID, asked: CertificateStepIn) -> TrialCertificateOut:
    """It is signed with the key of this site. A withdrawal is proposed by one and confirmed by another."""
    _shown(request, certificate_id)
    actor = actor_of(request)
    if asked.what in OF_MANAGERS and not actor.may(Action.ISSUE_CERTIFICATES):
        raise refusal(403)
    ACTS[asked.what](certificate_id, reason=asked.reason, actor=actor, now=timezone.now())
    return _shown(request, certificate_id)


def _shown(request: HttpRequest, certificate_id: UUID) -> TrialCertificateOut:
    try:
        return certificate_out(certificate_for(actor_of(request), certificate_id))
    except RequestError as error:
        raise not_found() from error
