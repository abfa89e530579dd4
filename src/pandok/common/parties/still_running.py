"""What still runs for a party: its open cases with their terms, and what other apps say of it."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from pandok.common.models import Party
from pandok.core.dates import day_words
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.clocks import PARTIES, last_day_of
from pandok.fields.counterfeit.law.reading import law_version
from pandok.fields.counterfeit.models import Case, CaseClock
from pandok.fields.counterfeit.states import ENDED, State

OF_OTHER_APPS: list[Callable[[Party], list[Text]]] = []
"""What of other apps runs for a party, a line each."""


def still_running(party: Party) -> list[Text]:
    """A line for each open case that names the party, with the terms of the parties that run in it, and for whatever
    else waits for it. Empty: it can be taken out of use."""
    cases = Case.objects.filter(Q(holder=party) | Q(importer=party) | Q(appraiser=party))
    lines = [_line(case) for case in cases.exclude(state__in=[one.value for one in ENDED]).order_by("number")]
    return lines + [line for say in OF_OTHER_APPS for line in say(party)]


def _line(case: Case) -> Text:
    state = State(case.state).words
    law = law_version(case.law_version)
    ko, en = f"사건 {case.number}({state.ko})", f"case {case.number} ({state.en.lower()})"
    for clock in CaseClock.objects.filter(case=case, stopped_at=None, owner__in=PARTIES).order_by("due_at"):
        title, day = law.clock(clock.rule).title, day_words(last_day_of(clock.due_at))
        ko, en = f"{ko} · {title.ko} {day.ko}까지", f"{en}, {title.en.lower()} by {day.en}"
    return Text(ko=ko, en=en)
