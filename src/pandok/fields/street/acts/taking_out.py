"""A table leaves the house, and it is kept who took it."""

from __future__ import annotations

from datetime import datetime

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.fields.street.periods import Period


def record_export(period: Period, form: str, *, actor: Account | None, now: datetime) -> None:
    _record("street-alerts", period, form, actor, now)


def record_energy_export(period: Period, form: str, *, actor: Account | None, now: datetime) -> None:
    _record("street-energy", period, form, actor, now)


def _record(what: str, period: Period, form: str, actor: Account | None, now: datetime) -> None:
    details = {"form": form, "first": period.first.isoformat(), "last": period.last.isoformat()}
    audit.tell(actor, f"{what}.exported", f"{what}:all", "", now, details)
