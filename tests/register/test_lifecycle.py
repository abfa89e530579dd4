from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from pandok.core.audit import AuditEvent
from pandok.register import audit, lifecycle, queries
from pandok.register.models import AuditEntry, Design, StatusChange, View

EVENT = AuditEvent("operator-1", "register.expire", "register", "daily", datetime(2030, 2, 1, tzinfo=UTC))


def filled(register: Any) -> None:
    register.picture("a.png")
    header = "design_id,status,expires_on,path"
    register.write(["D1,등록,2030-01-31,a.png", "D2,등록,,a.png", "D3,소멸,2029-01-31,a.png"], header=header)
    register.run()


def test_rights_expire_on_the_day_after_their_last(register: Any) -> None:
    filled(register)
    last = queries.last_change_id()
    assert lifecycle.expire_rights(on=date(2030, 1, 31), event=EVENT) == 0
    assert lifecycle.expire_rights(on=date(2030, 2, 1), event=EVENT, batch=1) == 1
    assert lifecycle.expire_rights(on=date(2030, 2, 1), event=EVENT) == 0
    assert dict(Design.objects.values_list("design_id", "status")) == {
        "D1": "expired",
        "D2": "in force",
        "D3": "lapsed",
    }
    change = StatusChange.objects.get(new="expired")
    assert (change.old, change.effective_on) == ("in force", date(2030, 1, 31))
    assert [(step.kind, step.row.in_force) for step in queries.changed_since(last) if step.row] == [("filter", False)]
    assert AuditEntry.objects.filter(action="register.expire").count() == 1
    assert audit.verify() is None


def test_a_withdrawn_view_leaves_search_and_stays_on_record(register: Any) -> None:
    filled(register)
    view = View.objects.first()
    assert view is not None
    assert lifecycle.withdraw_view(view.view_key, event=EVENT)
    assert not lifecycle.withdraw_view(view.view_key, event=EVENT)
    assert queries.views_by_key([view.view_key]) == {}
    assert View.objects.filter(view_key=view.view_key).exists()
    assert AuditEntry.objects.filter(action="register.expire").count() == 1
