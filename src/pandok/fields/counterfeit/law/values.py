"""The law of a site as values: clocks with their length, owner and sources, in versions with a first day.

A change of law is a new version; a case keeps the version under which it was opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from pandok.core.dates import day_words
from pandok.core.reading import Value
from pandok.core.text import Text
from pandok.fields.counterfeit.states import State, Turn


class Comparison(Value):
    """How an article was compared with its text: where that text was found, of which promulgation (`issued`) and in
    force from which day, when that was done, and what it says in short."""

    found_at: str = Field(pattern=r"^https://.+$")
    issued: str
    in_force: date
    on: date
    says: Text


class Citation(Value):
    """Where something stands in the law: `as_of` is the day whose text is meant, `url` the official text.

    `compared` says how it was checked; `unverified` what nobody has compared with the official text yet. One of both.
    """

    law: Text
    article: Text
    as_of: date
    url: str = Field(pattern=r"^https://www\.law\.go\.kr/.+$")
    unverified: Text | None = None
    compared: Comparison | None = None

    @model_validator(mode="after")
    def _says_how_it_was_checked(self) -> Citation:
        if (self.unverified is None) == (self.compared is None):
            raise ValueError(f"{self.law.ko} {self.article.ko}: say how it was compared, or that it was not")
        return self

    @property
    def words(self) -> Text:
        """「관세법」 제235조제3항(2026년 1월 1일 기준)"""
        day = day_words(self.as_of, weekday=False)
        return Text(
            ko=f"「{self.law.ko}」 {self.article.ko}({day.ko} 기준)",
            en=f"{self.law.en}, {self.article.en} (as of {day.en})",
        )


class ClockRule(Value):
    """One clock. It starts in one of three ways, and stops when the case leaves `runs_in`.

    `starts_in`: when a case comes into this state. `starts_on`: with an event of one of these kinds.
    `starts_when_told`: on the day a notice of this template is served on its party.
    """

    id: str = Field(pattern=r"^[a-z_]{3,40}$")
    title: Text
    days: int = Field(ge=1, le=3650)
    days_unrecorded: int | None = Field(default=None, ge=1, le=3650)
    """Where the right is not recorded with customs, in place of `days`."""
    kind: Literal["business", "calendar"]
    starts_in: State | None = None
    starts_on: tuple[str, ...] = ()
    starts_when_told: str = ""
    runs_in: tuple[State, ...]
    owner: Turn
    at_expiry: State | None = None
    """Where the case goes by itself when the term is over; None: it stays, and everybody concerned is told."""
    extension_days: int = Field(default=0, ge=0, le=365)
    """By how many days of the same kind customs may extend it once, on application; 0: never."""
    remind_days_before: tuple[int, ...] = ()
    basis: Literal["law", "office"] = "law"
    """"office": no law sets this term; it is a standard of the office, written here so that it can be changed."""
    sources: tuple[Citation, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _starts_in_one_way(self) -> ClockRule:
        if sum(bool(way) for way in (self.starts_in, self.starts_on, self.starts_when_told)) != 1:
            raise ValueError(f"clock {self.id} needs exactly one way to start")
        return self

    @property
    def source(self) -> Text:
        """Its sources as they are said to people."""
        cited = said(self.sources)
        if self.basis == "law":
            return cited
        return Text(
            ko=f"기관 내부 기한(법정 기한 아님). 관련 조문: {cited.ko}",
            en=f"A standard of the office, not a term of the law. Concerns: {cited.en}",
        )

    def length_days(self, *, recorded: bool) -> int:
        return self.days if recorded or self.days_unrecorded is None else self.days_unrecorded


class LawVersion(Value):
    """All terms of one jurisdiction from `valid_from` on. `checked_by` names the agency that checked it, "" nobody."""

    version: str = Field(pattern=r"^[A-Z]{2}-[0-9]{4}(-[0-9]{2})?(\.[0-9]+)?$")
    valid_from: date
    title: Text
    clocks: tuple[ClockRule, ...]
    security_percent: int = Field(ge=0, le=1000)
    """Security of holder (suspension) and importer (release), in percent of the value of the goods."""
    security_percent_small: int | None = Field(default=None, ge=0, le=1000)
    """The same for small and medium enterprises; None: this version says nothing of them."""
    advance_request_days_before_arrival: int = Field(ge=0, le=365)
    extra_holidays: tuple[str, ...] = ()
    """Month and day, "05-01", of days that do not count beside the public holidays."""
    sources: tuple[Citation, ...] = ()
    service_sources: tuple[Citation, ...] = ()
    """How notices are served, and from when a service counts."""
    appeal: tuple[Text, ...] = ()
    """What a party is told of remedies against a decision, with the articles they rest on."""
    appeal_sources: tuple[Citation, ...] = ()
    checked_by: str = ""

    @model_validator(mode="after")
    def _ids_are_unique(self) -> LawVersion:
        ids = [clock.id for clock in self.clocks]
        if len(ids) != len(set(ids)):
            raise ValueError("two clocks have the same id")
        return self

    def with_office_terms(self, days: Mapping[str, int]) -> LawVersion:
        """The same law with the office's own terms as the agency set them. Raises ValueError for a term of the law."""
        own = {clock.id for clock in self.clocks if clock.basis == "office"}
        if others := sorted(set(days) - own):
            raise ValueError(f"{', '.join(others)}: no term of the office; it may set {', '.join(sorted(own))}")
        clocks = tuple(
            ClockRule.model_validate(clock.model_dump() | {"days": days[clock.id]}) if clock.id in days else clock
            for clock in self.clocks
        )
        return self.model_copy(update={"clocks": clocks})

    def starting_in(self, state: State) -> tuple[ClockRule, ...]:
        return tuple(clock for clock in self.clocks if clock.starts_in is state)

    def starting_on(self, kind: str) -> tuple[ClockRule, ...]:
        return tuple(clock for clock in self.clocks if kind in clock.starts_on)

    def starting_when_told(self, template: str) -> tuple[ClockRule, ...]:
        return tuple(clock for clock in self.clocks if template and clock.starts_when_told == template)

    def clock(self, rule_id: str) -> ClockRule:
        """Raises KeyError for an unknown id."""
        for clock in self.clocks:
            if clock.id == rule_id:
                return clock
        raise KeyError(rule_id)


def said(sources: Sequence[Citation]) -> Text:
    """Citations one after the other."""
    return Text(
        ko="; ".join(one.words.ko for one in sources),
        en="; ".join(one.words.en for one in sources),
    )


def law_on(versions: Sequence[LawVersion], day: date) -> LawVersion:
    """The version in force on `day`. Raises LookupError where none is yet."""
    past = [version for version in versions if version.valid_from <= day]
    if not past:
        raise LookupError(f"no law version is in force on {day}")
    return max(past, key=lambda version: version.valid_from)
