"""Sites of customs and who works there, kept by supervisors and administrators, in the audit chain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pandok.common.declared import roles
from pandok.common.models import Account, Site, SiteMember
from pandok.common.parties.parties_admin import account_with, record_change
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text

SENDER_FIELDS = ("head_ko", "head_en", "department_ko", "department_en", "phone")
"""Who sends the notices, and whom the parties can call; each may be empty."""
_CODE = re.compile(r"[A-Z0-9][A-Z0-9\-]{1,19}")


def keep_site(
    *,
    site: Site | None,
    code: str,
    name_ko: str,
    name_en: str,
    actor: Account,
    reason: str,
    now: datetime,
    sender: Mapping[str, str] | None = None,
) -> Site:
    """A new site, or new names of one; the code stays. `sender`: those of SENDER_FIELDS that are set again."""
    reason = checked_reason(reason)
    code, name_ko, name_en = code.strip().upper(), " ".join(name_ko.split()), " ".join(name_en.split())
    if not (_CODE.fullmatch(code) and 0 < len(name_ko) <= 100 and 0 < len(name_en) <= 100):
        raise RequestError(
            Text(ko="세관의 부호나 이름이 올바르지 않습니다.", en="Code or name of the site is not right."),
            Text(
                ko="부호는 영문 대문자·숫자 2~20자, 이름은 두 언어 모두 100자 이하입니다.",
                en="The code has 2 to 20 capital letters and digits; both names have up to 100 characters.",
            ),
            code="site.facts",
        )
    sender = {name: " ".join(words.split()) for name, words in (sender or {}).items() if name in SENDER_FIELDS}
    if any(len(words) > (40 if name == "phone" else 100) for name, words in sender.items()):
        raise RequestError(
            Text(ko="발신인이나 연락처가 너무 깁니다.", en="Sender or contact is too long."),
            Text(
                ko="기관장과 부서는 100자 이하, 전화번호는 40자 이하입니다.",
                en="Head and department have up to 100 characters, the telephone number up to 40.",
            ),
            code="site.sender",
        )
    with transaction.atomic():
        if site is None:
            if Site.objects.filter(code=code).exists():
                raise RequestError(
                    Text(ko=f"부호 '{code}'은(는) 이미 있습니다.", en=f"There is a site '{code}' already."),
                    Text(ko="다른 부호를 쓰십시오.", en="Use another code."),
                    code="site.exists",
                )
            site = Site.objects.create(code=code, name_ko=name_ko, name_en=name_en, **sender)
            record_change("site.created", f"site:{site.id}", actor, reason, now, {"code": code, **sender})
            return site
        site.name_ko, site.name_en = name_ko, name_en
        changed = {name: words for name, words in sender.items() if getattr(site, name) != words}
        for name, words in changed.items():
            setattr(site, name, words)
        site.save(update_fields=["name_ko", "name_en", *changed])
        record_change("site.changed", f"site:{site.id}", actor, reason, now, {"code": site.code, **changed})
        return site


def put_at_site(*, site: Site, username: str, actor: Account, reason: str, now: datetime) -> None:
    """Where an officer works from now on; the site before is left."""
    reason = checked_reason(reason)
    with transaction.atomic():
        account = account_with(username, tuple(role for role in roles() if role.facts.at_site))
        before = SiteMember.objects.select_related("site").filter(account=account).first()
        if before is not None and before.site_id == site.id:
            return
        SiteMember.objects.update_or_create(account=account, defaults={"site": site})
        details = {"member": account.username, "was": before.site.code if before else ""}
        record_change("site.member_added", f"site:{site.id}", actor, reason, now, details)


def take_from_site(*, site: Site, account_id: int, actor: Account, reason: str, now: datetime) -> None:
    reason = checked_reason(reason)
    with transaction.atomic():
        member = SiteMember.objects.select_related("account").filter(site=site, account_id=account_id).first()
        if member is not None:
            details = {"member": member.account.username}
            record_change("site.member_removed", f"site:{site.id}", actor, reason, now, details)
            member.delete()
