"""Rows of history cannot be changed: not through the ORM, not by raw SQL; the chain shows what is removed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.core.audit import AuditEvent
from pandok.core.errors import StoreError
from pandok.fields.register.models import ClassChange, RegisterChange, StatusChange

AT = datetime(2025, 6, 1, tzinfo=UTC)
MODELS = [AuditEntry, StatusChange, ClassChange, RegisterChange]


@pytest.fixture
def filled(register: Any) -> None:
    register.picture("a.png")
    register.write(["D1,H,Cup,07-01,등록,front,a.png"])
    register.run()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("model", MODELS)
def test_the_orm_refuses(model: Any) -> None:
    row = model.objects.first()
    for attempt in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(pk=99),
        lambda: model.objects.bulk_update([row], ["pk"]),
    ):
        with pytest.raises(StoreError) as refused:
            attempt()
        assert refused.value.error_code == "store.append_only"
    assert model.objects.count() == 1


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("model", MODELS)
def test_the_database_refuses(model: Any) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {key} = {key} + 1")


@pytest.mark.usefixtures("db")
def test_stored_chain_holds_and_shows_a_removed_entry() -> None:
    for number in range(5):
        event = AuditEvent("operator-1", "try", f"thing:{number}", "까닭", AT, {"number": number, "none": None})
        audit.record(event)
    assert [link.sequence for link in audit.links()] == [1, 2, 3, 4, 5]
    assert audit.verify() is None
    head = AuditEntry.objects.get(sequence=5).hash
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_auditentry WHERE sequence = 5")
    assert audit.verify() is None
    assert audit.verify(head=head) is not None, "a cut end shows against a head kept elsewhere"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_auditentry WHERE sequence = 2")
    broken = audit.verify()
    assert broken is not None
    assert broken.sequence == 2


@pytest.mark.usefixtures("db")
def test_an_event_is_undone_with_its_change() -> None:
    def change() -> None:
        with transaction.atomic():
            audit.record(AuditEvent("a", "b", "c", "", AT))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert AuditEntry.objects.count() == 0
