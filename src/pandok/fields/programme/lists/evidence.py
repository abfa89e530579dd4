"""Measurements: who may see them, those of an agreement, the one that counts."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.core.programme.evidence import Occasion
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.lists.agreements import agreements_visible_to
from pandok.fields.programme.models import Agreement, Measurement

_WITH = ("agreement", "version", "again", "measured_by")


def measurement_for(account: Account, measurement_id: UUID) -> Measurement:
    """Raises RequestError: evidence.not_there."""
    shown = Measurement.objects.filter(agreement__in=agreements_visible_to(account))
    found: Measurement | None = shown.select_related(*_WITH).filter(pk=measurement_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def measurements_of(agreement: Agreement) -> QuerySet[Measurement]:
    """The newest first."""
    return agreement.measurements.select_related(*_WITH).order_by("-measured_at", "-number")


def final_of(agreement: Agreement) -> Measurement | None:
    """The final measurement of the version that is locked now."""
    found: Measurement | None = (
        measurements_of(agreement).filter(occasion=Occasion.FINAL.value, version__version=agreement.version).first()
    )
    return found
