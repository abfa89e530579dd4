"""How a right stands on a day: asked each time, never kept, because time passes without any import.

The register keeps what its sources said. Whether the right's term is over, and whether its recordal still holds, is
worked out here for the day of the question.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from pandok.core.reading import Candidate, Reading
from pandok.core.rights import LegalStatus, may_be_basis, recordal_on, recordal_stands, status_on
from pandok.fields.register.models import Design


@dataclass(frozen=True, slots=True)
class Standing:
    """A right on one day. `recorded` is None where no source says; `expires_on` and `recordal_valid_until` are last
    days."""

    status: LegalStatus
    recorded: bool | None
    expires_on: date | None
    recordal_valid_until: date | None
    recordal_over: bool

    @property
    def in_force(self) -> bool:
        return self.status is LegalStatus.IN_FORCE


def standing(design: Design, on: date) -> Standing:
    recorded = recordal_on(design.recorded_with_customs, on, design.recordal_valid_until)
    return Standing(
        status_on(LegalStatus(design.status), on, design.expires_on),
        recorded,
        design.expires_on,
        design.recordal_valid_until,
        recordal_over=design.recorded_with_customs is True and recorded is False,
    )


def standings(design_ids: Collection[str], on: date) -> dict[str, Standing]:
    """Of each design of the register that is there, in one query."""
    return {one.design_id: standing(one, on) for one in Design.objects.filter(design_id__in=set(design_ids))}


def as_they_stand(reading: Reading, on: date) -> Reading:
    """A reading with the rights of its candidates as they stand on a day; what was read stays as it was."""
    found = standings([one.design.design_id for one in reading.candidates], on)
    return reading.model_copy(
        update={"candidates": tuple(_standing_now(one, found.get(one.design.design_id)) for one in reading.candidates)}
    )


def _standing_now(candidate: Candidate, found: Standing | None) -> Candidate:
    if found is None:
        return candidate
    status = "" if found.status is LegalStatus.UNKNOWN else found.status.value
    now = {"status": status, "recorded_with_customs": found.recorded}
    return candidate.model_copy(update={"design": candidate.design.model_copy(update=now)})


def may_be_based_on(design: Design, on: date) -> bool:
    """Whether the right stands on that day, so that it may be offered as a basis at all."""
    return may_be_basis(LegalStatus(design.status), on, design.expires_on)


def is_recorded(design: Design | None, on: date) -> bool:
    """Whether the customs recordal stands on that day."""
    return design is not None and recordal_stands(design.recorded_with_customs, on, design.recordal_valid_until)


def in_force_on(on: date) -> Q:
    """Designs whose right stands on a day."""
    return Q(status=LegalStatus.IN_FORCE.value) & (Q(expires_on=None) | Q(expires_on__gte=on))


def status_is(status: LegalStatus, on: date) -> Q:
    """Designs of this status on a day; a right in force whose last day is over is expired."""
    if status is LegalStatus.IN_FORCE:
        return in_force_on(on)
    same = Q(status=status.value)
    if status is LegalStatus.EXPIRED:
        return same | Q(status=LegalStatus.IN_FORCE.value, expires_on__lt=on)
    return same


def recorded_on(on: date) -> Q:
    """Designs whose customs recordal stands on a day."""
    return Q(recorded_with_customs=True) & (Q(recordal_valid_until=None) | Q(recordal_valid_until__gte=on))
