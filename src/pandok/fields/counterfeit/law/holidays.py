"""Which days count at this office: the shipped calendar, the law's own days, and what was told to the site later."""

from __future__ import annotations

from datetime import date

from pandok.core.terms.business_days import IsHoliday
from pandok.fields.counterfeit.law.law_versions import is_holiday
from pandok.fields.counterfeit.law.values import LawVersion
from pandok.fields.counterfeit.models import DatedHoliday


def office_days(law: LawVersion) -> IsHoliday:
    """The test for holidays as the site knows them now; it asks the records once, when it is made."""
    told = dict(DatedHoliday.objects.filter(withdrawn_at=None).values_list("day", "kind"))

    def off(day: date) -> bool:
        kind = told.get(day)
        return is_holiday(day, law) if kind is None else kind == DatedHoliday.OFF

    return off
