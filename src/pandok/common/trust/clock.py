"""Is this machine's clock right? Asked before anything ends, is swept or destroyed because its time has come.

The worker compares its clock with the last moment it believed (engines/clock_note) and with the newest entry of the
audit chain. What does not fit is told to the administrators, and nothing that a clock decides is done: no key is
destroyed, no term ends, no reminder leaves, no session, form or file is swept. Set right again, the clock fits and the
work goes on by itself; where it cannot fit any more (it was ahead and entries were made, be it that a mail left; or the
machine was off for weeks) two confirm that it is right.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings as django_settings
from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account, AuditEntry
from pandok.common.people.allowed import not_allowed
from pandok.common.people.two_persons import another_person_must
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import COMPARED, checked_reason, name_of
from pandok.common.roles import Action, Role
from pandok.common.trust.doubts import CONFIRMED, doubt_by_the_chain
from pandok.core.dates import moment_short
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.engines.files.clock_note import LONGEST_OFF, Believed, Boot, ClockNote
from pandok.engines.vault.secrets import derived_key
from pandok.settings import settings

FILE = "clock.json"
ASKED = "clock.asked"
ASKED_FOR = timedelta(hours=72)
OBJECT = "machine:clock"
_BY_TWO = Text(
    ko="관리자 두 사람, 또는 관리자와 서버 운영자가 확인합니다.",
    en="Two administrators, or one and the operator of the server, confirm it.",
)


def clock_note() -> ClockNote:
    """The note of this site."""
    return ClockNote(settings().home / FILE, derived_key(django_settings.SECRET_KEY, "believed clock"))


def look_at_the_clock(now: datetime, boot: Boot | None) -> Text | None:
    """Why the clock is not believed; None where it is, which is noted. The first time, the administrators are told."""
    note = clock_note()
    believed = note.read()
    doubt = why_doubted(now, boot)
    if doubt is None:
        note.write(now, boot)
        return None
    if believed is None:
        note.write(_newest_entry() or now, None, doubted_at=now)
    elif believed.doubted_at is None:
        note.doubt(believed, now)
    if believed is None or believed.doubted_at is None:
        _tell(doubt, now)
    return doubt


def why_doubted(now: datetime, boot: Boot | None) -> Text | None:
    """As `look_at_the_clock`, and nothing is noted."""
    believed = clock_note().read()
    if believed is None:
        newest = _newest_entry()
        if newest is not None and now > newest + LONGEST_OFF:
            return _differs(now, Believed(at=newest), None)
    elif not believed.fits(now, boot):
        return _differs(now, believed, believed.expected(boot))
    return doubt_by_the_chain(now)


def asked_by() -> AuditEntry | None:
    """What the first of two has said since the clock was confirmed last."""
    last = AuditEntry.objects.filter(action__in=[ASKED, CONFIRMED]).order_by("-sequence").first()
    return last if last is not None and last.action == ASKED else None


def confirm_clock(*, actor: Account | None, reason: str, now: datetime, boot: Boot | None) -> bool:
    """Say that the clock is right now; False where a second one (None: the operator) must still say so."""
    reason = checked_reason(reason, COMPARED)
    if actor is not None:
        if not actor.may(Action.MANAGE_ACCOUNTS):
            raise not_allowed(Text(ko="시각을 확인할 권한이 없습니다.", en="You may not confirm the clock."), _BY_TWO)
        must_vote_freely(actor, now)
    if why_doubted(now, boot) is None:
        what = Text(ko="서버 시각이 맞습니다.", en="The clock is not in doubt.")
        raise RequestError(what, _BY_TWO, code="request.clock_fits")
    with transaction.atomic():
        first = asked_by()
        if first is None or abs(now - first.at) > ASKED_FOR:
            audit.tell(actor, ASKED, OBJECT, reason, now)
            return False
        if first.actor == name_of(actor):
            what = Text(ko="다른 사람도 확인해야 합니다.", en="Somebody else must confirm it too.")
            raise another_person_must(what, _BY_TWO)
        audit.tell(actor, CONFIRMED, OBJECT, reason, now, {"first": first.actor})
        clock_note().write(now, boot)
        return True


def _newest_entry() -> datetime | None:
    return AuditEntry.objects.order_by("-sequence").values_list("at", flat=True).first()


def _differs(now: datetime, believed: Believed, expected: datetime | None) -> Text:
    says, last = moment_short(now, OFFICE_ZONE), moment_short(believed.at, OFFICE_ZONE)
    if expected is not None:
        counted = moment_short(expected, OFFICE_ZONE)
        return Text(
            ko=f"서버 시각({says.ko})이 가동 시간으로 계산한 시각({counted.ko})과 다릅니다.",
            en=f"The clock says {says.en}; by the time the machine has been running it is {counted.en}.",
        )
    return Text(
        ko=f"서버 시각({says.ko})이 마지막으로 확인된 시각({last.ko})과 너무 다릅니다.",
        en=f"The clock says {says.en}, too far from the last believed {last.en}.",
    )


def _tell(doubt: Text, now: datetime) -> None:
    todo = Text(
        ko="기한 종료, 알림, 파기, 정리를 모두 멈추었습니다. 서버 시각을 바로잡으십시오. 시각이 맞는데도 멈춰 있으면"
        " 관리자 두 사람이 감사 사슬 화면에서 확인합니다. 운영자는 `pandok audit confirm-clock`을 씁니다.",
        en="No term ends, no reminder leaves, nothing is destroyed or swept. Set the clock right. Where it is right and"
        " the work still stands, two administrators confirm it on the page of the audit chain; the operator may be one"
        " of the two, with `pandok audit confirm-clock`.",
    )
    found = Account.objects.filter(groups__name=Role.ADMINISTRATOR.value, is_active=True).exclude(email="")
    for one in found:
        queue_mail(
            recipient=one.email,
            subject="[판독] 서버 시각 확인 필요 · The clock of the server",
            body_text=f"{doubt.ko}\n{todo.ko}\n\n{doubt.en}\n{todo.en}\n",
            key=f"clock:{one.pk}:{now.timestamp():.0f}",
            actor="pandok-worker",
            now=now,
        )
