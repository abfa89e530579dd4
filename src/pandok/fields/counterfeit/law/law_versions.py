"""The law versions and the holidays of this site."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from pandok.fields.counterfeit.law.values import LawVersion, law_on
from pandok.settings import settings


@cache
def law_versions() -> tuple[LawVersion, ...]:
    """Every version that is shipped, oldest first, with the terms that the office set for itself.

    Raises pydantic.ValidationError for a broken file, ValueError where the office set a term that is not its own.
    """
    own = settings().own_terms()
    folder = files("pandok.fields.counterfeit.law")
    found = [
        LawVersion.model_validate_json(path.read_text(encoding="utf-8")).with_office_terms(own)
        for path in folder.iterdir()
        if path.name.endswith(".json")
    ]
    return tuple(sorted(found, key=lambda law: law.valid_from))


def law_version(name: str) -> LawVersion:
    """The version a case was opened under. Raises KeyError."""
    for law in law_versions():
        if law.version == name:
            return law
    raise KeyError(name)


def current_law(day: date) -> LawVersion:
    """The version in force; before the first one, the first (a demonstration may look back)."""
    try:
        return law_on(law_versions(), day)
    except LookupError:
        return law_versions()[0]


@cache
def _public_holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("KR", years=year))


def is_holiday(day: date, law: LawVersion) -> bool:
    """A Korean public holiday, a substitute holiday, or a day that the law adds."""
    return day in _public_holidays(day.year) or day.strftime("%m-%d") in law.extra_holidays
