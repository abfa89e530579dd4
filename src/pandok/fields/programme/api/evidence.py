"""Measurements of the KPIs of agreements and their certificates, for programs: made, listed, computed again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from pandok.core.errors import RequestError
from pandok.core.programme.evidence import Differs, MeasuredKpi, Occasion
from pandok.fields.programme.acts.evidence.measuring import measure, recompute
from pandok.fields.programme.certificate_states import CertificateKind, CertificateState
from pandok.fields.programme.lists.agreements import agreement_for
from pandok.fields.programme.lists.certificates import certificates_of
from pandok.fields.programme.lists.evidence import measurement_for, measurements_of
from pandok.fields.programme.models import Measurement, TrialCertificate
from pandok.fields.programme.overall import overall
from pandok.fields.programme.roles import Action
from pandok.proof.kpi.value_of import Method
from pandok.proof.verdict import Verdict
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import one_of

router = Router(tags=["Evidence of trials"])
_SEES, _MEASURES = may(Action.SEE_AGREEMENTS), may(Action.MEASURE_KPIS)


class MeasuredKpiOut(BaseModel):
    """Records of `source` that began after `since`, as they were known at `until`; `sha256` of them. `interval` null:
    counted in full, or too few rows."""

    key: str
    source: str
    since: datetime
    until: datetime
    records: int
    sha256: str
    value: float | None
    interval: tuple[float, float] | None
    method: Annotated[str, one_of(*Method)]
    rows: int
    left_out: int
    verdict: Annotated[str, one_of(*Verdict)]


class MeasurementOut(BaseModel):
    """`lock`: sha256 of the version of the sheet; `code`: of the programs that computed; `verdict`: over all KPIs."""

    id: UUID
    number: str
    occasion: Annotated[str, one_of(*Occasion)]
    version: int
    lock: str
    code: str
    measured_at: datetime
    sha256: str
    verdict: Annotated[str, one_of(*Verdict)]
    kpis: list[MeasuredKpiOut]


class EvidenceDifferenceOut(BaseModel):
    """`at`: of which KPI, and what of it."""

    part: Annotated[str, one_of(*Differs)]
    at: str
    was: str
    now: str


class RecomputedOut(BaseModel):
    """`same`: values and verdicts came out as they were kept, whatever else differs."""

    same: bool
    differences: list[EvidenceDifferenceOut]


class TrialCertificateOut(BaseModel):
    """`sha256` empty: it is only drafted. `withdrawn_for`: the reason, where it was withdrawn."""

    id: UUID
    number: str
    kind: Annotated[str, one_of(*CertificateKind)]
    state: Annotated[str, one_of(*CertificateState)]
    measurement: UUID
    issued_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_for: str
    sha256: str


@router.get(
    "/agreements/{uuid:agreement_id}/certificates",
    auth=_SEES,
    response=answers(list[TrialCertificateOut]),
    summary="Certificates of an agreement",
)
def list_trial_certificates(request: HttpRequest, agreement_id: UUID) -> list[TrialCertificateOut]:
    """The newest first, also those that were withdrawn."""
    try:
        found = agreement_for(actor_of(request), agreement_id)
    except RequestError as error:
        raise not_found() from error
    return [certificate_out(one) for one in certificates_of(found)]


@router.get(
    "/agreements/{uuid:agreement_id}/measurements",
    auth=_SEES,
    response=answers(list[MeasurementOut]),
    summary="Measurements of an agreement",
)
def list_measurements(request: HttpRequest, agreement_id: UUID) -> list[MeasurementOut]:
    """The newest first."""
    try:
        found = agreement_for(actor_of(request), agreement_id)
    except RequestError as error:
        raise not_found() from error
    return [_out(one) for one in measurements_of(found)]


@router.post(
    "/agreements/{uuid:agreement_id}/measurements",
    auth=_MEASURES,
    response=answers(MeasurementOut),
    summary="Measure the KPIs of an agreement",
)
@once
def measure_agreement(request: HttpRequest, agreement_id: UUID) -> MeasurementOut:
    """Interim while a measuring day is not over; final once."""
    return _out(measure(agreement_id, actor=actor_of(request), now=timezone.now()))


@router.get(
    "/measurements/{uuid:measurement_id}/recomputed",
    auth=_SEES,
    response=answers(RecomputedOut),
    summary="Compute a measurement again",
)
def recompute_measurement(request: HttpRequest, measurement_id: UUID) -> RecomputedOut:
    """From the locked sheet and the records as they were known then; nothing is changed by it."""
    try:
        found = measurement_for(actor_of(request), measurement_id)
    except RequestError as error:
        raise not_found() from error
    again = recompute(found, timezone.now())
    return RecomputedOut(
        same=again.same,
        differences=[
            EvidenceDifferenceOut(part=one.part, at=one.at, was=one.was, now=one.now) for one in again.differences
        ],
    )


def certificate_out(one: TrialCertificate) -> TrialCertificateOut:
    return TrialCertificateOut(
        id=one.pk,
        number=one.number,
        kind=one.kind,
        state=one.state,
        measurement=one.measurement_id,
        issued_at=one.issued_at,
        withdrawn_at=one.withdrawn_at,
        withdrawn_for=one.withdrawal_reason if one.withdrawn_at else "",
        sha256=one.sha256,
    )


def _out(one: Measurement) -> MeasurementOut:
    evidence = one.evidence
    return MeasurementOut(
        id=one.pk,
        number=one.number,
        occasion=one.occasion,
        version=evidence.version,
        lock=evidence.lock,
        code=evidence.code,
        measured_at=one.measured_at,
        sha256=one.sha256,
        verdict=overall(kpi.verdict for kpi in evidence.kpis),
        kpis=[_kpi(kpi) for kpi in evidence.kpis],
    )


def _kpi(one: MeasuredKpi) -> MeasuredKpiOut:
    return MeasuredKpiOut(**one.model_dump())
