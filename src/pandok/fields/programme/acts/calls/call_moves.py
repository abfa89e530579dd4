"""The one way to change where a call stands, and the hash of what it says."""

from __future__ import annotations

from datetime import UTC
from uuid import UUID

from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.core.canonical import digest
from pandok.fields.programme.call_refusals import refusal
from pandok.fields.programme.call_states import CALLS, CallMover, CallState
from pandok.fields.programme.models import Call, CallEvent

_SAID = ("number", "kind", "title", "body", "eligible", "money_krw", "money_source", "criteria", "tie_years",
         "least_reviewers", "places", "names_shown")  # fmt: skip


_no_way = no_such_way(code="call.no_such_way")


def _facts(call: Call, _row: CallEvent | None) -> dict[str, Detail]:
    return {"number": call.number, "call_kind": call.kind}


CYCLE: Lifecycle[Call, CallState, CallMover] = Lifecycle(
    model=Call,
    table=CALLS,
    name="programme-call",
    action="programme-call",
    no_way=_no_way,
    facts=_facts,
    history=History(CallEvent, "call"),
)


def locked_call(call_id: UUID, *states: CallState) -> Call:
    """Standing in one of `states`. Raises RequestError: call.not_there, call.no_such_way."""
    return CYCLE.locked_in(call_id, states=states, missing=lambda: refusal("not_there"))


def content_of(call: Call) -> str:
    """The sha256 of all that a call says, its problems by their numbers."""
    said = {name: getattr(call, name) for name in _SAID}
    return digest(
        said
        | {
            "problems": sorted(call.problems.values_list("number", flat=True)),
            "opens_at": call.opens_at.astimezone(UTC).isoformat(),
            "closes_at": call.closes_at.astimezone(UTC).isoformat(),
            "money_on": call.money_on.isoformat() if call.money_on else "",
        }
    )
