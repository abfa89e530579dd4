"""From a person at the identity provider to an account here: found by issuer and subject, roles from the groups."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.declared import role_named, roles
from pandok.common.models import Account, OpenIdLink
from pandok.common.parties.last_account import left_alone
from pandok.common.parties.telling_left_alone import tell_left_alone
from pandok.common.people.accounts import no_role, suspended
from pandok.common.people.changes import Change, note_change
from pandok.common.people.profiles import Profile, take_from_provider
from pandok.common.people.sessions import end_all_sessions
from pandok.common.people.sign_in import NOBODY
from pandok.common.people.votes import voting
from pandok.common.roles import AnyRole
from pandok.core.errors import RequestError, Unavailable
from pandok.core.openid import Identity, roles_of
from pandok.core.text import Text


def role_map(text: str) -> dict[str, str]:
    """The setting PANDOK_OIDC_ROLE_MAP. Raises Unavailable where it names a role that there is not."""
    groups: dict[str, str] = json.loads(text)
    unknown = sorted(set(groups.values()) - {role.value for role in roles()})
    if unknown:
        raise Unavailable(
            Text(ko=f"설정에 없는 역할이 있습니다: {', '.join(unknown)}.", en=f"Unknown roles: {', '.join(unknown)}."),
            Text(ko="PANDOK_OIDC_ROLE_MAP을 고치십시오.", en="Correct PANDOK_OIDC_ROLE_MAP."),
            code="unavailable.role_map",
        )
    return groups


def account_of(*, identity: Identity, groups: dict[str, str], now: datetime) -> Account:
    """The account of this person with today's roles; made at the first sign-in.

    Raises RequestError where no group gives a role (roles from before are taken away), where the provider says nothing
    of groups (they stay: that is a fault of the settings, not of the person), or where the account is suspended.
    """
    if identity.groups is None:
        known = OpenIdLink.objects.select_related("account").filter(issuer=identity.issuer, subject=identity.subject)
        name = next((link.account.username for link in known), None)
        what = f"account:{name or 'unknown'}"
        audit.tell(name or NOBODY, "sign_in.refused", what, "", now, {"step": "openid", "why": "no claim"})
        raise _no_claim()
    roles = frozenset(role_named(name) for name in roles_of(identity.groups, groups))
    with transaction.atomic():
        link = OpenIdLink.objects.select_related("account").filter(issuer=identity.issuer, subject=identity.subject)
        found = link.first()
        account = found.account if found else _new_account(identity, now) if roles else None
        if account is not None:
            _give(account, roles, now)
    if account is None or not roles:
        name = account.username if account else NOBODY
        what = f"account:{account.username}" if account else "account:unknown"
        audit.tell(name, "sign_in.refused", what, "", now, {"step": "openid", "why": "no role"})
        raise _no_role()
    if not account.is_active:
        what = f"account:{account.username}"
        audit.tell(account, "sign_in.refused", what, "", now, {"step": "openid", "why": "suspended"})
        raise _suspended()
    said = Profile(display_name=identity.full_name, phone=identity.phone, email=identity.email)
    take_from_provider(account=account, profile=said, now=now)
    return account


def _new_account(identity: Identity, now: datetime) -> Account:
    account = Account(username=_free_name(identity), date_joined=now)
    account.set_unusable_password()
    account.save()
    OpenIdLink.objects.create(account=account, issuer=identity.issuer, subject=identity.subject, linked_at=now)
    audit.tell(account, "account.created", f"account:{account.username}", "openid", now)
    return account


def _free_name(identity: Identity) -> str:
    """The name at the provider where nobody has it here; else with a mark that follows from the subject.

    An account of the same name is somebody else: names are not proof.
    """
    name = re.sub(r"[^\w.@+-]", "", identity.name)[:100]
    mark = hashlib.sha256(f"{identity.issuer} {identity.subject}".encode()).hexdigest()[:12]
    if name and not Account.objects.filter(username__iexact=name).exists():
        return name
    return f"{name or 'person'}-{mark}"


def _give(account: Account, roles: frozenset[AnyRole], now: datetime) -> None:
    before = Account.objects.get(pk=account.pk).roles
    if before == roles:
        return
    alone = left_alone(account, roles=roles)
    account.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    vars(account).pop("roles", None)
    details = {"before": _names(before), "after": _names(roles)}
    what = f"account:{account.username}"
    reason = "groups at the identity provider"
    audit.tell(account, "account.roles", what, reason, now, details)
    for party, running in alone:
        tell_left_alone(party=party, running=running, left_by=account, actor=account.username, reason=reason, now=now)
    if voting(roles - before):
        note_change(
            account=account,
            kind=Change.ROLES,
            by=None,
            is_from_provider=True,
            reason=reason,
            now=now,
        )
    end_all_sessions(account=account, actor=account, reason="roles changed", now=now)


def _names(roles: frozenset[AnyRole]) -> str:
    return " ".join(sorted(role.value for role in roles))


def _no_role() -> RequestError:
    return no_role(
        Text(
            ko="기관 로그인은 되었으나, 여기에서 맡은 역할이 없습니다.",
            en="You are known to your organisation, but have no role here.",
        ),
        Text(
            ko="기관의 계정 관리자에게 판독 그룹에 넣어 달라고 하십시오.",
            en="Ask those who keep your organisation's accounts to add you to a group for Pandok.",
        ),
    )


def _no_claim() -> RequestError:
    return RequestError(
        Text(
            ko="기관 로그인은 되었으나, 기관이 그룹 정보를 보내지 않았습니다. 맡은 역할은 그대로입니다.",
            en="You are known to your organisation, but it sent no groups. Your roles here stay as they are.",
        ),
        Text(
            ko="관리자에게 알려 주십시오. 관리자는 PANDOK_OIDC_ROLE_CLAIM과 PANDOK_OIDC_SCOPES를 확인하십시오.",
            en="Tell the administrator, who checks PANDOK_OIDC_ROLE_CLAIM and PANDOK_OIDC_SCOPES.",
        ),
        code="request.no_role_claim",
    )


def _suspended() -> RequestError:
    return suspended(
        Text(ko="정지된 계정입니다.", en="This account is suspended."),
        Text(ko="관리자에게 문의하십시오.", en="Ask the administrator."),
    )
