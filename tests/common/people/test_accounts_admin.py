"""Accounts by the administrator: invited, given roles, suspended, reactivated; never oneself; always with a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry, Invitation, OpenIdLink, PersonSession
from pandok.common.people import accounts_admin, invitations
from pandok.common.people.sessions import begin_session
from pandok.core.errors import RequestError
from tests.roles import Role

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
WHY = "asked for by the head"
PASSWORD = "a long enough one 5"
pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> Account:
    account = Account.objects.create_user("root")
    account.groups.set(Group.objects.filter(name="administrator"))
    return account


@pytest.fixture
def told(root: Account) -> dict[str, Any]:
    return {"actor": root, "reason": WHY, "now": NOON}


def create(told: dict[str, Any], name: str = "kim", *roles: Role) -> tuple[Account, str]:
    return accounts_admin.create_account(username=name, roles=frozenset(roles or {Role.OFFICER}), **told)


def test_an_invited_person_sets_the_password_once(told: dict[str, Any]) -> None:
    account, token = create(told)
    assert not account.has_usable_password()
    assert token not in Invitation.objects.get().token_sha256
    invitations.accept_invitation(token=token, password=PASSWORD, now=NOON)
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    with pytest.raises(RequestError):
        invitations.accept_invitation(token=token, password=PASSWORD, now=NOON)
    actions = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions == ["account.created", "account.invited", "account.password_set"]
    assert audit.verify() is None
    assert token not in " ".join(str(link.event) for link in audit.links())


def test_a_weak_password_leaves_the_link_open(told: dict[str, Any]) -> None:
    _, token = create(told)
    with pytest.raises(ValidationError):
        invitations.accept_invitation(token=token, password="password", now=NOON)
    assert invitations.open_invitation(token, NOON)


def test_a_link_ends_after_72_hours_with_a_newer_one_and_with_suspension(told: dict[str, Any]) -> None:
    account, first = create(told)
    assert invitations.open_invitation(first, NOON + timedelta(hours=71, minutes=59))
    assert not invitations.open_invitation(first, NOON + timedelta(hours=72))
    second = invitations.invite(account=account, **told)
    assert not invitations.open_invitation(first, NOON)
    accounts_admin.suspend(account=account, **told)
    assert not invitations.open_invitation(second, NOON)
    account.refresh_from_db()
    with pytest.raises(RequestError):
        invitations.invite(account=account, **told)


@pytest.mark.parametrize("name", ["", "  ", "a b", "kim;drop", "<b>", "k" * 151, "kim\n"])
def test_names_that_cannot_be_used_are_refused(told: dict[str, Any], name: str) -> None:
    if name == "kim\n":
        create(told, name)
        assert Account.objects.filter(username="kim").exists()
        return
    with pytest.raises(RequestError):
        create(told, name)


def test_a_name_is_taken_in_any_spelling(told: dict[str, Any]) -> None:
    create(told, "Kim")
    with pytest.raises(RequestError) as refused:
        create(told, "kIM")
    assert refused.value.error_code == "request.username_taken"


def test_roles_change_with_before_and_after_and_end_the_sessions(told: dict[str, Any]) -> None:
    account, _ = create(told)
    begin_session(account=account, session_key="k" * 32, user_agent="", method="password", now=NOON)
    accounts_admin.change_roles(account=account, roles=frozenset({Role.SUPERVISOR, Role.AUDITOR}), **told)
    assert Account.objects.get(username="kim").roles == {Role.SUPERVISOR, Role.AUDITOR}
    entry = AuditEntry.objects.get(action="account.roles")
    assert entry.details == {"before": "officer", "after": "auditor supervisor"}
    assert PersonSession.objects.get().ended_at == NOON
    accounts_admin.change_roles(account=account, roles=frozenset({Role.SUPERVISOR, Role.AUDITOR}), **told)
    assert AuditEntry.objects.filter(action="account.roles").count() == 1


def test_an_administrator_does_neither_lose_the_own_role_nor_suspend_oneself(
    root: Account, told: dict[str, Any]
) -> None:
    for change in (
        lambda: accounts_admin.change_roles(account=root, roles=frozenset({Role.OFFICER}), **told),
        lambda: accounts_admin.suspend(account=root, **told),
    ):
        with pytest.raises(RequestError) as refused:
            change()
        assert refused.value.error_code == "request.not_oneself"
    root.refresh_from_db()
    assert root.is_active
    assert Role.ADMINISTRATOR in root.roles
    both = frozenset({Role.OFFICER, Role.ADMINISTRATOR})
    accounts_admin.change_roles(account=root, roles=both, **told)
    assert Account.objects.get(username="root").roles == both


def test_suspending_closes_and_reactivating_opens(told: dict[str, Any]) -> None:
    account, _ = create(told)
    begin_session(account=account, session_key="k" * 32, user_agent="", method="password", now=NOON)
    accounts_admin.suspend(account=account, **told)
    accounts_admin.suspend(account=account, **told)
    assert not Account.objects.get(username="kim").is_active
    assert PersonSession.objects.get().ended_at == NOON
    accounts_admin.reactivate(account=account, **told)
    assert Account.objects.get(username="kim").is_active
    changes = AuditEntry.objects.filter(action__in=["account.suspended", "account.reactivated"])
    assert [entry.action for entry in changes.order_by("sequence")] == ["account.suspended", "account.reactivated"]


def test_every_change_needs_a_reason(root: Account) -> None:
    account = Account.objects.create_user("kim")
    told: dict[str, Any] = {"account": account, "actor": root, "reason": " \n ", "now": NOON}
    for change in (
        lambda: create({"actor": root, "reason": "", "now": NOON}, "lee"),
        lambda: accounts_admin.change_roles(roles=frozenset({Role.OFFICER}), **told),
        lambda: accounts_admin.suspend(**told),
        lambda: accounts_admin.reactivate(**told),
        lambda: invitations.invite(**told),
    ):
        with pytest.raises(RequestError) as refused:
            change()
        assert refused.value.error_code == "request.reason"
    assert not AuditEntry.objects.exists()


def test_accounts_of_the_organisation_get_roles_and_passwords_there(told: dict[str, Any]) -> None:
    account, _ = create(told)
    OpenIdLink.objects.create(account=account, issuer="https://id.example", subject="s", linked_at=NOON)
    for change in (
        lambda: accounts_admin.change_roles(account=account, roles=frozenset({Role.AUDITOR}), **told),
        lambda: invitations.invite(account=account, **told),
    ):
        with pytest.raises(RequestError) as refused:
            change()
        assert refused.value.error_code == "request.openid_account"


def test_accounts_are_found_by_name_role_and_state(told: dict[str, Any]) -> None:
    create(told, "kim-1", Role.OFFICER)
    create(told, "kim-2", Role.AUDITOR)
    closed, _ = create(told, "lee", Role.OFFICER)
    accounts_admin.suspend(account=closed, **told)

    def names(**asked: Any) -> list[str]:
        return [account.username for account in accounts_admin.find_accounts(**asked)]

    assert names(text="KIM") == ["kim-1", "kim-2"]
    assert names(role=Role.OFFICER) == ["kim-1", "lee"]
    assert names(active=False) == ["lee"]
    assert names(text="kim", role=Role.AUDITOR, active=True) == ["kim-2"]
    assert names(text="%") == []
