"""What an administrator does with accounts: find, create, give roles, suspend, reactivate. Each with a reason."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.models import Group
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.audit import writing as audit
from pandok.common.models import Account, OpenIdLink
from pandok.common.parties.last_account import must_leave_one_each
from pandok.common.people.accounts import kept_by_its_organisation, no_role
from pandok.common.people.changes import Change, must_act_freely, note_change
from pandok.common.people.invitations import close_invitations, invite
from pandok.common.people.passkeys import forget_passkeys
from pandok.common.people.profiles import Profile, checked_profile
from pandok.common.people.sessions import end_all_sessions
from pandok.common.people.votes import voting
from pandok.common.reasons import checked_reason
from pandok.common.roles import AnyRole, Role
from pandok.core.errors import RequestError
from pandok.core.text import Text

LONGEST_NAME = 150
LINK_READERS = "importer-link-"
"""How the names begin in which answers through one-time links are kept
(pandok.fields.counterfeit.acts.notices.links): nobody's accounts,
not listed, not given to anybody and never opened."""


def find_accounts(*, text: str = "", role: AnyRole | None = None, active: bool | None = None) -> QuerySet[Account]:
    """Accounts by part of the name or department, by role and by state; in the order of their names."""
    found = Account.objects.prefetch_related("groups").select_related("second_step", "openid").order_by("username")
    found = found.exclude(username__startswith=LINK_READERS)
    if text.strip():
        part = text.strip()
        found = found.filter(
            Q(username__icontains=part) | Q(display_name__icontains=part) | Q(department__icontains=part)
        )
    if role is not None:
        found = found.filter(groups__name=role.value)
    return found if active is None else found.filter(is_active=active)


def create_account(
    *,
    username: str,
    roles: frozenset[AnyRole],
    actor: Account | None,
    reason: str,
    now: datetime,
    profile: Profile | None = None,
) -> tuple[Account, str]:
    """A new account without password, and the token of the link with which its person sets one.

    An account that votes does so once a second administrator confirmed it (pandok.common.people.changes).
    """
    username, reason = _new_name(username), checked_reason(reason)
    profile = checked_profile(profile or Profile())
    _at_least_one(roles)
    must_act_freely(actor, None, now, will_vote=voting(roles))
    with transaction.atomic():
        account = Account(username=username, date_joined=now, **asdict(profile))
        account.set_unusable_password()
        account.save()
        account.groups.set(_groups(roles))
        details = {"roles": _names(roles)}
        audit.tell(actor, "account.created", f"account:{username}", reason, now, details)
        note_change(account=account, kind=Change.CREATED, by=actor, reason=reason, now=now)
        return account, invite(account=account, actor=actor, reason=reason, now=now)


def change_roles(*, account: Account, roles: frozenset[AnyRole], actor: Account, reason: str, now: datetime) -> None:
    """Give `account` exactly these roles; its sessions end, so that nothing goes on with the earlier ones."""
    reason = checked_reason(reason)
    _at_least_one(roles)
    if OpenIdLink.objects.filter(account=account).exists():
        raise kept_by_its_organisation(
            Text(
                ko="이 계정의 역할은 기관 로그인에서 옵니다.",
                en="The roles of this account come from its organisation.",
            ),
            Text(
                ko="기관의 그룹을 바꾸면 다음 로그인부터 적용됩니다.",
                en="Change its groups there; they count from the next sign-in on.",
            ),
        )
    if account.pk == actor.pk and Role.ADMINISTRATOR not in roles:
        raise _not_oneself(
            Text(ko="자신의 관리자 역할은 뺄 수 없습니다.", en="You cannot take your own administrator role away.")
        )
    before = Account.objects.get(pk=account.pk).roles
    if roles == before:
        return
    must_act_freely(actor, account, now, will_vote=voting(roles))
    with transaction.atomic():
        must_leave_one_each(account, roles=roles)
        account.groups.set(_groups(roles))
        details = {"before": _names(before), "after": _names(roles)}
        audit.tell(actor, "account.roles", f"account:{account.username}", reason, now, details)
        if voting(roles) and not voting(before):
            # Added while one administrator alone could reset this sign-in.
            forget_passkeys(account=account, actor=actor, reason=reason, now=now)
        if account.pk != actor.pk:
            end_all_sessions(account=account, actor=actor, reason="roles changed", now=now)
        if voting(roles - before):
            note_change(account=account, kind=Change.ROLES, by=actor, reason=reason, now=now)


def suspend(*, account: Account, actor: Account, reason: str, now: datetime) -> None:
    """Close an account until it is reactivated: no sign-in, no session, no invitation. Its history stays."""
    reason = checked_reason(reason)
    if account.pk == actor.pk:
        raise _not_oneself(Text(ko="자신의 계정은 정지할 수 없습니다.", en="You cannot suspend your own account."))
    with transaction.atomic():
        must_leave_one_each(account)
        if not Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
            return
        close_invitations(account, now)
        audit.tell(actor, "account.suspended", f"account:{account.username}", reason, now)
        end_all_sessions(account=account, actor=actor, reason="suspended", now=now)


def reactivate(*, account: Account, actor: Account, reason: str, now: datetime) -> None:
    reason = checked_reason(reason)
    must_act_freely(actor, account, now)
    with transaction.atomic():
        if account.username.startswith(LINK_READERS):
            raise RequestError(
                Text(ko="일회용 링크의 답변을 보관하는 이름입니다.", en="Answers of one-time links are kept here."),
                Text(ko="사람에게 줄 계정은 새로 만드십시오.", en="Make a new account for a person."),
                code="request.link_reader",
            )
        if Account.objects.filter(pk=account.pk, is_active=False).update(is_active=True):
            audit.tell(actor, "account.reactivated", f"account:{account.username}", reason, now)
            note_change(account=account, kind=Change.REACTIVATED, by=actor, reason=reason, now=now)


def _new_name(username: str) -> str:
    username = username.strip()
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        username = ""
    if username.casefold().startswith(LINK_READERS):
        username = ""
    if not 0 < len(username) <= LONGEST_NAME:
        raise RequestError(
            Text(ko="쓸 수 없는 사용자 이름입니다.", en="This is not a valid account name."),
            Text(
                ko="글자, 숫자와 @ . + - _ 만으로 150자까지 적으십시오.",
                en="Use letters, digits and @ . + - _ only, up to 150.",
            ),
            code="request.username",
        )
    if Account.objects.filter(username__iexact=username).exists():
        raise RequestError(
            Text(ko="이미 있는 사용자 이름입니다.", en="There is an account of this name already."),
            Text(ko="다른 이름을 적으십시오.", en="Choose another name."),
            code="request.username_taken",
        )
    return username


def _at_least_one(roles: frozenset[AnyRole]) -> None:
    if not roles:
        raise no_role(
            Text(ko="역할을 고르지 않았습니다.", en="No role was chosen."),
            Text(
                ko="역할을 하나 이상 고르십시오. 계정을 닫으려면 정지하십시오.",
                en="Choose at least one; to close an account, suspend it.",
            ),
        )


def _groups(roles: frozenset[AnyRole]) -> QuerySet[Group]:
    return Group.objects.filter(name__in=[role.value for role in roles])


def _names(roles: frozenset[AnyRole]) -> str:
    return " ".join(sorted(role.value for role in roles))


def _not_oneself(what: Text) -> RequestError:
    return RequestError(
        what,
        Text(ko="다른 관리자에게 요청하십시오.", en="Ask another administrator."),
        code="request.not_oneself",
    )
