"""The second step: set up with a proof, each code once, recovery codes once, reset with a reason."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry, PersonSession, RecoveryCode, SecondStep
from pandok.common.people import two_step
from pandok.common.people.sessions import begin_session
from pandok.core.errors import RequestError
from pandok.core.two_step import code_of, step_at
from tests.roles import Role

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def person(name: str, *roles: Role) -> Account:
    account = Account.objects.create_user(name, password="open sesame 27")
    account.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    return account


@pytest.fixture
def officer() -> Account:
    return person("kim", Role.OFFICER)


def set_up(account: Account, at: datetime = NOON) -> tuple[str, list[str]]:
    sealed = two_step.new_sealed_secret()
    secret = two_step.opened_secret(sealed)
    codes = two_step.set_up_second_step(
        account=account, sealed_secret=sealed, code=code_of(secret, step_at(at)), now=at
    )
    return secret, codes


def test_staff_is_asked_and_others_only_where_they_chose_it(officer: Account) -> None:
    holder = person("holder", Role.HOLDER)
    assert two_step.asks_second_step(officer, "staff")
    assert not two_step.asks_second_step(officer, "off")
    assert not two_step.asks_second_step(holder, "staff")
    set_up(holder)
    assert two_step.asks_second_step(holder, "staff")


def test_a_wrong_first_code_puts_nothing_in_force(officer: Account) -> None:
    sealed = two_step.new_sealed_secret()
    with pytest.raises(RequestError):
        two_step.set_up_second_step(account=officer, sealed_secret=sealed, code="000000x", now=NOON)
    assert not two_step.has_second_step(officer)
    assert not AuditEntry.objects.exists()


def test_a_code_counts_once_and_so_does_the_one_of_setting_up(officer: Account) -> None:
    secret, _ = set_up(officer)
    assert two_step.accept_code(account=officer, typed=code_of(secret, step_at(NOON)), now=NOON) is None
    later = NOON + timedelta(minutes=5)
    code = code_of(secret, step_at(later))
    assert two_step.accept_code(account=officer, typed=code, now=later) == "app"
    assert two_step.accept_code(account=officer, typed=code, now=later + timedelta(seconds=5)) is None
    earlier = code_of(secret, step_at(later) - 1)
    assert two_step.accept_code(account=officer, typed=earlier, now=later) is None


def test_ten_recovery_codes_each_count_once(officer: Account) -> None:
    _, codes = set_up(officer)
    assert len(set(codes)) == 10
    for left, code in zip(range(9, -1, -1), codes, strict=True):
        assert two_step.accept_code(account=officer, typed=code.lower(), now=NOON) == "recovery"
        assert two_step.accept_code(account=officer, typed=code, now=NOON) is None
        assert two_step.recovery_codes_left(officer) == left


def test_recovery_codes_of_somebody_else_and_earlier_ones_do_not_count(officer: Account) -> None:
    _, codes = set_up(officer)
    other = person("lee", Role.OFFICER)
    set_up(other)
    assert two_step.accept_code(account=other, typed=codes[0], now=NOON) is None
    two_step.new_recovery_codes(account=officer, now=NOON)
    assert two_step.accept_code(account=officer, typed=codes[0], now=NOON) is None
    assert two_step.recovery_codes_left(officer) == 10


def test_the_database_holds_neither_secret_nor_codes(officer: Account) -> None:
    secret, codes = set_up(officer)
    assert secret not in SecondStep.objects.get().sealed_secret
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in kept)
    log = " ".join(str(link.event) for link in audit.links())
    assert secret not in log
    assert not [code for code in codes if code in log]


def test_a_reset_needs_a_reason_and_ends_the_sessions(officer: Account) -> None:
    administrator = person("root", Role.ADMINISTRATOR)
    set_up(officer)
    begin_session(account=officer, session_key="k" * 32, user_agent="", method="password+app", now=NOON)
    with pytest.raises(RequestError):
        two_step.reset_second_step(account=officer, actor=administrator, reason=" . ", now=NOON)
    assert two_step.has_second_step(officer)
    two_step.reset_second_step(account=officer, actor=administrator, reason="phone was lost", now=NOON)
    assert not two_step.has_second_step(officer)
    assert two_step.recovery_codes_left(officer) == 0
    assert PersonSession.objects.get().ended_at == NOON
    entry = AuditEntry.objects.get(action="second_step.reset")
    assert (entry.actor, entry.object, entry.reason) == ("root", "account:kim", "phone was lost")
    assert audit.verify() is None
