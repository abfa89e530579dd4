"""The one way to change a case: pandok.common.records.lifecycle, with its clocks and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pandok.common.models import Account
from pandok.common.reasons import given_words
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases import clocks, terms
from pandok.fields.counterfeit.acts.cases.offered_reasons import check_can_be_true
from pandok.fields.counterfeit.models import Case, CaseEvent
from pandok.fields.counterfeit.states import TABLE, TURN_OF, State, Turn

_OUTSIDE = frozenset({Turn.HOLDER, Turn.IMPORTER, Turn.APPRAISER})
"""What these send makes it the officer's turn."""

AFTER_EVENT: list[Callable[[Case, CaseEvent], None]] = []
"""Who is told of every new event, in its transaction: what they raise undoes the change."""


def locked(case_id: UUID) -> Case:
    """The case, locked until the end of the transaction."""
    return CASES.locked(case_id)


def move(
    case: Case,
    to: State,
    *,
    by: Turn,
    actor: Account | None,
    reason: str,
    now: datetime,
    kind: str = "",
    data: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> CaseEvent:
    """Move a case to another state, inside the caller's transaction.

    `case` was locked by `locked`; `changes` are further fields set with the state. Terms that are over end first, with
    events of their own. Raises RequestError where the table has no such way for `by`, the reason is empty, or an
    officer would end a party's running term.
    """
    if by is Turn.OFFICER:
        clocks.expire_of(case, now)
    CASES.must_go(case, to, by)
    reason = given_words(reason)
    if by is Turn.OFFICER:
        check_can_be_true(case, reason)
        terms.keep_terms(case, to, now, changes or {})
    kind, told = kind or to.value, dict(data or {})

    def follow(start: State) -> None:
        if start is not to and (ended := clocks.follow_state(case, start, to, by, now)):
            told["ended"] = ", ".join(f"{clock.rule} {clock.stopped_by}" for clock in ended)
        _looked_at(case, by, now)
        if by in _OUTSIDE:
            clocks.follow_event(case, kind, now)
        if to is State.CLOSED:
            case.closed_at = now
        case.due_at = clocks.next_due(case)

    changes = {**(changes or {}), "turn": TURN_OF[to].value}
    row = _row(kind, by, told)
    event: CaseEvent = CASES.move(
        case, to, by=by, actor=actor, reason=reason, now=now, changes=changes, then=follow, **row
    )
    return event


def begin(case: Case, *, actor: Account, now: datetime, data: Mapping[str, Any]) -> CaseEvent:
    """The first event of a case that was just made, before any way of the table is taken."""
    event: CaseEvent = CASES.begin(case, actor=actor, reason="", now=now, **_row("opened", Turn.OFFICER, dict(data)))
    return event


def note(
    case: Case,
    kind: str,
    *,
    by: Turn,
    actor: Account | None,
    reason: str,
    now: datetime,
    data: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> CaseEvent:
    """Add something to the history that does not change the state (a paper, an answer, a name of a party).

    What a party sends makes it the officer's turn and starts the clocks of that event.
    """
    if by is Turn.OFFICER:
        check_can_be_true(case, reason)
    for name, value in (changes or {}).items():
        setattr(case, name, value)
    if by in _OUTSIDE:
        case.turn = Turn.OFFICER.value
        clocks.follow_event(case, kind, now)
        case.due_at = clocks.next_due(case)
    if changes or by in _OUTSIDE:
        case.save()
    row = _row(kind, by, dict(data or {}))
    event: CaseEvent = CASES.happened(case, actor=actor, reason=reason.strip(), now=now, **row)
    return event


def _looked_at(case: Case, by: Turn, now: datetime) -> None:
    """A step of the officer answers what parties sent before it."""
    if by is Turn.OFFICER:
        for clock in clocks.running(case, clocks.LOOK_CLOCK):
            clocks.stop(clock, clocks.MET, now)


def _row(kind: str, by: Turn, data: dict[str, Any]) -> dict[str, Any]:
    return {"action": f"case.{kind}", "columns": {"by": by.value, "kind": kind, "data": data}}


def _facts(case: Case, event: CaseEvent) -> dict[str, Detail]:
    told: dict[str, Detail] = {key: one for key, one in event.data.items() if isinstance(one, (str, int, bool))}
    return told | {"number": case.number, "from": event.from_state, "to": event.to_state, "by": event.by}


def _no_such_way(case: Case, start: State, to: State) -> RequestError:
    return RequestError(
        Text(
            ko=f"사건 {case.number}은(는) 지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"Case {case.number} is '{start.words.en}' and cannot become '{to.words.en}' by you now.",
        ),
        Text(
            ko="화면을 새로 고쳐 지금 누가 처리할 순서인지 확인하십시오.",
            en="Reload the page and see whose turn it is.",
        ),
        code="case.no_such_way",
        state=start.value,
        wanted=to.value,
    )


CASES = Lifecycle(
    model=Case,
    table=TABLE,
    name="case",
    action="case",
    no_way=_no_such_way,
    facts=_facts,
    history=History(CaseEvent, "case"),
    listeners=AFTER_EVENT,
)
