"""Accounts: the groups of the roles, and the accounts of the demonstration."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from pandok.common.declared import roles
from pandok.common.models import Account
from pandok.common.roles import AnyRole
from pandok.core.errors import RequestError
from pandok.core.text import Text

DEMO_PREFIX = "demo-"


def ensure_role_groups(using: str = "default") -> None:
    """One group a role; may be called again."""
    names = [role.value for role in roles()]
    present = set(Group.objects.using(using).filter(name__in=names).values_list("name", flat=True))
    missing = [Group(name=name) for name in names if name not in present]
    Group.objects.using(using).bulk_create(missing, ignore_conflicts=True)  # another process may begin at the same time


def ensure_demo_accounts(now: datetime) -> list[tuple[AnyRole, str, str]]:
    """An account for every role, for the demonstration only; returns (role, username, password).

    Passwords follow from the secret key of this installation: the same at every start, different elsewhere.
    An account that exists is given its demonstration password again.
    """
    from django.conf import settings

    ensure_role_groups()
    accounts = []
    with transaction.atomic():
        for role in roles():
            username = DEMO_PREFIX + role.value
            password = _demo_password(settings.SECRET_KEY, username)
            account, created = Account.objects.get_or_create(username=username, defaults={"date_joined": now})
            if created:
                account.display_name = role.title.ko + " (시연)"
                account.save(update_fields=["display_name"])
            if created or not account.check_password(password):
                account.set_password(password)
                account.save(update_fields=["password"])
            account.groups.set(Group.objects.filter(name=role.value))
            accounts.append((role, username, password))
    return accounts


def _demo_password(secret_key: str, username: str) -> str:
    digest = hashlib.sha256(f"{secret_key}:{username}".encode()).hexdigest()
    return "-".join((digest[:4], digest[4:8], digest[8:12]))


def suspended(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """The account is closed."""
    return RequestError(what, next_step, code="request.account_suspended", **fields)


def no_role(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """An account would have no role."""
    return RequestError(what, next_step, code="request.no_role", **fields)


def kept_by_its_organisation(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """What is asked for is kept where the organisation keeps its accounts."""
    return RequestError(what, next_step, code="request.openid_account", **fields)
