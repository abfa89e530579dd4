"""Every look at a photograph is one event in the audit chain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pandok.common.audit import writing as audit
from pandok.common.audit.viewing import DOCUMENT, SAME_LOOK, record_viewing
from pandok.common.models import AuditEntry
from pandok.fields.counterfeit.lists.viewing_context import context_of
from pandok.fields.counterfeit.models import Notice
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = pytest.mark.django_db
SHA = "a" * 64


@pytest.fixture
def world() -> World:
    return build_world()


def looks() -> list[tuple[str, str, str]]:
    entries = AuditEntry.objects.filter(object=f"picture:{SHA}").order_by("sequence")
    return [(entry.actor, entry.action, entry.details["in"]) for entry in entries]


def test_the_same_look_within_ten_minutes_is_one_event(world: World) -> None:
    look = {"account": world.officer, "sha256": SHA, "obj": "case:1"}
    assert record_viewing(**look, now=NOON)
    assert not record_viewing(**look, now=NOON + SAME_LOOK - timedelta(seconds=1))
    assert record_viewing(**look, now=NOON + SAME_LOOK)
    assert looks() == [("officer", "photograph.viewed", "case:1")] * 2
    assert audit.verify() is None


def test_another_person_context_or_kind_is_another_look(world: World) -> None:
    auditor = world.account(Role.AUDITOR)
    for account, obj, action in [
        (world.officer, "case:1", "photograph.viewed"),
        (world.officer, "case:2", "photograph.viewed"),
        (auditor, "case:1", "photograph.viewed"),
        (auditor, "case:1", DOCUMENT),
    ]:
        assert record_viewing(account=account, sha256=SHA, obj=obj, now=NOON, action=action)
    assert len(looks()) == 4


def test_the_context_is_the_case_that_one_may_see_else_the_reading(world: World) -> None:
    record = world.reading()
    assert context_of(world.officer, SHA) == f"reading:{record.id}"
    case = world.case()
    assert context_of(world.officer, SHA) == f"case:{case.id}"
    holder = world.account(Role.HOLDER, party=world.holder)
    assert context_of(holder, SHA) is None
    case.holder = world.holder
    case.save()
    Notice.objects.create(
        case=case,
        party=world.holder,
        template="t",
        template_version="1",
        language="ko",
        subject="s",
        content={},
        issued_at=NOON,
        delivery_key="k",
    )
    assert context_of(holder, SHA) == f"case:{case.id}"
    assert context_of(world.officer, "c" * 64) is None
