"""A version of the law as a page shows it: each term with its articles, and how each of these was checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pandok.core.text import Text
from pandok.fields.counterfeit.acts.notices.notice_phrases import days, term
from pandok.fields.counterfeit.law.values import Citation, ClockRule, LawVersion
from pandok.fields.counterfeit.states import Turn

OF_THE_OFFICE = Text(ko="기관 내부 기한", en="Term of the office")
OF_THE_LAW = Text(ko="법령·고시 기한", en="Term of the law")


@dataclass(frozen=True)
class ShownArticle:
    """`says` is what the compared text says in short; `open` what was not compared. One of both is empty."""

    words: str
    url: str
    says: str
    found_at: str
    issued: str
    in_force: date | None
    compared_on: date | None
    open: str


@dataclass(frozen=True)
class ShownTerm:
    title: str
    length: str
    unrecorded: str
    extension: str
    whose: str
    basis: str
    of_the_office: bool
    articles: list[ShownArticle]


@dataclass(frozen=True)
class ShownLaw:
    version: str
    title: str
    valid_from: date
    current: bool
    comes: bool
    """It holds for cases that are opened from its first day on, which is still to come."""
    checked_by: str
    terms: list[ShownTerm]
    articles: list[ShownArticle]
    service_articles: list[ShownArticle]
    appeal: list[str]
    appeal_articles: list[ShownArticle]
    open: int
    """How many articles nobody has compared with the official text."""


def shown_law(law: LawVersion, language: str, *, current: bool, today: date) -> ShownLaw:
    all_of_it = [*law.sources, *law.service_sources, *law.appeal_sources]
    all_of_it += [*(one for clock in law.clocks for one in clock.sources)]
    return ShownLaw(
        version=law.version,
        title=law.title.in_language(language),
        valid_from=law.valid_from,
        current=current,
        comes=law.valid_from > today,
        checked_by=law.checked_by,
        terms=[_term(clock, language) for clock in law.clocks],
        articles=[_article(one, language) for one in law.sources],
        service_articles=[_article(one, language) for one in law.service_sources],
        appeal=[one.in_language(language) for one in law.appeal],
        appeal_articles=[_article(one, language) for one in law.appeal_sources],
        open=sum(one.unverified is not None for one in all_of_it),
    )


def _term(rule: ClockRule, language: str) -> ShownTerm:
    office = rule.basis == "office"
    unrecorded = term(rule, recorded=False) if rule.days_unrecorded is not None else None
    return ShownTerm(
        title=rule.title.in_language(language),
        length=term(rule, recorded=True).in_language(language),
        unrecorded=unrecorded.in_language(language) if unrecorded else "",
        extension=days(rule.extension_days).in_language(language) if rule.extension_days else "",
        whose=Turn(rule.owner).words.in_language(language),
        basis=(OF_THE_OFFICE if office else OF_THE_LAW).in_language(language),
        of_the_office=office,
        articles=[_article(one, language) for one in rule.sources],
    )


def _article(one: Citation, language: str) -> ShownArticle:
    how = one.compared
    return ShownArticle(
        words=one.words.in_language(language),
        url=one.url,
        says=how.says.in_language(language) if how else "",
        found_at=how.found_at if how else "",
        issued=_issued(how.issued, language) if how else "",
        in_force=how.in_force if how else None,
        compared_on=how.on if how else None,
        open=one.unverified.in_language(language) if one.unverified else "",
    )


def _issued(number: str, language: str) -> str:
    """The number of promulgation; in English as the official translations write it.

    >>> _issued("대통령령 제36316호", "en"), _issued("대통령령 제36316호", "ko")
    ('Presidential Decree No. 36316', '대통령령 제36316호')
    """
    known = re.fullmatch(r"(법률|대통령령) 제(\d+)호", number)
    if known is None or language.startswith("ko"):
        return number
    return f"{'Act' if known[1] == '법률' else 'Presidential Decree'} No. {known[2]}"
