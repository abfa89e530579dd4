"""One line of a work list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pandok.core.terms.business_days import business_days_left
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.acts.cases.clocks import last_day_of
from pandok.fields.counterfeit.law.holidays import office_days
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.counterfeit.web.shown.case_page import NEAR_DAYS
from pandok.fields.designs.web.shown.reading_page import Badge


@dataclass(frozen=True)
class CaseRow:
    id: UUID
    number: str
    title: str
    """What the goods are: the registered article that was chosen, else the declared item."""
    holder: str
    state: str
    turn: str
    due: Badge | None
    last_day: date | None
    opened_at: datetime
    officer: str
    site: str
    picture: str


def case_row(case: Case, now: datetime, language: str) -> CaseRow:
    photographs = list(case.signal.photographs.all())
    return CaseRow(
        id=case.id,
        number=case.number,
        title=case.item_name or (case.design.article if case.design else ""),
        holder=case.holder.name if case.holder else "",
        state=State(case.state).words.in_language(language),
        turn=Turn(case.turn).words.in_language(language),
        due=_due(case, now, language),
        last_day=last_day_of(case.due_at) if case.due_at else None,
        opened_at=case.opened_at,
        officer=case.officer.shown_name,
        site=case.site.code if case.site else "",
        picture=photographs[0].sha256 if photographs else "",
    )


def _due(case: Case, now: datetime, language: str) -> Badge | None:
    if State(case.state).means.late:
        return Badge("bad", State(case.state).words.in_language(language))
    if case.due_at is None:
        return None
    law = law_version(case.law_version)
    days = business_days_left(now, case.due_at, office_days(law), OFFICE_ZONE)
    if now >= case.due_at:
        return Badge("bad", Text(ko="기한 지남", en="Over").in_language(language))
    if days == 0:
        return Badge("unsure", Text(ko="오늘까지", en="Ends today").in_language(language))
    tone = "unsure" if days <= NEAR_DAYS else "good"
    words = Text(ko=f"{days}영업일 남음", en=f"{counted(days, 'business day')} left")
    return Badge(tone, words.in_language(language))
