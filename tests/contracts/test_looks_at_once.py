"""A page asks for the preview and the planes of a scan at one moment: that is one look. On both databases."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from pandok.common.audit import viewing
from pandok.common.audit import writing as audit
from pandok.common.audit.viewing import record_viewing
from pandok.common.models import Account, AuditEntry
from tests.contracts.test_numbers_at_once import ASKED, at_once, db, prepared  # noqa: F401
from tests.fields.designs.fakes import NOON

SHA = "a" * 64


@pytest.mark.usefixtures("db")
def test_the_same_look_at_one_moment_is_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = [Account.objects.create_user(name) for name in ("one", "two")]
    about_to_write = threading.Barrier(ASKED)

    def after_all_have_asked(*said: Any) -> AuditEntry:
        """Whoever writes waits for all others to have asked, which they do only where nobody keeps them from it."""
        with suppress(threading.BrokenBarrierError):
            about_to_write.wait(timeout=2)
        return audit.tell(*said)

    monkeypatch.setattr(viewing, "tell", after_all_have_asked)
    # Whose clock was read last may be the first to write.
    asked = [(one, NOON + timedelta(milliseconds=number)) for number, one in enumerate(readers * (ASKED // 2))]
    kept = at_once(
        [
            lambda one=one, now=now: record_viewing(account=one, sha256=SHA, obj="inspection:1", now=now)
            for one, now in asked
        ]
    )
    assert Counter(kept) == {True: 2, False: ASKED - 2}
    entries = AuditEntry.objects.filter(object=f"picture:{SHA}").order_by("sequence").values_list("actor", flat=True)
    assert Counter(entries) == {"one": 1, "two": 1}
