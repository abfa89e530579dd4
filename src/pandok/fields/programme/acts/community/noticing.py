"""A notice is drafted, published and withdrawn by the office. What is published is not changed any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.fields.programme.acts.community.post_moves import NOTICE_CYCLE, locked_notice
from pandok.fields.programme.models import ProgrammeNotice
from pandok.fields.programme.post_states import NoticeMover, NoticeState
from pandok.fields.programme.post_text import checked_notice

ALTERED = "programme-notice.altered"


def draft_notice(said: Mapping[str, str], *, actor: Account, now: datetime) -> ProgrammeNotice:
    """Raises RequestError: programme_notice.words."""
    words = checked_notice(said)
    with transaction.atomic():
        made: ProgrammeNotice = ProgrammeNotice.objects.create(
            number=next_of_year("NT", width=6, given=ProgrammeNotice.objects.all(), now=now),
            state=NoticeState.DRAFT.value,
            state_since=now,
            made_by=actor,
            made_at=now,
            **words,
        )
        NOTICE_CYCLE.begin(made, actor=actor, reason="", now=now)
    return made


def alter_notice(notice_id: UUID, said: Mapping[str, str], *, actor: Account, now: datetime) -> ProgrammeNotice:
    """A draft. Raises RequestError: programme_notice.words, .not_there, .no_such_way."""
    words = checked_notice(said)
    with transaction.atomic():
        notice = locked_notice(notice_id, NoticeState.DRAFT)
        before = {name: getattr(notice, name) for name in words}
        for name, value in words.items():
            setattr(notice, name, value)
        notice.save()
        NOTICE_CYCLE.happened(notice, actor=actor, reason="", now=now, action=ALTERED, columns={"wording": before})
    return notice


def publish_notice(notice_id: UUID, *, reason: str, actor: Account, now: datetime) -> ProgrammeNotice:
    """From here on everybody sees it. Raises RequestError: request.reason, programme_notice.not_there,
    .no_such_way."""
    return _led(notice_id, NoticeState.PUBLISHED, {"published_at": now}, reason, actor, now)


def withdraw_notice(notice_id: UUID, *, reason: str, actor: Account, now: datetime) -> ProgrammeNotice:
    """The reason stands in view of everybody where it was published. Raises RequestError: request.reason,
    programme_notice.not_there, .no_such_way."""
    return _led(notice_id, NoticeState.WITHDRAWN, {}, reason, actor, now)


def _led(
    notice_id: UUID, to: NoticeState, changes: Mapping[str, object], reason: str, actor: Account, now: datetime
) -> ProgrammeNotice:
    reason = checked_reason(reason)
    with transaction.atomic():
        notice = locked_notice(notice_id)
        NOTICE_CYCLE.move(notice, to, by=NoticeMover.OFFICE, actor=actor, reason=reason, now=now, changes=changes)
    return notice
