"""The account of an agency's system: no person signs in to it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account, Invitation
from pandok.common.people.accounts import ensure_role_groups
from pandok.common.people.invitations import invite
from pandok.common.people.system_accounts import make_system_account
from pandok.core.errors import RequestError
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = pytest.mark.django_db


def test_no_password_can_be_set_for_it() -> None:
    ensure_role_groups()
    manager = Account.objects.create_user("manager")
    manager.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.value))
    system = make_system_account(
        username="mail-centre",
        title="우편물 통관 시스템",
        roles=frozenset({Role.OFFICER}),
        actor=manager,
        reason="우편물 통관 시스템 연계",
        now=NOON,
    )
    with pytest.raises(RequestError) as caught:
        invite(account=system.account, actor=manager, reason="암호를 달라고 함", now=NOON)
    assert caught.value.error_code == "request.system_account"
    assert not Invitation.objects.filter(account=system.account, closed_at=None).exists()
    assert not system.account.has_usable_password()
