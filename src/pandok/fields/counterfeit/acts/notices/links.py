"""One-time links: an importer without an account reads its one notice, after saying what only its papers tell."""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from pandok.common.audit import writing as audit
from pandok.common.models import Account, Party, PartyMember
from pandok.common.people.accounts_admin import LINK_READERS
from pandok.common.people.sign_in import lock_left, minutes_of, record_failure
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.notices.access import concerns_still
from pandok.fields.counterfeit.models import Case, Notice, NoticeLink
from pandok.fields.counterfeit.roles import Role
from pandok.fields.counterfeit.states import Turn

HOLDS = timedelta(days=14)
"""As long as a registered letter with its second delivery takes to be fetched, and no longer."""
MOST_WRONG = 5
TOKEN_BYTES = 32
SHORTEST_ANSWER = 4
NOBODY = "notice link"
CLOSED_BY_TRIES = "notice_link_closed"
_SALT = "pandok.notice-link"


def answer_of_case(case: Case, kind: str) -> str:
    """What the case itself holds for a check; "" where it holds nothing."""
    return {NoticeLink.DECLARATION: case.parcel_number, NoticeLink.BL: case.bl_number}.get(kind, "")


def checked_answer(case: Case, kind: str, typed: str) -> str:
    """The answer that the importer must give. Raises RequestError where the case or the officer gives none."""
    answer = _plain(typed if kind == NoticeLink.BUSINESS else answer_of_case(case, kind))
    if kind not in dict(NoticeLink.CHECKS) or len(answer) < SHORTEST_ANSWER:
        raise RequestError(
            Text(ko="본인 확인에 쓸 번호가 없습니다.", en="There is no number to check the importer by."),
            Text(
                ko="사건에 있는 번호를 고르거나, 사업자번호·전화번호의 뒤 4자리를 적으십시오.",
                en="Choose a number of the case, or write the last 4 digits of the business or telephone number.",
            ),
            code="notice_link.no_check",
        )
    return answer


def make_link(*, notice: Notice, kind: str, answer: str, actor: Account, now: datetime) -> str:
    """The token of a new link, told once; an earlier link of this notice no longer holds. In a transaction."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    for earlier in NoticeLink.objects.select_for_update(no_key=True).filter(notice=notice, closed_at=None):
        _close(earlier, now)
    one = uuid.uuid4()
    link = NoticeLink.objects.create(
        id=one,
        notice=notice,
        token_sha256=_hash(token),
        check_kind=kind,
        check_mac=_mac(one, answer),
        made_by=actor,
        made_at=now,
        expires_at=now + HOLDS,
    )
    audit.tell(actor, "notice.link_made", _object(link), "", now, {"link": str(link.id)})
    return token


def withdraw_links(*, notice: Notice, actor: Account, now: datetime) -> int:
    """Close what still holds, also for who has opened it already; returns how many."""
    with transaction.atomic():
        open_ones = list(NoticeLink.objects.select_for_update(no_key=True).filter(notice=notice, closed_at=None))
        for link in open_ones:
            _close(link, now)
            audit.tell(actor, "notice.link_withdrawn", _object(link), "", now, {"link": str(link.id)})
        return len(open_ones)


def try_link(*, token: str, answer: str, address: str | None, now: datetime) -> NoticeLink | None:
    """The link, used up with this, where token and answer are right. Each wrong answer counts; the last one closes
    the link and the officer is told. None for every other reason alike.

    Raises RequestError, without looking at the answer, where this address gave five wrong ones, to whatever links,
    known or unknown: for 15 minutes, and twice as long after each further one (pandok.common.people.sign_in).
    """
    place = f"{NOBODY} {address}"
    left = lock_left(place, address, now)
    if left is not None:
        raise _too_many(left)
    link = _tried(token, answer, now)
    if link is None:
        record_failure(place, address, now, step="notice link")
    return link


def _too_many(left: timedelta) -> RequestError:
    minutes = minutes_of(left)
    return RequestError(
        Text(
            ko=f"이 기기나 사무실에서 번호를 여러 번 틀려 {minutes}분간 열 수 없습니다.",
            en=f"After too many wrong numbers from here nothing can be opened for {counted(minutes, 'minute')}.",
        ),
        Text(
            ko=f"{minutes}분 뒤 다시 하십시오. 급하면 통지를 알려 준 세관에 전화하십시오.",
            en="Try again then, or call the customs office that told you of the notice.",
        ),
        code="notice_link.locked",
        minutes=minutes,
    )


def _tried(token: str, answer: str, now: datetime) -> NoticeLink | None:
    with transaction.atomic():
        found = NoticeLink.objects.select_related("notice").filter(token_sha256=_hash(token)).first()
        # The case before the link, as everywhere: whoever makes a new link has locked the case first.
        case = locked(found.notice.case_id) if found else None
        link = NoticeLink.objects.select_for_update(no_key=True).filter(id=found.id).first() if found else None
        right = constant_time_compare(
            _mac(link.id if link else uuid.UUID(int=0), _plain(answer)), link.check_mac if link else ""
        )
        if case is None or link is None or link.used_at is not None or not _holds(link, now):
            return None
        if right:
            link.used_at = now
            link.save(update_fields=["used_at"])
            audit.tell(NOBODY, "notice.link_used", _object(link), "", now, {"link": str(link.id)})
            return link
        link.wrong_tries += 1
        last = link.wrong_tries >= MOST_WRONG
        link.closed_at = now if last else None
        link.save(update_fields=["wrong_tries", "closed_at"])
        details: dict[str, Detail] = {"link": str(link.id), "tries": link.wrong_tries}
        audit.tell(NOBODY, "notice.link_refused", _object(link), "", now, details)
        if last:
            note(
                case,
                CLOSED_BY_TRIES,
                by=Turn.SYSTEM,
                actor=None,
                reason="",
                now=now,
                data={"party": link.notice.party.name},
                changes={"turn": Turn.OFFICER.value},
            )
        return None


def link_in_use(link_id: str, now: datetime) -> NoticeLink | None:
    """The link of somebody who has passed its check, while it holds and the case is about this party."""
    try:
        one = uuid.UUID(link_id)
    except ValueError:
        return None
    found = NoticeLink.objects.select_related("notice__case__design", "notice__party")
    link = found.filter(id=one).exclude(used_at=None).first()
    return link if link and _holds(link, now) else None


def reader_of(party: Party, now: datetime) -> Account:
    """In whose name the importer's answers are kept. Nobody can sign in with it: no password, and not active."""
    account, new = Account.objects.get_or_create(
        username=f"{LINK_READERS}{party.pk}",
        defaults={"date_joined": now, "is_active": False, "display_name": party.name[:100]},
    )
    if new:
        account.set_unusable_password()
        account.save()
        account.groups.set([Group.objects.get_or_create(name=Role.IMPORTER.value)[0]])
        PartyMember.objects.create(party=party, account=account)
    return account


def notices_behind(link: NoticeLink) -> QuerySet[Notice]:
    """What the link opens: its notice, and what the same party was told of the same case since; the newest first."""
    first = link.notice
    found = Notice.objects.filter(case=first.case_id, party=first.party_id, issued_at__gte=first.issued_at)
    return found.select_related("case__design", "party").order_by("-issued_at", "-id")


def newest_link(notice: Notice | None) -> NoticeLink | None:
    """The one that is not closed, which is one at most; else the one that was made last."""
    if notice is None:
        return None
    return NoticeLink.objects.filter(notice=notice).order_by(F("closed_at").desc(nulls_first=True), "-made_at").first()


def state_of(link: NoticeLink, now: datetime) -> Text:
    if link.closed_at is not None:
        if link.wrong_tries >= MOST_WRONG:
            return Text(ko="본인 확인 5회 실패로 닫힘", en="Closed after 5 wrong answers")
        return Text(ko="회수 완료", en="Withdrawn")
    if not _holds(link, now):
        return Text(ko="만료", en="Expired")
    return Text(ko="열람", en="Opened") if link.used_at else Text(ko="미열람", en="Not opened yet")


def _holds(link: NoticeLink, now: datetime) -> bool:
    return link.closed_at is None and link.made_at <= now < link.expires_at and concerns_still(link.notice)


def _close(link: NoticeLink, now: datetime) -> None:
    link.closed_at = now
    link.save(update_fields=["closed_at"])


def _object(link: NoticeLink) -> str:
    return f"notice:{link.notice_id}"


def _plain(answer: str) -> str:
    return re.sub(r"[\W_]", "", answer).upper()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _mac(link_id: uuid.UUID, answer: str) -> str:
    return salted_hmac(_SALT, f"{link_id}:{answer}", algorithm="sha256").hexdigest()
