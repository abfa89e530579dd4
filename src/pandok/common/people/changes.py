"""One person alone makes nobody who votes.

Whoever creates an account that votes, gives it such a role, makes the link for its password, changes its mail address
or ends its suspension could sign in as that person. So each of these is written down as a change, and the account casts
no vote until somebody else, who has made sure of the person, confirmed all of them. The person is told of every change
and of the confirmation, the other administrators of what waits for them.

An account's first administrator, made at the command line of a site that has none, needs no confirmation: there is
nobody to give it.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account, AccountChange, Invitation, OpenIdLink, SystemAccount
from pandok.common.models.locking import locked
from pandok.common.people.two_persons import another_person_must
from pandok.common.people.votes import must_vote_freely, votes
from pandok.common.reasons import checked_reason, name_of
from pandok.common.roles import Action, Role
from pandok.core.errors import RequestError
from pandok.core.text import Text


class Change(Enum):
    CREATED = "created"
    ROLES = "roles"
    CONTACT = "contact"
    REACTIVATED = "reactivated"
    PASSWORD = "password"
    SECOND_STEP = "second-step"
    PASSKEY = "passkey"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Change.CREATED: Text(ko="계정 생성", en="account created"),
    Change.ROLES: Text(ko="의결 역할 부여", en="a role that votes was given"),
    Change.CONTACT: Text(ko="전자우편 주소 변경", en="mail address changed"),
    Change.REACTIVATED: Text(ko="정지 해제", en="suspension ended"),
    Change.PASSWORD: Text(ko="링크로 비밀번호 설정", en="password set by a link"),
    Change.SECOND_STEP: Text(ko="2단계 인증 최초 등록", en="first second step set up"),
    Change.PASSKEY: Text(ko="패스키 최초 등록", en="first passkey added"),
}


def must_act_freely(actor: Account | None, account: Account | None, now: datetime, *, will_vote: bool = False) -> None:
    """Before somebody changes an account that votes: whose own votes wait may not, else two made by one would do."""
    if actor is not None and (will_vote or (account is not None and votes(Account.objects.get(pk=account.pk)))):
        must_vote_freely(actor, now)


def note_change(
    *,
    account: Account,
    kind: Change,
    by: Account | None,
    reason: str,
    now: datetime,
    is_from_provider: bool = False,
    old_address: str = "",
) -> None:
    """Stop the votes of `account`, where it votes, until `confirm_changes`. Called in the transaction of the change."""
    account = Account.objects.get(pk=account.pk)
    if not votes(account) or _is_first_administrator(account, by, is_from_provider=is_from_provider):
        return
    waited = open_changes(account)
    AccountChange.objects.create(
        account=account, kind=kind.value, made_by=by, is_from_provider=is_from_provider, made_at=now, reason=reason
    )
    _tell_person(account, kind, by, reason, now, old_address=old_address)
    if _has_signed_in_means(account) and not any(Change(one.kind) is Change.PASSWORD for one in waited):
        _tell_administrators(account, kind, by, now)


def note_first_factor(*, account: Account, kind: Change, now: datetime) -> None:
    """A first second step or passkey: whoever made the newest link to the account may be who set it up."""
    newest = Invitation.objects.filter(account=account).order_by("-pk").first()
    by_provider = OpenIdLink.objects.filter(account=account).exists()
    if newest is None and not by_provider:
        return
    by = newest.made_by if newest else None
    note_change(account=account, kind=kind, by=by, reason="set up by the person", now=now, is_from_provider=by_provider)


def open_changes(account: Account) -> list[AccountChange]:
    """What waits for a confirmation, oldest first."""
    return list(AccountChange.objects.filter(account=account, confirmed_at=None).select_related("made_by"))


def waiting_accounts() -> list[Account]:
    """Accounts in use whose votes wait for a confirmation."""
    found = Account.objects.filter(changes__confirmed_at=None, changes__isnull=False, is_active=True)
    return [one for one in found.distinct().order_by("username") if votes(one)]


def why_not_confirmed_by(account: Account, actor: Account | None) -> Text | None:
    """Why `actor` (None: the operator) is not the one who confirms; None where they may."""
    if actor is not None and actor.pk == account.pk:
        return Text(ko="자신의 계정은 확인할 수 없습니다.", en="You cannot confirm your own account.")
    for one in open_changes(account):
        if not one.is_from_provider and one.made_by_id == (actor.pk if actor else None):
            return Text(
                ko="변경한 사람은 확인할 수 없습니다.", en="Whoever made one of the changes cannot confirm them."
            )
    if not _has_signed_in_means(account):
        return Text(ko="당사자가 아직 로그인하지 않았습니다.", en="The person has not signed in yet.")
    return None


def confirm_changes(*, account: Account, actor: Account | None, reason: str, now: datetime) -> None:
    """A second authorised person has made sure that it is the person: the account votes. Raises RequestError."""
    reason = checked_reason(reason)
    if actor is not None:
        if not actor.may(Action.MANAGE_ACCOUNTS):
            raise _refused(Text(ko="계정을 확인할 권한이 없습니다.", en="You may not confirm accounts."))
        must_vote_freely(actor, now)
    with transaction.atomic():
        locked(Account, account.pk)
        waiting = open_changes(account)
        if not waiting:
            return
        why_not = why_not_confirmed_by(account, actor)
        if why_not is not None:
            raise _refused(why_not)
        AccountChange.objects.filter(pk__in=[one.pk for one in waiting]).update(confirmed_by=actor, confirmed_at=now)
        details = {"changes": " ".join(one.kind for one in waiting)}
        audit.tell(actor, "account.confirmed", f"account:{account.username}", reason, now, details)
        _mail(
            account.email,
            account,
            Text(
                ko=f"{_name(actor)} 관리자가 이 계정을 확인하였습니다. 이제 의결·확인을 할 수 있습니다.",
                en=f"{_name(actor)} confirmed this account: it casts votes from now on.",
            ),
            reason,
            f"confirmed:{account.pk}",
            actor,
            now,
        )


def _is_first_administrator(account: Account, by: Account | None, *, is_from_provider: bool) -> bool:
    if by is not None or is_from_provider or account.roles != {Role.ADMINISTRATOR}:
        return False
    return not Account.objects.filter(groups__name=Role.ADMINISTRATOR.value).exclude(pk=account.pk).exists()


def _has_signed_in_means(account: Account) -> bool:
    account = Account.objects.get(pk=account.pk)
    if account.has_usable_password():
        return True
    return OpenIdLink.objects.filter(account=account).exists() or SystemAccount.objects.filter(account=account).exists()


def _tell_person(
    account: Account, kind: Change, by: Account | None, reason: str, now: datetime, *, old_address: str
) -> None:
    said = Text(
        ko=f"계정 변경: {kind.words.ko} ({_name(by)}). 다른 관리자가 확인할 때까지 이 계정의 의결·확인은 정지됩니다.",
        en=f"Your account was changed: {kind.words.en} ({_name(by)}). It casts no vote until another administrator "
        "confirms.",
    )
    for address in dict.fromkeys((old_address, account.email)):
        _mail(address, account, said, reason, f"change:{account.pk}:{kind.value}:{address}", by, now)


def _tell_administrators(account: Account, kind: Change, by: Account | None, now: datetime) -> None:
    others = Account.objects.filter(groups__name=Role.ADMINISTRATOR.value, is_active=True).exclude(email="")
    said = Text(
        ko=f"계정 {account.username}: {kind.words.ko} ({_name(by)}). 당사자를 확인한 뒤 계정 화면에서 확인하십시오."
        " 그때까지 이 계정의 의결·확인은 정지됩니다.",
        en=f"Account {account.username}: {kind.words.en} ({_name(by)}). Make sure of the person, then confirm on the "
        "page of the account; until then it casts no vote.",
    )
    for one in others.exclude(pk__in=[account.pk, by.pk if by else 0]):
        _mail(one.email, account, said, "", f"confirm:{account.pk}:{kind.value}:{one.pk}", by, now)


def _mail(
    address: str, account: Account, said: Text, reason: str, key: str, actor: Account | None, now: datetime
) -> None:
    if not address:
        return
    why = Text(ko=f"\n사유: {reason}", en=f"\nReason: {reason}") if reason else Text(ko="", en="")
    queue_mail(
        recipient=address,
        subject=f"[판독] 계정 {account.username} 변경",
        body_text=(
            f"{said.ko}{why.ko}\n모르는 일이라면 바로 감사자에게 알려 주십시오.\n\n"
            f"{said.en}{why.en}\nIf this is news to you, tell the auditor at once.\n"
        ),
        key=f"{key}:{now.timestamp():.6f}",
        actor=actor or name_of(actor),
        now=now,
    )


def _name(actor: Account | None) -> str:
    return actor.shown_name if actor else "Pandok"


def _refused(what: Text) -> RequestError:
    return another_person_must(
        what,
        Text(
            ko="변경에 참여하지 않은 다른 관리자가 당사자를 확인한 뒤 계정 화면에서 확인합니다."
            " 서버 운영자는 `pandok accounts confirm`을 씁니다.",
            en="Another administrator, who took no part in it, makes sure of the person and confirms on the page of the"
            " account; or the operator with `pandok accounts confirm`.",
        ),
    )
