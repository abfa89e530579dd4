"""A measurement is made once and kept; at any later day it is computed again, and held against what was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from pandok.common.models import Account, AuditEntry
from pandok.common.records.numbering import next_of_year
from pandok.core.errors import RequestError
from pandok.core.programme.evidence import (
    Difference,
    Differs,
    Occasion,
    differences,
    records_differ,
    same_values,
)
from pandok.core.programme.lock import Lock, Part
from pandok.fields.programme.acts.agreements.agreement_moves import locked_agreement
from pandok.fields.programme.acts.evidence.agreement_told import told
from pandok.fields.programme.acts.evidence.computing import end_of, evidence_of, last_day
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.known_time import must_know_the_time
from pandok.fields.programme.lists.agreements import changes_since_lock, locked_versions
from pandok.fields.programme.models import Agreement, AgreementVersion, Measurement, Remeasurement

MEASURED = "agreement.measured"


@dataclass(frozen=True)
class Recomputed:
    """`same`: values and verdicts came out as they were kept, whatever else differs."""

    same: bool
    differences: list[Difference]


def measure(agreement_id: UUID, *, actor: Account | None, now: datetime) -> Measurement:
    """Interim while a measuring day is not over, else final: once a version of the sheet. Raises RequestError:
    evidence.measured_already, .not_as_signed, .clock, .unreadable, agreement.not_there, agreement.no_such_way."""
    with transaction.atomic():
        agreement = locked_agreement(agreement_id, AgreementState.RUNNING)
        version = _version(agreement, now)
        over = end_of(last_day(Lock.model_validate(version.lock))) <= now
        occasion = Occasion.FINAL if over else Occasion.INTERIM
        if over:
            must_know_the_time(now)
            if agreement.measurements.filter(version=version, occasion=occasion.value).exists():
                raise refusal("measured_already")
        return _kept(agreement, version, occasion, None, actor, now)


def measure_again(again: Remeasurement, *, actor: Account | None, now: datetime) -> Measurement:
    """After the end, once its day is over; within the caller's transaction, its agreement locked. Raises RequestError:
    evidence.not_due, and as `measure`."""
    if end_of(again.due_on) > now:
        raise refusal("not_due")
    must_know_the_time(now)
    if again.measurements.exists():
        raise refusal("measured_already")
    return _kept(again.agreement, _version(again.agreement, now), Occasion.AFTERWARDS, again, actor, now)


def recompute(kept: Measurement, now: datetime) -> Recomputed:
    """From the locked sheet and the records as they were known then. Nothing is changed by it."""
    promised = _promised(kept)
    try:
        evidence = kept.evidence
    except ValidationError:
        unread = Difference(part=Differs.RECORD, at="unreadable", was=promised, now=kept.sha256)
        return Recomputed(same=False, differences=[unread])
    found_out = records_differ(evidence, stored=kept.sha256, promised=promised, seen_at=now)
    try:
        found = evidence_of(
            kept.agreement,
            kept.version,
            number=kept.number,
            occasion=Occasion(kept.occasion),
            measured_at=kept.measured_at,
            again=kept.again,
        )
    except (ValueError, KeyError, TypeError, RequestError) as error:
        found_out.append(Difference(part=Differs.LOCK, at="unreadable", was=evidence.lock, now=type(error).__name__))
        return Recomputed(same=False, differences=found_out)
    found_out += differences(evidence, found)
    return Recomputed(same=same_values(found_out), differences=found_out)


def _kept(
    agreement: Agreement,
    version: AgreementVersion,
    occasion: Occasion,
    again: Remeasurement | None,
    actor: Account | None,
    now: datetime,
) -> Measurement:
    number = next_of_year("KM", width=6, given=Measurement.objects.all(), now=now)
    try:
        evidence = evidence_of(agreement, version, number=number, occasion=occasion, measured_at=now, again=again)
    except (ValueError, KeyError) as error:
        raise refusal("unreadable") from error
    made: Measurement = Measurement.objects.create(
        number=number,
        agreement=agreement,
        version=version,
        again=again,
        occasion=occasion.value,
        values=evidence.model_dump(mode="json"),
        sha256=evidence.sha256,
        measured_at=now,
        measured_by=actor,
    )
    details = {"measurement": number, "occasion": occasion.value, "sha256": evidence.sha256}
    told(agreement, MEASURED, number, actor=actor, now=now, details=details)
    return made


def _version(agreement: Agreement, now: datetime) -> AgreementVersion:
    """The newest that is locked, as it was signed; a newer program that computes is told in the measurement itself."""
    if any(one.part is not Part.CODE for one in changes_since_lock(agreement, now)):
        raise refusal("not_as_signed")
    return locked_versions(agreement)[0]


def _promised(kept: Measurement) -> str:
    """The digest of the measurement as the audit trail has it."""
    entries = AuditEntry.objects.filter(action=MEASURED, object=f"agreement:{kept.agreement_id}").order_by("sequence")
    found = (one.details for one in entries if one.details.get("measurement") == kept.number)
    return next((str(one.get("sha256", "")) for one in found), "")
