"""The cases of a party: what runs in them, and whether one names it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pandok.common.models import Party
from pandok.core.dates import day_words
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.clocks import PARTIES, last_day_of
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, CaseClock
from pandok.fields.counterfeit.states import ENDED, State


def open_cases_of(party: Party) -> list[Text]:
    """A line for each open case that names the party, with the terms of the parties that run in it."""
    return [_line(case) for case in _cases(party).exclude(state__in=[one.value for one in ENDED]).order_by("number")]


def named_in_a_case(party: Party) -> bool:
    return _cases(party).exists()


def _cases(party: Party) -> QuerySet[Case]:
    return Case.objects.filter(Q(holder=party) | Q(importer=party) | Q(appraiser=party))


def _line(case: Case) -> Text:
    state = State(case.state).words
    law = law_version(case.law_version)
    ko, en = f"사건 {case.number}({state.ko})", f"case {case.number} ({state.en.lower()})"
    for clock in CaseClock.objects.filter(case=case, stopped_at=None, owner__in=PARTIES).order_by("due_at"):
        title, day = law.clock(clock.rule).title, day_words(last_day_of(clock.due_at))
        ko, en = f"{ko} · {title.ko} {day.ko}까지", f"{en}, {title.en.lower()} by {day.en}"
    return Text(ko=ko, en=en)
