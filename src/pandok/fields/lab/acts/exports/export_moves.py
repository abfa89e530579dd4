"""How a request for an export changes, and the hash of its files that votes are about."""

from __future__ import annotations

from datetime import datetime

from pandok.common.models import Account
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.numbering import next_of_year
from pandok.common.roles import AnyAction
from pandok.core.audit import Detail
from pandok.core.canonical import digest
from pandok.core.errors import RequestError
from pandok.fields.lab.acts.exports.refusals import refused
from pandok.fields.lab.models import ExportEvent, ExportRequest
from pandok.fields.lab.states.export_states import TABLE, ExportState


def must(actor: Account, action: AnyAction) -> None:
    if not actor.may(action):
        raise refused("role")


def sums_of(request: ExportRequest, *, round: int = 0) -> str:
    """The hash of names and contents of all files, as submitted for the `round`th time: what votes are about."""
    round = round or request.events.filter(to_state=ExportState.SUBMITTED.value).count()
    return digest([round, [[one.name, one.sha256, one.size_bytes] for one in request.files.order_by("name")]])


def next_number(now: datetime) -> str:
    return next_of_year("X", width=6, given=ExportRequest.objects.all(), now=now)


def _no_way(_request: ExportRequest, _old: ExportState, _new: ExportState) -> RequestError:
    return refused("state")


def _facts(request: ExportRequest, _event: ExportEvent | None) -> dict[str, Detail]:
    return {"number": request.number, "sums": request.sums}


EXPORTS = Lifecycle(
    model=ExportRequest,
    table=TABLE,
    name="export",
    action="export",
    no_way=_no_way,
    facts=_facts,
    history=History(ExportEvent, "request"),
)
