"""The one way to change a case: locked, along the table, with an event, an audit entry and its clocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.audit import AuditEvent, Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases import clocks
from pandok.fields.counterfeit.acts.cases.offered_reasons import check_can_be_true
from pandok.fields.counterfeit.law import terms
from pandok.fields.counterfeit.models import Case, CaseEvent
from pandok.fields.counterfeit.states import TURN_OF, State, Turn, allowed

SYSTEM_NAME = "system"
_OUTSIDE = frozenset({Turn.HOLDER, Turn.IMPORTER, Turn.APPRAISER})
"""What these send makes it the officer's turn."""

AFTER_EVENT: list[Callable[[Case, CaseEvent], None]] = []
"""Who is told of every new event, in its transaction: what they raise undoes the change."""


def locked(case_id: UUID) -> Case:
    """The case, locked until the end of the transaction; SQLite has locked the whole database already."""
    return Case.objects.select_for_update(of=("self",), no_key=True).get(id=case_id)


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
    """Lead a case to another state, inside the caller's transaction.

    `case` was locked by `locked`; `changes` are further fields set with the state. Terms that are over end first, with
    events of their own. Raises RequestError where the table has no such way for `by`, the reason is empty, or an
    officer would end a party's running term.
    """
    if by is Turn.OFFICER:
        clocks.expire_of(case, now)
    start = State(case.state)
    if not allowed(start, to, by):
        raise _no_such_way(case, start, to)
    if not reason.strip():
        raise no_reason()
    if by is Turn.OFFICER:
        check_can_be_true(case, reason)
        terms.keep_terms(case, to, now, changes or {})
    for name, value in (changes or {}).items():
        setattr(case, name, value)
    case.state, case.turn = to.value, TURN_OF[to].value
    data = dict(data or {})
    if start is not to:
        case.state_since = now
        if ended := clocks.follow_state(case, start, to, by, now):
            data["ended"] = ", ".join(f"{clock.rule} {clock.stopped_by}" for clock in ended)
    _looked_at(case, by, now)
    if by in _OUTSIDE:
        clocks.follow_event(case, kind or to.value, now)
    if to is State.CLOSED:
        case.closed_at = now
    case.due_at = clocks.next_due(case)
    case.save()
    return _event(case, kind or to.value, start.value, to.value, by, actor, reason, now, data)


def begin(case: Case, *, actor: Account, now: datetime, data: Mapping[str, Any]) -> CaseEvent:
    """The first event of a case that was just made, before any way of the table is taken."""
    return _event(case, "opened", "", case.state, Turn.OFFICER, actor, "", now, data)


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
    return _event(case, kind, case.state, case.state, by, actor, reason, now, data or {})


def _looked_at(case: Case, by: Turn, now: datetime) -> None:
    """A step of the officer answers what parties sent before it."""
    if by is Turn.OFFICER:
        for clock in clocks.running(case, clocks.LOOK_CLOCK):
            clocks.stop(clock, clocks.MET, now)


def _event(
    case: Case,
    kind: str,
    start: str,
    end: str,
    by: Turn,
    actor: Account | None,
    reason: str,
    now: datetime,
    data: Mapping[str, Any],
) -> CaseEvent:
    assert transaction.get_connection().in_atomic_block
    last = CaseEvent.objects.filter(case=case).order_by("-sequence").values_list("sequence", flat=True).first()
    event = CaseEvent.objects.create(
        case=case,
        sequence=(last or 0) + 1,
        at=now,
        actor=actor,
        by=by.value,
        kind=kind,
        from_state=start,
        to_state=end,
        reason=reason.strip(),
        data=dict(data),
    )
    details: dict[str, Detail] = {"number": case.number, "from": start, "to": end, "by": by.value}
    details |= {key: value for key, value in data.items() if isinstance(value, (str, int, bool)) and key not in details}
    audit.record(
        AuditEvent(
            actor=actor.get_username() if actor else SYSTEM_NAME,
            action=f"case.{kind}",
            object=f"case:{case.id}",
            reason=reason.strip(),
            at=now,
            details=details,
        )
    )
    for listener in AFTER_EVENT:
        listener(case, event)
    return event


def no_reason() -> RequestError:
    return RequestError(
        Text(ko="사유가 비어 있습니다.", en="The reason is empty."),
        Text(ko="한 문장으로 사유를 적으십시오.", en="Give the reason in one sentence."),
        code="case.no_reason",
    )


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
