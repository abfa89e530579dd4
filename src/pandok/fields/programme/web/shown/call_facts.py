"""A call in words: its facts in the order in which a reader asks, and what happened to it."""

from __future__ import annotations

from typing import Any

from pandok.core.dates import day_short, moment_words
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.call_kinds import TEMPLATES, CallKind
from pandok.fields.programme.call_states import CallState
from pandok.fields.programme.call_text import LABELS, NamesShown
from pandok.fields.programme.models import Call, CallEvent

WHAT: dict[str, Text] = {
    "redrafted": Text(ko="초안 수정", en="Draft changed"),
    "scores_due": Text(ko="평가 기한 늘림", en="More time for scores"),
}
"""What happened to a call where its state stayed."""
_NO_MONEY = Text(ko="지원금 없음", en="no money")
_OUTCOME = Text(ko="선정되면", en="What follows a selection")


def call_facts(call: Call) -> list[tuple[Text, Text]]:
    template = TEMPLATES[CallKind(call.kind)]
    return [
        (LABELS["kind"], template.words),
        (LABELS["opens_at"], moment_words(call.opens_at, OFFICE_ZONE)),
        (LABELS["closes_at"], moment_words(call.closes_at, OFFICE_ZONE)),
        (LABELS["eligible"], _same(call.eligible)),
        (LABELS["money_krw"], _money(call)),
        (LABELS["places"], _same(str(call.places))),
        (_OUTCOME, template.outcome.words),
        (LABELS["names_shown"], NamesShown(call.names_shown).words),
        (LABELS["tie_years"], _same(str(call.tie_years))),
        (LABELS["least_reviewers"], _same(str(call.least_reviewers))),
    ]


def questions_of(call: Call) -> list[Text]:
    return [one.words for one in TEMPLATES[CallKind(call.kind)].questions]


def call_events(call: Call) -> list[tuple[CallEvent, Text]]:
    """The newest first."""
    events = call.events.select_related("actor").order_by("-sequence")
    return [(one, WHAT.get(one.what, CallState(one.to_state).words)) for one in events]


def cancelled_because(call: Call) -> str:
    """The public reason of a call that was cancelled after it was published; else empty."""
    if call.state != CallState.CANCELLED.value or call.published_at is None:
        return ""
    last = call.events.filter(to_state=CallState.CANCELLED.value).order_by("-sequence").first()
    return last.reason if last else ""


def criteria_shown(call: Call) -> list[dict[str, Any]]:
    return list(call.criteria)


def _money(call: Call) -> Text:
    if call.money_krw is None or call.money_on is None:
        return _NO_MONEY
    day = day_short(call.money_on, weekday=False)
    return Text(
        ko=f"{call.money_krw:,}원 ({day.ko}, {call.money_source})",
        en=f"KRW {call.money_krw:,} ({day.en}, {call.money_source})",
    )


def _same(words: str) -> Text:
    return Text(ko=words, en=words)
