from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from pandok.common.models import AuditEntry
from pandok.core.audit import AuditEvent
from pandok.fields.register.acts import view_changes as lifecycle
from pandok.fields.register.lists import queries
from pandok.fields.register.models import View

EVENT = AuditEvent("operator-1", "register.withdraw", "register", "taken back", datetime(2030, 2, 1, tzinfo=UTC))


def filled(register: Any) -> None:
    register.picture("a.png")
    header = "design_id,status,expires_on,path"
    register.write(["D1,등록,2030-01-31,a.png", "D2,등록,,a.png", "D3,소멸,2029-01-31,a.png"], header=header)
    register.run()


def test_a_withdrawn_view_leaves_search_and_stays_on_record(register: Any) -> None:
    filled(register)
    view = View.objects.first()
    assert view is not None
    assert lifecycle.withdraw_view(view.view_key, event=EVENT)
    assert not lifecycle.withdraw_view(view.view_key, event=EVENT)
    assert queries.views_by_key([view.view_key], date(2025, 6, 1)) == {}
    assert View.objects.filter(view_key=view.view_key).exists()
    assert AuditEntry.objects.filter(action="register.withdraw").count() == 1
