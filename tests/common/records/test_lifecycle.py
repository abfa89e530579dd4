"""Records that stand in a state are changed in one place, and what happens to them is told whole or not at all."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from pandok.common.models import Account, AuditEntry
from pandok.common.records.lifecycle import Overtaken
from pandok.core.errors import RequestError
from pandok.fields.lab.acts.exports.export_moves import EXPORTS
from pandok.fields.lab.models import ExportEvent, ExportRequest
from pandok.fields.lab.states.export_states import ExportMover, ExportState

SOURCE = Path(__file__).resolve().parents[3] / "src" / "pandok"
NOON = datetime(2026, 7, 1, 3, tzinfo=UTC)
OF_THEIR_OWN = {
    "common/jobs/queue.py",  # a job: taken by a lease, no person acts
    "common/messages/sending.py",  # a message: at most once, over two transactions
    "fields/register/acts/importing.py",  # an import tells of itself when it ends
    "fields/programme/acts/agreements/signing.py",  # a version: its signatures tell of it, and its agreement's history
    "fields/lab/acts/runs/run_ends.py",  # an exception that carries a state
}


def sets_a_state(path: Path) -> bool:
    def is_state(node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store)

    return any(is_state(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def test_no_state_is_set_by_hand() -> None:
    found = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if sets_a_state(path)}
    assert found <= OF_THEIR_OWN, "change it by its Lifecycle (pandok.common.records.lifecycle)"


def test_no_row_of_history_is_added_by_hand() -> None:
    events = ("CaseEvent", "RunEvent", "TrialEvent", "ExportEvent")
    found = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if any(f"{one}.objects.create" in path.read_text(encoding="utf-8") for one in events)
    ]
    assert found == []


@pytest.fixture
def request_(db: Any) -> ExportRequest:  # noqa: ARG001
    author = Account.objects.create(username="author")
    return ExportRequest.objects.create(
        number="2026-X-000001", title="t", author=author, state=ExportState.PENDING, state_since=NOON, made_at=NOON
    )


def move(request: ExportRequest, to: ExportState, by: ExportMover = ExportMover.AUTHOR) -> Any:
    return EXPORTS.move(request, to, by=by, actor=request.author, reason="because", now=NOON)


def test_a_move_leaves_state_history_and_audit_entry(request_: ExportRequest) -> None:
    with transaction.atomic():
        row = move(EXPORTS.locked(request_.pk), ExportState.SUBMITTED)
    request_.refresh_from_db()
    assert request_.stands is ExportState.SUBMITTED
    assert (row.from_state, row.to_state, row.reason) == ("pending", "submitted", "because")
    entry = AuditEntry.objects.order_by("-sequence")[0]
    assert (entry.actor, entry.action, entry.object) == ("author", "export.submitted", f"export:{request_.pk}")


def test_who_may_not_lead_it_there_leaves_nothing(request_: ExportRequest) -> None:
    for to, by in ((ExportState.SUBMITTED, ExportMover.CHECKER), (ExportState.RELEASED, ExportMover.AUTHOR)):
        with transaction.atomic(), pytest.raises(RequestError) as refused:
            move(EXPORTS.locked(request_.pk), to, by)
        assert refused.value.error_code == "export.state"
    assert (ExportEvent.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_a_fenced_move_of_what_has_changed_since_leaves_nothing(request_: ExportRequest) -> None:
    stale = ExportRequest.objects.get(pk=request_.pk)
    with transaction.atomic():
        move(EXPORTS.locked(request_.pk), ExportState.SUBMITTED)
    before = AuditEntry.objects.count()
    with pytest.raises(Overtaken):
        EXPORTS.move_fenced(
            stale, ExportState.WITHDRAWN, fence={}, by=ExportMover.AUTHOR, actor=None, reason="late", now=NOON
        )
    assert (ExportEvent.objects.count(), AuditEntry.objects.count()) == (1, before)


@pytest.mark.django_db(transaction=True)
def test_a_move_outside_of_a_transaction_is_a_fault(request_: ExportRequest) -> None:
    with pytest.raises(AssertionError):
        move(request_, ExportState.SUBMITTED)
