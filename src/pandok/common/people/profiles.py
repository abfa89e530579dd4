"""How a person is known to others: name, department, telephone and mail address at work.

Name and mail address are set by an administrator (or come from the identity provider), since they say who somebody is
and where a new password goes; department and telephone also by the person. The audit log keeps which of them changed,
never what they were: it cannot be deleted.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.people.changes import Change, must_act_freely, note_change
from pandok.common.reasons import checked_reason, name_of
from pandok.core.errors import RequestError
from pandok.core.text import Text

LONGEST = {"display_name": 100, "department": 150, "phone": 40, "email": 254}
_WORDS = {
    "display_name": Text(ko="성명", en="name"),
    "department": Text(ko="소속", en="department"),
    "phone": Text(ko="전화번호", en="telephone number"),
    "email": Text(ko="전자우편 주소", en="mail address"),
}
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-.~,]{2,}(?:(?:내선|ext\.?) ?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Profile:
    """Each may be empty."""

    display_name: str = ""
    department: str = ""
    phone: str = ""
    email: str = ""

    @classmethod
    def of(cls, account: Account) -> Profile:
        return cls(account.display_name, account.department, account.phone, account.email)


def checked_profile(profile: Profile) -> Profile:
    """Without needless blanks. Raises RequestError that names the field which does not fit."""
    texts = {name: " ".join(value.split()) for name, value in asdict(profile).items()}
    for name, text in texts.items():
        if len(text) > LONGEST[name] or not text.isprintable():
            raise _wrong(name, Text(ko=f"{LONGEST[name]}자까지 적으십시오.", en=f"Use up to {LONGEST[name]} letters."))
    if texts["phone"] and not _PHONE.fullmatch(texts["phone"]):
        raise _wrong("phone", Text(ko="예: 032-452-3600", en="For example +82-32-452-3600"))
    if texts["email"]:
        try:
            validate_email(texts["email"])
        except ValidationError:
            raise _wrong("email", Text(ko="예: kim@agency.example", en="For example kim@agency.example")) from None
    return Profile(**texts)


def change_profile(*, account: Account, profile: Profile, actor: Account | None, reason: str, now: datetime) -> None:
    """An administrator, or the operator at the command line (`actor` None), says who somebody is, with a reason."""
    reason = checked_reason(reason)
    profile = checked_profile(profile)
    old = Account.objects.values_list("email", flat=True).get(pk=account.pk)
    if profile.email != old:
        must_act_freely(actor, account, now)
    with transaction.atomic():
        _set(account, profile, name_of(actor), reason, now)
        if profile.email != old:
            note_change(account=account, kind=Change.CONTACT, by=actor, reason=reason, now=now, old_address=old)


def change_own_contact(*, account: Account, department: str, phone: str, now: datetime) -> None:
    """A person says where they work and how they are called."""
    profile = checked_profile(Profile(account.display_name, department, phone, account.email))
    _set(account, profile, account.username, "changed by the person", now)


def take_from_provider(*, account: Account, profile: Profile, now: datetime) -> None:
    """What the identity provider says at a sign-in replaces what was here; what it does not say stays.

    A value that does not fit is left out: nobody is kept from their work by a telephone number.
    """
    before = Profile.of(account)
    taken = asdict(before)
    for name, value in asdict(profile).items():
        try:
            taken[name] = getattr(checked_profile(Profile(**{name: value})), name) or taken[name]
        except RequestError:
            continue
    with transaction.atomic():
        _set(account, Profile(**taken), account.username, "openid", now)
        if taken["email"] != before.email:
            note_change(
                account=account,
                kind=Change.CONTACT,
                by=None,
                is_from_provider=True,
                reason="openid",
                now=now,
                old_address=before.email,
            )


def _set(account: Account, profile: Profile, actor: str, reason: str, now: datetime) -> None:
    before, after = asdict(Profile.of(account)), asdict(profile)
    changed = [name for name, value in after.items() if before[name] != value]
    if not changed:
        return
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(**after)
        what = f"account:{account.username}"
        audit.tell(actor, "account.profile", what, reason, now, {"changed": " ".join(changed)})
    for name, value in after.items():
        setattr(account, name, value)


def _wrong(name: str, next_step: Text) -> RequestError:
    word = _WORDS[name]
    return RequestError(
        Text(ko=f"입력한 {word.ko}: 형식이 맞지 않습니다.", en=f"The {word.en} does not fit."),
        next_step,
        code="request.profile",
        field=name,
    )
