"""Passkeys: one touch of your own phone or key instead of password and code.

A person adds one on their own page, after confirming once more who they are; nobody else can. The question that it
answers is kept here, for minutes and for one answer. Adding and removing leave an audit event and are told by mail.
Who votes (see `votes`) casts no vote for three days after adding one, as after a reset of the sign-in, and a first one
waits for another administrator (see `changes`). A reset by administrators takes all passkeys away, and so does being
given a voting role: what was added before was not added under that rule. People who come through the identity provider
of their organisation have none here: it would let them in after the organisation has closed its door.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account, OpenIdLink, Passkey, PasskeyChallenge, PasskeyOwner, SystemAccount
from pandok.common.models.locking import locked
from pandok.common.people.accounts import kept_by_its_organisation, suspended
from pandok.common.people.changes import Change, note_first_factor
from pandok.common.people.sessions import end_all_sessions
from pandok.common.people.votes import PAUSE, votes
from pandok.common.reasons import name_of
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.sign_in import passkeys as signing
from pandok.engines.sign_in.passkeys import NotSigned, Place

MOST = 10
"""Passkeys of one person."""
LONGEST_TITLE = 60
ANSWER_WITHIN = timedelta(minutes=5)


def may_have_passkeys(account: Account) -> bool:
    """False for who signs in through the organisation, and for programs."""
    return not (
        OpenIdLink.objects.filter(account=account).exists() or SystemAccount.objects.filter(account=account).exists()
    )


def ask_for_new(*, account: Account, place: Place, title: str, now: datetime) -> tuple[UUID, dict[str, Any]]:
    """A question for a new passkey, after the person showed who it is: its number, and what the browser is given."""
    title = " ".join(title.split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise RequestError(
            Text(ko="패스키 이름이 없거나 너무 깁니다.", en="The name of the passkey is missing or too long."),
            Text(ko="어느 기기인지 60자까지 적으십시오.", en="Say which device it is, in up to 60 letters."),
            code="request.passkey_title",
        )
    _must_have_room(account)
    owner, _ = PasskeyOwner.objects.get_or_create(account=account, defaults={"handle": _text(secrets.token_bytes(64))})
    asked = _ask(PasskeyChallenge.MAKE, place, now, account=account, title=title)
    options = signing.options_to_make(
        place,
        challenge=_bytes(asked.challenge),
        user_handle=owner.handle,
        name=account.username,
        shown_name=account.shown_name,
        has=account.passkeys.filter(host=place.host).values_list("credential_id", flat=True),
    )
    return asked.id, options


def add_passkey(*, account: Account, asked: UUID | None, answer: Mapping[str, Any], now: datetime) -> Passkey:
    """Keep the passkey that the device made. Raises RequestError where the answer does not fit, came twice or late."""
    question = _take(asked, PasskeyChallenge.MAKE, account, now)
    try:
        made = signing.check_new(_place(question), challenge=_bytes(question.challenge), answer=answer)
    except NotSigned as error:
        raise _not_made() from error
    with transaction.atomic():
        locked(Account, account.pk)
        _must_have_room(account)
        try:
            with transaction.atomic():
                passkey = Passkey.objects.create(
                    account=account,
                    title=question.title,
                    credential_id=made.credential_id,
                    public_key=made.public_key,
                    counter=made.counter,
                    host=question.host,
                    is_synchronised=made.is_synchronised,
                    added_at=now,
                )
        except IntegrityError as error:  # somebody has it already
            raise _not_made() from error
        if account.passkeys.count() == 1:
            note_first_factor(account=account, kind=Change.PASSKEY, now=now)
        if votes(account):
            Account.objects.filter(pk=account.pk).update(votes_paused_until=now + PAUSE)
        _note("passkey.added", passkey, account, "", now)
        _tell(passkey, "added", account, now)
    return passkey


def ask_for_sign_in(*, place: Place, now: datetime, comes_back: Account | None = None) -> tuple[UUID, dict[str, Any]]:
    """A question for whoever signs in. Of who comes back after a pause, that person's own passkeys are asked for."""
    asked = _ask(PasskeyChallenge.SIGN_IN, place, now)
    only = comes_back.passkeys.filter(host=place.host).values_list("credential_id", flat=True) if comes_back else ()
    return asked.id, signing.options_to_sign(place, challenge=_bytes(asked.challenge), only=only)


def passkey_named(answer: Mapping[str, Any]) -> Passkey | None:
    """The passkey of which `answer` says that it is; nothing is proved by that."""
    named = signing.credential_named(answer)
    return Passkey.objects.select_related("account").filter(credential_id=named).first() if named else None


def accept_passkey(*, passkey: Passkey | None, asked: UUID | None, answer: Mapping[str, Any], now: datetime) -> Account:
    """Who signed. Raises RequestError where it was not signed for this question and place, with the finger, face or PIN
    of its person, or where the account is closed. The question is used up either way."""
    question = _take(asked, PasskeyChallenge.SIGN_IN, None, now)
    if passkey is None:
        raise unknown()
    account = passkey.account
    try:
        signed = signing.check_signed(
            _place(question), challenge=_bytes(question.challenge), public_key=passkey.public_key, answer=answer
        )
    except NotSigned as error:
        raise unknown() from error
    owner = PasskeyOwner.objects.filter(account=account, handle=signed.user_handle)
    if not owner.exists() or passkey.host != question.host:
        raise unknown()
    if not account.is_active or not may_have_passkeys(account):
        raise _closed()
    _count_on(passkey, signed.counter, now)
    return account


def remove_passkey(*, account: Account, passkey_id: UUID, now: datetime, this_session: str | None) -> bool:
    """Take one's own passkey away; every other session ends, for the device may be lost. False where there is none."""
    with transaction.atomic():
        passkey = Passkey.objects.filter(account=account, id=passkey_id).first()
        if passkey is None:
            return False
        _note("passkey.removed", passkey, account, "", now)
        _tell(passkey, "removed", account, now)
        passkey.delete()
        end_all_sessions(account=account, actor=account, reason="passkey removed", now=now, but=this_session)
    return True


def forget_passkeys(*, account: Account, actor: Account | None, reason: str, now: datetime) -> int:
    """Take every passkey of somebody away, with a reset or a change of roles; returns how many there were."""
    with transaction.atomic():
        found = list(Passkey.objects.filter(account=account))
        for passkey in found:
            _note("passkey.removed", passkey, actor, reason, now)
            _tell(passkey, "removed", actor, now)
            passkey.delete()
        PasskeyChallenge.objects.filter(account=account).delete()
    return len(found)


def unknown() -> RequestError:
    return RequestError(
        Text(ko="이 패스키로 로그인할 수 없습니다.", en="This passkey does not sign in."),
        Text(
            ko="다시 해 보거나 비밀번호로 로그인하십시오. 삭제한 패스키라면 기기에서도 지우십시오.",
            en="Try once more, or sign in with the password. If it was removed here, delete it on the device too.",
        ),
        code="request.passkey",
    )


@every(3600)
def forget_questions(work: Work) -> None:
    PasskeyChallenge.objects.exclude(asked_at__range=(work.now - ANSWER_WITHIN, work.now + ANSWER_WITHIN)).delete()


def _ask(
    purpose: str, place: Place, now: datetime, *, account: Account | None = None, title: str = ""
) -> PasskeyChallenge:
    return PasskeyChallenge.objects.create(
        purpose=purpose,
        account=account,
        challenge=_text(secrets.token_bytes(signing.CHALLENGE_BYTES)),
        origin=place.origin,
        host=place.host,
        title=title,
        asked_at=now,
    )


def _take(asked: UUID | None, purpose: str, account: Account | None, now: datetime) -> PasskeyChallenge:
    """The question, which nobody can answer again. Of two who answer at once, only one takes the row away."""
    questions = PasskeyChallenge.objects.filter(id=asked) if asked else PasskeyChallenge.objects.none()
    question = questions.filter(purpose=purpose, account=account).first()
    taken = question is not None and questions.delete()[0] > 0
    if question is None or not taken or not now - ANSWER_WITHIN <= question.asked_at <= now:
        raise RequestError(
            Text(ko="패스키 확인 시간이 지났습니다.", en="The passkey request has expired."),
            Text(ko="버튼을 다시 누르십시오.", en="Press the button again."),
            code="request.passkey_again",
        )
    return question


def _count_on(passkey: Passkey, counter: int, now: datetime) -> None:
    """A device that counts never counts back: then there are two of it. Raises RequestError."""
    moved = Passkey.objects.filter(pk=passkey.pk)
    if passkey.counter or counter:
        moved = moved.filter(counter__lt=counter)
    if moved.update(counter=counter, last_used_at=now):
        return
    with transaction.atomic():
        _note("passkey.copied", passkey, passkey.account, "", now)
        _tell(passkey, "copied", passkey.account, now)
    raise RequestError(
        Text(
            ko="이 패스키의 사용 횟수가 맞지 않습니다. 복제되었을 수 있습니다.",
            en="This passkey's counter is wrong: it may have been copied.",
        ),
        Text(
            ko="비밀번호로 로그인하여 그 패스키를 삭제하고 관리자에게 알리십시오.",
            en="Sign in with the password, remove that passkey, and tell the administrator.",
        ),
        code="request.passkey_copied",
    )


def _must_have_room(account: Account) -> None:
    if not may_have_passkeys(account):
        raise kept_by_its_organisation(
            Text(ko="기관 로그인을 쓰는 계정입니다.", en="This account signs in through its organisation."),
            Text(ko="패스키는 기관의 로그인에서 등록하십시오.", en="Add passkeys where the organisation keeps them."),
        )
    if account.passkeys.count() >= MOST:
        raise RequestError(
            Text(ko=f"패스키가 이미 {MOST}개입니다.", en=f"There are {MOST} passkeys already."),
            Text(ko="쓰지 않는 패스키를 먼저 삭제하십시오.", en="Remove one that is not used first."),
            code="request.too_many_passkeys",
        )


def _note(action: str, passkey: Passkey, actor: Account | None, reason: str, now: datetime) -> None:
    details = {"title": passkey.title, "passkey": str(passkey.id)}
    audit.tell(actor, action, f"account:{passkey.account.username}", reason, now, details)


_MAILS = {
    "added": Text(ko="패스키가 등록되었습니다", en="A passkey was added"),
    "removed": Text(ko="패스키가 삭제되었습니다", en="A passkey was removed"),
    "copied": Text(
        ko="복제되었을 수 있는 패스키가 거부되었습니다", en="A passkey that may have been copied was refused"
    ),
}


def _tell(passkey: Passkey, what: str, actor: Account | None, now: datetime) -> None:
    account = passkey.account
    if not account.email:
        return
    said = _MAILS[what]
    paused = what == "added" and votes(account)
    queue_mail(
        recipient=account.email,
        subject=f"[판독] 계정 {account.username}: {said.ko}",
        body_text=(
            f"{said.ko}: {passkey.title}\n"
            + ("앞으로 72시간 동안 이 계정의 의결·확인은 정지됩니다.\n" if paused else "")
            + "본인이 한 일이 아니면 바로 관리자에게 알려 주십시오.\n\n"
            + f"{said.en}: {passkey.title}\n"
            + ("For 72 hours this account casts no vote.\n" if paused else "")
            + "If it was not you, tell the administrator at once.\n"
        ),
        key=f"passkey:{passkey.id}:{what}:{now.timestamp():.0f}",
        actor=actor or name_of(actor),
        now=now,
    )


def _place(question: PasskeyChallenge) -> Place:
    return Place(question.origin, question.host)


def _not_made() -> RequestError:
    return RequestError(
        Text(ko="패스키를 등록하지 못했습니다.", en="The passkey could not be added."),
        Text(
            ko="다시 등록하십시오. 화면 잠금(지문, 얼굴, PIN)이 켜진 기기여야 합니다.",
            en="Try again, on a device with a screen lock (finger, face or PIN).",
        ),
        code="request.passkey_not_made",
    )


def _closed() -> RequestError:
    return suspended(
        Text(ko="정지되었거나 패스키를 쓸 수 없는 계정입니다.", en="This account is closed, or has no passkeys here."),
        Text(ko="관리자에게 문의하십시오.", en="Ask the administrator."),
    )


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
